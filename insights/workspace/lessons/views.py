"""The page of the learning library, and what it shows as a sheet."""

from django import forms
from django.core.paginator import Paginator
from django.shortcuts import render

from consultation.access import staff_view
from consultation.file_output.spreadsheets import deliver_table
from insights.access import VIEW_REPORTS
from insights.decisions.models import Citation, DecisionOutcome, DecisionStatus
from insights.releases.partner_sharing import sharing_mark
from insights.workspace.lessons.learning_library import VERDICTS, group_by_theme, list_lessons

ALL, NOT_TOLD = [("", "All")], ("Not known yet",)
COLUMNS = (
    "Decision", "Decided", "Themes", "What we said", "Why", "In its place", "What changed", "How far", "Newest note",
    "Did it work?", "What came of it", "Told on", "Sharing",
)  # fmt: skip


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


@staff_view(VIEW_REPORTS, method="GET")
def show_learning(request):
    show = _read_filters(request)
    lessons = list_lessons(show)
    context = {
        "section": "learning",
        "page": Paginator(group_by_theme(lessons, show["theme"]), 20).get_page(request.GET.get("page")),
        "found": len(lessons),
        "filters": LearningForm(initial=show),
        "filtered": any(show.values()),
    }
    return render(request, "insights/workspace/lessons/lessons.html", context)


def _read_filters(request):
    form = LearningForm(request.GET)
    form.full_clean()
    return {name: form.cleaned_data.get(name, "") for name in form.fields}


@staff_view(VIEW_REPORTS, "insights.export", method="GET")
def download_learning(request):
    """The decisions that the page shows, each once."""
    mark = sharing_mark(request.user)
    rows = (_build_row(lesson, mark) for lesson in list_lessons(_read_filters(request)))
    return deliver_table(by=request.user, kind="learning library", name="learning", columns=COLUMNS, rows=rows)


def _build_row(lesson, mark):
    one, came, note = lesson.decision, lesson.came, lesson.newest_note
    told = (
        (came.get_verdict_display(), came.english.get("words", ""), came.published_on) if came else (*NOT_TOLD, "", "")
    )
    return (
        one.title,
        one.decided,
        "; ".join(sorted(lesson.themes.values())),
        one.get_outcome_display(),
        one.reason,
        one.alternative,
        one.we_did,
        one.get_progress_display(),
        note.words.get("en", "") if note else "",
        *told,
        mark,
    )
