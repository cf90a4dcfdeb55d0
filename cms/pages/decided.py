"""One decision for everyone: what we said, how we know, what came of it, and whether it changed anything for you.

Figures are those of releases, after disclosure control, as they were seen; words are those that two people approved.
"""

from dataclasses import dataclass

from django.http import Http404
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from cms.pages.results import results_path, title_in
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
    """The release behind a figure: of which survey, when, and where the public reads it."""

    title: str
    in_english: bool
    number: int
    day: object
    url: str

    @classmethod
    def of(cls, release, language, shown, part=""):
        title, in_english = title_in(release.consultation, language)
        results = shown.get(release.consultation_id)
        same = results is not None and results.release_id == release.pk and release.consultation.live
        url = f"{results_path(release.consultation, language)}{part}" if same else ""
        return cls(title, in_english, release.number, release.made_on, url)


@respondent_view
@require_http_methods(["GET", "HEAD", "POST"])
def decided(request, slug):
    decision = shown_decisions().filter(slug=slug).first()
    if decision is None:
        raise Http404
    language, shown = get_language(), with_results()
    poll = _open_poll(decision)
    problem, taken = "", False
    if request.method == "POST" and poll:
        problem = reply(request, poll.consultation, poll.about)
        taken = not problem
    context = {
        **public(request),
        "decision": decision,
        "card": card(decision, language, shown),
        "backing": [*_themes(decision, language, shown), *_figures(decision, language, shown)],
        "came": _shown_by(decision, language, shown),
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
    """What people replied so far or last time, where enough did; else whether they were asked at all."""
    today = timezone.localdate()
    begun = [poll for poll in decision.polls.all() if poll.is_open(today) or poll.is_over(today)]
    figures = (polls.shown_to_all(poll) for poll in begun)
    return {"asked": bool(begun), "shown": next(filter(None, figures), None)}


def _themes(decision, language, shown):
    """Each cited theme of each release, as it was seen, with the question that the cited words answered."""
    by_theme = {}
    citations = sorted(decision.citations.all(), key=lambda each: each.pk)  # fetched with the decision
    bases = _bases_of_themes({citation.release_id for citation in citations})
    asked = trace.all_asked((quote.version_id, quote.question) for quote in public_quotes(citations))
    for citation in citations:
        by_theme.setdefault((citation.release_id, citation.theme_id), []).append(citation)
    for cited in by_theme.values():
        first = cited[0]
        yield {
            "anchor": f"e-{first.pk}",
            "name": name_of(first, language, shown),
            "people": first.seen.get("people"),
            "base": bases.get(first.release_id),
            "against": first.bearing == Bearing.CHALLENGES,
            "questions": _questions(cited, asked),
            "quotes": public_quotes(cited),
            "source": Release.of(first.release, language, shown, f"#t-{first.theme_id}"),
        }


def _bases_of_themes(releases):
    """{release: how many people its themes are of}"""
    figures = Figure.objects.filter(release__in=releases, kind="themes", key="all")
    return {release: table.get("base") for release, table in figures.values_list("release_id", "table")}


def _questions(citations, asked):
    """As they were asked, of words that everyone may read: a question alone says what nobody has approved."""
    quotes = public_quotes(citations)
    found = (asked[quote.version_id, quote.question] for quote in quotes)
    return list({question.id: question.text for question in found if question}.values())


def _figures(decision, language, shown):
    for citation in decision.figure_citations.select_related("release__consultation"):
        yield {
            "anchor": f"f-{citation.pk}",
            "name": Words(citation.seen.get("asked", ""), _in_english(language)),
            "base": citation.seen.get("base"),
            "rows": [row for row in citation.seen.get("rows", []) if row.get("value") is not None],
            "against": citation.bearing == Bearing.CHALLENGES,
            "source": Release.of(citation.release, language, shown),
        }


def _in_english(language):
    return "" if language == SOURCE else IN_ENGLISH


def _shown_by(decision, language, shown):
    """{update id: what shows it}: later figures, beside earlier ones where the two can be compared."""
    found = {}
    updates = decision.outcome_updates.published().prefetch_related(
        "evidence__release__consultation", "evidence__before__consultation"
    )
    for update in updates:
        found[update.pk] = [_evidence(one, language, shown) for one in update.evidence.all()]
    return found


def _evidence(one, language, shown):
    seen = one.seen
    change = seen.get("change")
    return {
        "id": one.pk,
        "label": Words(seen["label"], _in_english(language)),
        "asked": Words(seen.get("asked", ""), _in_english(language)),
        "seen": seen,
        "verdict": f"came.{one.bearing}",
        "direction": f"came.{_direction(change)}" if change else "",
        "why_not": f"came.why.{seen['why_not']}" if seen.get("why_not") else "",
        "source": Release.of(one.release, language, shown),
        "before": Release.of(one.before, language, shown) if one.before else None,
    }


def _direction(change):
    return "more" if change["low"] > 0 else "fewer" if change["high"] < 0 else "same"
