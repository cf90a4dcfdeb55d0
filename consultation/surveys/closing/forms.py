from django import forms
from django.db.models import F

from consultation.action_forms import ActionForm
from consultation.surveys.immediate_closure import PUBLIC_REASONS
from consultation.surveys.models import ConsultationPage


def list_live_surveys():
    pages = ConsultationPage.objects.live().ever_published().defer("body")
    return pages.order_by(F("closes").desc(nulls_first=True), "title")


class ClosingForm(ActionForm):
    verbs = ("words", "words-again", "survey", "survey-again")
    page = forms.ChoiceField()
    reason = forms.CharField(required=False)
    said = forms.ChoiceField(choices=list(PUBLIC_REASONS.items()), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.pages = {str(page.pk): page for page in list_live_surveys()}
        self.fields["page"].choices = list(self.pages.items())

    def clean_page(self):
        return self.pages[self.cleaned_data["page"]]
