from django import forms

from consultation.emergency_access.models import EmergencyVerdict
from consultation.surveys.models import ConsultationPage


def _build_text_field(label, help_text):
    area = forms.Textarea(attrs={"rows": 3, "autocomplete": "off"})
    return forms.CharField(widget=area, label=label, max_length=2000, help_text=help_text)


class OpenEmergencyForm(forms.Form):
    consultation: forms.ModelChoiceField[ConsultationPage] = forms.ModelChoiceField(
        ConsultationPage.objects.none(), empty_label="Choose"
    )
    reason = _build_text_field(
        "What has happened?", "It is sealed. The colleague who reviews it reads it. No child's name."
    )
    sure = forms.BooleanField(
        label="A child may be in danger, and it cannot wait for a reader.",
        error_messages={"required": "Tick the box, or wait for a reader."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Every consultation ever published: an emergency may come from a closed one.
        pages = ConsultationPage.objects.ever_published().defer("body")
        self.fields["consultation"].queryset = pages.order_by("-live", "title")


class EmergencyReviewForm(forms.Form):
    verdict = forms.ChoiceField(choices=EmergencyVerdict, widget=forms.RadioSelect, label="Was it right to open it?")
    note = _build_text_field("What you found", "It is sealed, and cannot be changed afterwards.")


class EmergencySearchForm(forms.Form):
    words = forms.CharField(
        label="Words that the answer may hold",
        max_length=200,
        help_text="All of them, in any order. They are not kept.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
