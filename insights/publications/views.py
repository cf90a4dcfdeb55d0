"""Pages on which officers write, translate and publish results, and move the day of our answer."""

from datetime import date

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from consultation import handover
from consultation.access import staff_view
from insights.access import require_consultation
from insights.decisions.models import Decision
from insights.forms import render_form, run_action, save_form
from insights.publications import actions, answer_clock_lookup
from insights.publications.forms import MoveAnswerDayForm, ResultsForm
from insights.publications.heard_back_figures import heard_back_picture_of
from insights.publications.models import AnswerMoved, Results
from insights.publications.results_page import build_results_page
from insights.publishing.lifecycle import PUBLISH_PERMISSION
from insights.publishing.views import PublishingPages, TranslationPages
from insights.releases.models import Release

SECTION = {"section": "results"}


@staff_view(PUBLISH_PERMISSION)
def show_results_overview(request):
    """Every consultation with its clock and its results."""
    pages = handover.list_consultations()
    clocks = answer_clock_lookup.answer_clocks_of(pages)
    editions = {}
    for found in Results.objects.order_by("consultation", "-number"):
        editions.setdefault(found.consultation_id, []).append(found)
    states = handover.find_states(pages)
    rows = [
        {"page": page, "state": states[page.pk], "clock": clocks.get(page.pk), "editions": editions.get(page.pk, [])}
        for page in pages
    ]
    return render(request, "insights/publications/overview.html", SECTION | {"rows": sorted(rows, key=_sort_by_duty)})


def _sort_by_duty(row):
    """The answer that is owed first stands first; then what nobody is owed yet, by its last day; last what is answered, the
    newest first."""
    clock, last_day = row["clock"], row["state"].last_day or date.max
    if clock is None:
        return 1, last_day.toordinal()
    return (2, -clock.answered.toordinal()) if clock.is_answered else (0, clock.due.toordinal())


@staff_view(PUBLISH_PERMISSION)
def show_consultation_results(request, slug):
    page = require_consultation(slug)
    found = Results.objects.filter(consultation=page).select_related("release", "made_by", "published_by")
    editions = [
        (edition, PAGES.build_panel(edition, request.user), PAGES.list_languages(edition, request.user))
        for edition in found.prefetch_related("writers")
    ]
    context = SECTION | {
        "page": page,
        "state": page.state,
        "clock": answer_clock_lookup.answer_clock_of(page),
        "moves": AnswerMoved.objects.filter(consultation=page).select_related("made_by"),
        "editions": editions,
        "drafting": any(edition.is_draft for edition, *_ in editions),
        "unanswered": _unanswered_themes(page),
        "release": Release.objects.published().filter(consultation=page).order_by("-number").first(),
        "decisions": Decision.objects.of(page),
        "heard": heard_back_picture_of(page),
    }
    return render(request, "insights/publications/consultation.html", context)


def _unanswered_themes(page):
    """Public themes that no published decision cites: each is owed a reply, "no" included (P4)."""
    newest = Results.objects.newest_of(page)
    if newest is None:
        return []
    public = Decision.objects.published().of(page)
    answered = set(public.values_list("citations__theme", flat=True))
    return [theme for theme in build_results_page(newest).themes if theme.id not in answered]


@staff_view(PUBLISH_PERMISSION, method="POST")
def begin_results(request, slug):
    page = require_consultation(slug)
    release = Release.objects.published().filter(consultation=page).order_by("-number").first()
    done = "The draft is there. Write what people told you."
    if release is None:
        messages.error(request, "There is no published release yet. Make one first, and have it published.")
    elif made := run_action(request, actions.begin_results, done, release=release):
        return redirect("insights:write-results", made.pk)
    return redirect("insights:results-of", slug)


@staff_view(PUBLISH_PERMISSION)
def edit_results(request, pk):
    found = get_object_or_404(Results, pk=pk)
    form = ResultsForm(request.POST or None, results=found)
    done = "Saved. Look at it as a child would, then ask a colleague to publish it."
    if save_form(request, form, actions.write_results, done, results=found):
        return redirect("insights:results-of", found.consultation.slug)
    context = _build_form_context(found.consultation, f"Results of “{found.consultation}”") | {
        "release": found.release
    }
    return render_form(request, form, "insights/publications/write.html", **context)


def _build_form_context(page, heading):
    crumbs = [
        ("Results and answers", reverse("insights:results")),
        (page.title, reverse("insights:results-of", args=[page.slug])),
    ]
    return SECTION | {"heading": heading, "crumbs": crumbs, "page": page}


class ResultsPages(PublishingPages, TranslationPages):
    lifecycle, model, name, shown_with = actions.RESULTS, Results, "results", ("consultation", "writers")
    may_open = (PUBLISH_PERMISSION,)

    def get_address(self, held):
        return reverse("insights:results-of", args=[held.consultation.slug])

    def build_form(self, data, held, language):
        return ResultsForm(data, results=held, language=language)

    def build_context(self, held, language_name):
        return _build_form_context(held.consultation, f"Results of “{held.consultation}” in {language_name}")


PAGES = ResultsPages()


@staff_view(PUBLISH_PERMISSION)
def edit_answer_day(request, slug):
    page = require_consultation(slug)
    form = MoveAnswerDayForm(request.POST or None)
    done = "The new day stands on the public page, with its reason."
    if save_form(request, form, actions.move_answer_day, done, consultation=page):
        return redirect("insights:results-of", slug)
    context = _build_form_context(page, "Move the day of our answer") | {"save": "Tell everyone the new day"}
    clock = answer_clock_lookup.answer_clock_of(page)
    return render_form(request, form, "insights/publications/move.html", clock=clock, **context)
