"""What the second reader says of a drawn answer."""

from django import forms

from consultation.action_forms import PostedForm
from consultation.reading.answer_language import CHOICES


class AuditResultForm(PostedForm):
    result = forms.ChoiceField(
        choices=[(each, each) for each in ("fine", "missed", "skip")],
        error_messages={"required": "Say whether the screen missed something."},
    )
    why = forms.CharField(required=False)
    language = forms.ChoiceField(choices=[("", ""), *CHOICES.items()], required=False)
