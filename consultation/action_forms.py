"""What forms of staff pages share. Several buttons: `do` names the verb of the pressed one. Below all rooms, beside the
guard."""

from collections.abc import Iterable
from typing import Any, Self

from django import forms
from django.http import HttpRequest

from consultation.access import NotAllowed

UNKNOWN_VERB = "Choose what to do."
MISSING = "Something is missing. See below."


class PostedForm(forms.Form):
    """A form whose faults are refused like a verb, so that a page shows both in one place."""

    @classmethod
    def of(cls, request: HttpRequest, **kwargs: Any) -> Self:
        """The form as posted; empty on any other request."""
        return cls(request.POST, request.FILES, **kwargs) if request.method == "POST" else cls(**kwargs)

    def chosen(self) -> dict[str, Any]:
        """The cleaned values. Raises NotAllowed with the first fault."""
        if not self.is_valid():
            raise NotAllowed(next(iter(self.errors.values()))[0])
        return self.cleaned_data

    def typed(self, name: str) -> str:
        """The value as posted, to show it again."""
        return self[name].value() or ""


class ActionForm(PostedForm):
    """`do` is one of `verbs`. Its object, such as a day, may follow after a colon, and is then the form's `value`."""

    verbs: Iterable[str] = ()
    do = forms.CharField(error_messages={"required": UNKNOWN_VERB})

    def clean_do(self) -> str:
        verb, _, self.value = self.cleaned_data["do"].partition(":")
        if verb not in self.verbs:
            raise forms.ValidationError(UNKNOWN_VERB)
        return verb


class KnownChoicesField(forms.MultipleChoiceField):
    """Chosen values of which those that are gone meanwhile are dropped."""

    def to_python(self, value: Any) -> list[str]:
        return [each for each in super().to_python(value) if self.valid_value(each)]


def build_day_field(label: str, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": "Choose a day.", "invalid": "Write the day as 2027-03-31."},
    )
