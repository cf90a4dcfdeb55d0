"""How the pages of every room run an action, from a button or from a form; and the forms of buttons."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest


def run_action(request: HttpRequest, action: Callable[..., Any], done: str, **arguments: Any) -> bool:
    """Run the action of a button. A message says that it is done, or why it was refused."""
    try:
        action(by=request.user, **arguments)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return False
    messages.success(request, done)
    return True


def save_form(request: HttpRequest, form: Any, action: Callable[..., Any], done: str = "", **arguments: Any) -> Any:
    """Run the action with the form's values (`given()`, else its cleaned data) and return its result, or True.

    None: nothing valid was sent, or the action refused; the form then says why.
    """
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        result = action(by=request.user, **arguments, **getattr(form, "given", lambda: form.cleaned_data)())
    except ValidationError as error:
        add_errors(form, error)
        return None
    if done:
        messages.success(request, done)
    return True if result is None else result


def add_errors(form: Any, error: ValidationError) -> None:
    """Attach an action's errors to the form's fields."""
    for name, texts in getattr(error, "message_dict", {None: error.messages}).items():
        form.add_error(name if name in form.fields else None, texts)


class ButtonForm(forms.Form):
    """The hidden values of a button. A missing or broken one becomes "", which matches no state: the action refuses."""

    def given(self) -> dict[str, Any]:
        self.full_clean()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}


class SeenForm(ButtonForm):
    seen = forms.CharField(required=False)


class ApprovalForm(SeenForm):
    """Approve, or with `stop` take every approval back."""

    stop = forms.BooleanField(required=False)


class LookedAtForm(ButtonForm):
    looked_at = forms.CharField(required=False)


class PublishForm(LookedAtForm):
    hard_because = forms.CharField(required=False)
