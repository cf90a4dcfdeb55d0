"""Sets of seeded answers, for leads: create one, see what readers missed. No page names a reader."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from consultation.reading.seeded_answers import actions as seeded_answers
from consultation.reading.seeded_answers.forms import SeededAnswersForm
from consultation.safeguarding.lead_access import lead_view


@lead_view(hidden=False)
def show_seeded_sets(request):
    form = SeededAnswersForm.of(request)
    if form.is_valid():
        version, question = form.find_chosen_question()
        made = seeded_answers.plant_seeded_answers(
            name=form.cleaned_data["name"], version=version, question=question, seeds=form.seeds, by=request.user
        )
        messages.success(request, "Planted. Readers meet them among the others.")
        return redirect("reading:seeded-set", made.pk)
    status = 422 if form.errors else 200
    context = {"form": form, "sets": seeded_answers.list_seeded_sets()}
    return render(request, "consultation/reading/seeded_answers/sets.html", context, status=status)


@lead_view(hidden=False, method="GET")
def show_seeded_set(request, pk):
    found = get_object_or_404(seeded_answers.list_seeded_sets(), pk=pk)
    whole = found.waiting == 0 or found.ended_on is not None
    context = {"set": found, "whole": whole, "results": seeded_answers.results_by_purpose(found) if whole else []}
    return render(request, "consultation/reading/seeded_answers/set.html", context)


@lead_view(hidden=False, method="POST")
def end_seeded_set(request, pk):
    found = get_object_or_404(seeded_answers.list_seeded_sets(), pk=pk)
    seeded_answers.end_seeded_set(practice_set=found, by=request.user)
    messages.success(request, "What nobody had opened is taken away.")
    return redirect("reading:seeded-set", pk)
