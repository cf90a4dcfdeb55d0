"""`/staff/copied-texts/`: how many people are held because their words came before; count them in, or take it back."""

from django.contrib import messages
from django.shortcuts import redirect, render

from consultation.access import staff_view
from consultation.reading.copied_texts import actions
from consultation.reading.copied_texts.forms import COUNT, CopiesForm


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
