"""The public page of one decision: answer, evidence, outcome, and a poll on whether it changed anything.

Figures come from releases, after disclosure control, as cited; quotes were approved by two people.
"""

from dataclasses import dataclass

from django.http import Http404
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from cms.pages.results import results_path, titles_in
from cms.pages.you_said import (
    IN_ENGLISH,
    SOURCE,
    Words,
    card,
    name_of,
    public_quotes,
    shown_decisions,
    with_results,
)
from consultation.receipts.heard.views import poll as form_of
from consultation.receipts.heard.views import reply
from consultation.respondents.context import public
from consultation.respondents.documents import page
from consultation.respondents.origin import respondent_view
from insights.decisions import trace
from insights.decisions.models import Bearing
from insights.outcomes import polls
from insights.reports.models import Figure


@dataclass(frozen=True)
class Release:
    """The release behind a figure: survey, number, date, and public address if there is one."""

    title: str
    in_english: bool
    number: int
    day: object
    url: str


class Backing:
    """All evidence of a decision in one language. Survey titles are fetched in one query."""

    def __init__(self, decision, language, shown):
        self.language, self.shown = language, shown
        self.citations = sorted(decision.citations.all(), key=lambda each: each.pk)  # prefetched
        self.figures = list(decision.figure_citations.select_related("release__consultation"))
        updates = decision.outcome_updates.published()
        self.updates = list(
            updates.prefetch_related("evidence__release__consultation", "evidence__before__consultation")
        )
        self._titles = titles_in([release.consultation for release in self._releases()], language)

    def _releases(self):
        yield from (one.release for one in (*self.citations, *self.figures))
        for update in self.updates:
            for one in update.evidence.all():
                yield from filter(None, (one.release, one.before))

    def source(self, release, part=""):
        title, in_english = self._titles[release.consultation_id]
        results = self.shown.get(release.consultation_id)
        same = results is not None and results.release_id == release.pk and release.consultation.live
        url = f"{results_path(release.consultation, self.language)}{part}" if same else ""
        return Release(title, in_english, release.number, release.made_on, url)


@respondent_view
@require_http_methods(["GET", "HEAD", "POST"])
def decided(request, slug):
    decision = shown_decisions().filter(slug=slug).first()
    if decision is None:
        raise Http404
    language, shown = get_language(), with_results()
    poll, backing = _open_poll(decision), Backing(decision, language, shown)
    problem, taken = "", False
    if request.method == "POST" and poll:
        problem = reply(request, poll.consultation, poll.about)
        taken = not problem
    context = {
        **public(request),
        "decision": decision,
        "card": card(decision, language, shown),
        "backing": [*_themes(backing), *_figures(backing)],
        "came": _shown_by(backing),
        "poll": form_of(poll.consultation, poll.about) if poll and not taken else None,
        "problem": problem,
        "taken": taken,
        "replied": _replied(decision),
        "here": f"you-said-we-did/{slug}/",
    }
    return page(request, render_to_string("cms/pages/decided.html", context), status=422 if problem else 200)


def _open_poll(decision):
    today = timezone.localdate()
    return next((poll for poll in decision.polls.all() if poll.is_open(today)), None)


def _replied(decision):
    """Poll replies if enough people replied; and whether there was a poll at all."""
    today = timezone.localdate()
    begun = [poll for poll in decision.polls.all() if poll.is_open(today) or poll.is_over(today)]
    figures = (polls.shown_to_all(poll) for poll in begun)
    return {"asked": bool(begun), "shown": next(filter(None, figures), None)}


def _themes(backing):
    """Each cited theme of each release, with its figure as cited and the questions of its quotes."""
    by_theme = {}
    bases = _bases_of_themes({citation.release_id for citation in backing.citations})
    asked = trace.all_asked((quote.version_id, quote.question) for quote in public_quotes(backing.citations))
    for citation in backing.citations:
        by_theme.setdefault((citation.release_id, citation.theme_id), []).append(citation)
    for cited in by_theme.values():
        first = cited[0]
        yield {
            "anchor": f"e-{first.pk}",
            "name": name_of(first, backing.language, backing.shown),
            "people": first.seen.get("people"),
            "base": bases.get(first.release_id),
            "against": first.bearing == Bearing.CHALLENGES,
            "questions": _questions(cited, asked),
            "quotes": public_quotes(cited),
            "source": backing.source(first.release, f"#t-{first.theme_id}"),
        }


def _bases_of_themes(releases):
    """{release id: number of people whose texts were coded}."""
    figures = Figure.objects.filter(release__in=releases, kind="themes", key="all")
    return {release: table.get("base") for release, table in figures.values_list("release_id", "table")}


def _questions(citations, asked):
    """Questions of public quotes only: a question without an approved quote would reveal what was answered."""
    quotes = public_quotes(citations)
    found = (asked[quote.version_id, quote.question] for quote in quotes)
    return list({question.id: question.text for question in found if question}.values())


def _figures(backing):
    for citation in backing.figures:
        yield {
            "anchor": f"f-{citation.pk}",
            "name": Words(citation.seen.get("asked", ""), _in_english(backing.language)),
            "base": citation.seen.get("base"),
            "rows": [row for row in citation.seen.get("rows", []) if row.get("value") is not None],
            "against": citation.bearing == Bearing.CHALLENGES,
            "source": backing.source(citation.release),
        }


def _in_english(language):
    return "" if language == SOURCE else IN_ENGLISH


def _shown_by(backing):
    """{update id: evidence}: later figures, with comparable earlier ones."""
    return {update.pk: [_evidence(one, backing) for one in update.evidence.all()] for update in backing.updates}


def _evidence(one, backing):
    seen, mark = one.seen, _in_english(backing.language)
    change = seen.get("change")
    return {
        "id": one.pk,
        "label": Words(seen["label"], mark),
        "asked": Words(seen.get("asked", ""), mark),
        "seen": seen,
        "verdict": f"came.{one.bearing}",
        "direction": f"came.{_direction(change)}" if change else "",
        "why_not": f"came.why.{seen['why_not']}" if seen.get("why_not") else "",
        "source": backing.source(one.release),
        "before": backing.source(one.before) if one.before else None,
    }


def _direction(change):
    return "more" if change["low"] > 0 else "fewer" if change["high"] < 0 else "same"
