"""The page of the learning library."""

from django import forms
from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from insights.access import planner_view
from insights.decisions.models import Citation, DecisionOutcome, DecisionStatus
from insights.workspace.lessons.learning_library import VERDICTS, group_by_theme, list_lessons

ALL = [("", "All")]


class LearningForm(forms.Form):
    q = forms.CharField(required=False, label="Words")
    theme = forms.ChoiceField(required=False)
    answer = forms.ChoiceField(choices=ALL + DecisionOutcome.choices, required=False, label="What we said")
    verdict = forms.ChoiceField(choices=ALL + VERDICTS, required=False, label="Did it work?")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        cited = Citation.objects.filter(decision__status=DecisionStatus.PUBLISHED).order_by("release_id")
        labels = {slug: seen["label"] for slug, seen in cited.values_list("theme__slug", "seen")}
        self.fields["theme"].choices = ALL + sorted(labels.items(), key=lambda pair: pair[1])


@planner_view
@require_safe
def show_learning(request):
    form = LearningForm(request.GET)
    form.full_clean()
    show = {name: form.cleaned_data.get(name, "") for name in form.fields}
    lessons = list_lessons(show)
    context = {
        "section": "learning",
        "page": Paginator(group_by_theme(lessons, show["theme"]), 20).get_page(request.GET.get("page")),
        "found": len(lessons),
        "filters": LearningForm(initial=show),
        "filtered": any(show.values()),
    }
    return render(request, "insights/workspace/lessons/lessons.html", context)
