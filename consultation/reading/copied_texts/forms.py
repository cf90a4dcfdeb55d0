from django import forms

from consultation.action_forms import PostedForm
from consultation.reading.copied_texts.models import HeldCopy
from consultation.surveys.models import ConsultationPage

COUNT, HOLD = "count", "hold"


class CopiesForm(PostedForm):
    page: forms.ModelChoiceField = forms.ModelChoiceField(queryset=ConsultationPage.objects.none())
    do = forms.ChoiceField(choices=[(COUNT, "Count them in"), (HOLD, "Hold them again")])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        held = HeldCopy.objects.values("response__version__page")
        self.fields["page"].queryset = ConsultationPage.objects.filter(pk__in=held).defer("body")
