"""How the pages of every room run an action, from a button or from a form, and show a form; and the forms of buttons."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import render

MOST_PROBLEMS = 50  # of a file, listed on its page


def run_action(request: HttpRequest, action: Callable[..., Any], done: str = "", **arguments: Any) -> Any:
    """Run the action of a button and return its result, or True. None: it was refused, and a message says why."""
    try:
        result = action(by=request.user, **arguments)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return None
    if done:
        messages.success(request, done)
    return True if result is None else result


def save_form(request: HttpRequest, form: Any, action: Callable[..., Any], done: str = "", **arguments: Any) -> Any:
    """Run the action with the form's values (`given()`, else its cleaned data) and return its result, or True.

    None: nothing valid was sent, or the action refused; the form then says why.
    """
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        result = action(by=request.user, **arguments, **getattr(form, "given_values", lambda: form.cleaned_data)())
    except ValidationError as error:
        add_errors(form, error)
        return None
    if done:
        messages.success(request, done)
    return True if result is None else result


def render_form(request: HttpRequest, form: Any, template: str = "components/form_page.html", **context: Any) -> Any:
    """The page of a form; 422 where what was sent has errors."""
    return render(request, template, {"form": form} | context, status=422 if form.errors else 200)


def add_errors(form: Any, error: ValidationError) -> None:
    """Attach an action's errors to the form's fields."""
    for name, texts in getattr(error, "message_dict", {None: error.messages}).items():
        form.add_error(name if name in form.fields else None, texts)


class ButtonForm(forms.Form):
    """The hidden values of a button. A missing or broken one becomes "", which matches no state: the action refuses."""

    def given_values(self) -> dict[str, Any]:
        self.full_clean()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}


class PressedButton(forms.HiddenInput):
    """A button that sends its name, whatever its value."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> bool:
        return name in data


class SeenForm(ButtonForm):
    seen = forms.CharField(required=False)


class SeenApprovalForm(SeenForm):
    """Approve, or with `stop` take every approval back."""

    stop = forms.BooleanField(required=False, widget=PressedButton)


class SeenStateForm(ButtonForm):
    seen_state = forms.CharField(required=False)


class SheetTextField(forms.CharField):
    """Lines of a file: of any length, and without the NUL that PostgreSQL does not take."""

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\0", "")


class FileTrialForm(forms.Form):
    """A file or its text: after a dry run the text stays on the page to be corrected, without a new upload."""

    file = forms.FileField(required=False, allow_empty_file=True)
    text = SheetTextField(
        required=False,
        strip=False,
        label="Or its lines",
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "class": "sheet-text"}),
    )
    do = forms.ChoiceField(choices=[("try", "Try it"), ("keep", "Keep it")], required=False, widget=forms.HiddenInput)

    @property
    def is_to_keep(self) -> bool:
        return self.cleaned_data["do"] == "keep"

    def read(self, most_bytes: int) -> str | None:
        """The text of the uploaded file, else of the box; None where the file is too long."""
        uploaded = self.cleaned_data["file"]
        if uploaded is None:
            return str(self.cleaned_data["text"])
        return decode_text(uploaded.read()).replace("\0", "") if uploaded.size <= most_bytes else None


def decode_text(raw: bytes) -> str:
    """Decode an uploaded text: UTF-8, or else the code page of older Windows, which spreadsheets save."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def render_file_trial(request: HttpRequest, template: str, found: Any, **context: Any) -> Any:
    """The page of a `FileTrialForm`. `found`: what the file says, with its `problems`; None before it is tried."""
    problems = found.problems if found else []
    context |= {"found": found, "problems": problems[:MOST_PROBLEMS], "more": max(len(problems) - MOST_PROBLEMS, 0)}
    return render(request, template, context, status=422 if problems else 200)
