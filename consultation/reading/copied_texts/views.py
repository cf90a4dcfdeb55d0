"""`/staff/copied-texts/`: how many people are held because their words came before; count them in, or take it back."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render

from consultation.access import staff_view
from consultation.action_forms import PostedForm
from consultation.reading.copied_texts import actions
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


@staff_view("consultation.edit_consultation")
def show_copied_texts(request):
    form = CopiesForm.of(request)
    if form.is_valid():
        return _change_copies(request, **form.cleaned_data)
    context = {"rows": actions.list_copy_counts()}
    status = 422 if form.is_bound else 200
    return render(request, "consultation/reading/copied_texts/list.html", context, status=status)


def _change_copies(request, *, page, do):
    if do == COUNT:
        people = actions.count_copies_in(page=page, by=request.user)
        messages.success(request, f"{people} more count from the next release on.")
    else:
        people = actions.hold_copies_again(page=page, by=request.user)
        messages.success(request, f"{people} are held again. Whom a release counts stays in.")
    return redirect("copied-texts")
