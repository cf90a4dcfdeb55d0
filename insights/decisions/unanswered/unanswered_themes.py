"""Unanswered voices: themes without a decision, grave hidden themes, strands, overdue promises, audiences.

`decided` is what `answers_by_theme` returns, where a page has it already.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from django.db.models import Q
from django.dispatch import Signal
from django.urls import reverse

from consultation import handover
from consultation.domain.signal_values import collect_return_values
from consultation.domain.strategy_points import list_strands
from insights.decisions.agencies.models import ActionItem
from insights.decisions.evidence_answers import ThemeAnswers, answers_by_theme
from insights.decisions.models import Citation, Decision, DecisionStatus, Progress
from insights.decisions.tracing.trace_paths import find_successors, load_theme_successors
from insights.releases.minority_views.policies import GRAVE
from insights.releases.models import Release
from insights.releases.stored_figures import describe_hidden_themes
from insights.releases.theme_evidence import ThemeEvidence

ENDED = (Progress.DONE, Progress.STOPPED)
overdue_promises_asked = Signal()  # kwargs today -> [OverduePromise] of what lies above decisions


def list_unanswered_themes(
    themes: Iterable[ThemeEvidence], decided: ThemeAnswers | None = None
) -> list[ThemeEvidence]:
    """Themes that people spoke of and no published decision cites, by gravity, then by people. Every page that says how
    many wait counts these."""
    decided = answers_by_theme() if decided is None else decided
    found = [one for one in themes if one.is_spoken_of and one.place not in decided]
    return sorted(found, key=lambda one: (-one.entry.gravity, -one.weight, one.entry.label))


def list_hidden_themes(themes: Iterable[ThemeEvidence], decided: ThemeAnswers | None = None) -> list[str]:
    """Grave, uncited themes whose number is hidden, with what stands for it, in alphabetical order."""
    themes, decided = list(themes), answers_by_theme() if decided is None else decided
    spoken = _list_spoken_themes(themes)
    found = (one for one in themes if one.may_weigh and one.place not in decided)
    return describe_hidden_themes(one.row for one in found if one.theme not in spoken)


def list_waiting_themes(themes: Iterable[ThemeEvidence], decided: ThemeAnswers | None = None) -> list[str]:
    """Labels of grave, uncited themes that have no number yet, in alphabetical order."""
    themes, decided = list(themes), answers_by_theme() if decided is None else decided
    spoken = _list_spoken_themes(themes)
    waiting = (one for one in themes if one.is_waiting and one.entry.gravity >= GRAVE and one.theme not in spoken)
    return sorted({one.entry.label for one in waiting if one.place not in decided})


def _list_spoken_themes(themes: Iterable[ThemeEvidence]) -> set[int]:
    """Those that people spoke of in one of these releases: "few people, or nobody" is untrue of them all."""
    return {one.theme for one in themes if one.is_spoken_of}


def map_drafts_by_theme() -> dict[tuple[int, int], Decision]:
    """{(consultation, theme): a draft that cites it, or one that became a part of it}"""
    written = Decision.objects.filter(status=DecisionStatus.DRAFT).only("slug", "title", "status").in_bulk()
    cited = Citation.objects.filter(decision__in=written).order_by("pk")
    steps = load_theme_successors() if written else {}
    return {
        (consultation, theme): written[decision]
        for cited_theme, consultation, decision in cited.values_list(
            "theme_id", "release__consultation_id", "decision_id"
        )
        for theme in (cited_theme, *find_successors(cited_theme, steps))
    }


def count_themes_by_strand(
    themes: Iterable[ThemeEvidence], unanswered: Iterable[ThemeEvidence]
) -> list[dict[str, Any]]:
    """For each strand of the strategy {id, label, themes, without, people, symbol}: themes spoken of, those without a
    decision, and the people of the largest of these, or what stands for their number. People are not summed: one person may
    speak of several themes.
    """
    spoken, silent = defaultdict(list), defaultdict(list)
    for one in themes:
        for strand in one.strands if one.is_spoken_of else ():
            spoken[strand].append(one)
    for one in unanswered:
        for strand in one.strands:
            silent[strand].append(one)
    return [
        {
            "id": str(strand["id"]),
            "label": strand["label"],
            "themes": len(spoken[str(strand["id"])]),
            "without": len(silent[str(strand["id"])]),
            "people": max((one.people or 0 for one in silent[str(strand["id"])]), default=0),
            "symbol": next(
                (one.row["symbol"] for one in sorted(silent[str(strand["id"])], key=lambda one: -one.weight)), ""
            ),
        }
        for strand in list_strands()
    ]


@dataclass(frozen=True)
class OverduePromise:
    title: str
    url: str
    what: str
    due: date
    who: str
    decision: int | None = None  # of which it is a part
    agency: str = ""  # its name, where one owes it
    agency_key: str = ""  # on the list of agencies, where a plan named it


def list_overdue_promises(today: date) -> list[OverduePromise]:
    """Overdue promises: decisions, progress news, actions of agencies, public commitments and our answers, by due day. Every
    page that says how many are late counts these."""
    public = Decision.objects.in_force().exclude(progress__in=ENDED)
    found = [
        _build_overdue(one, what, due, one.lead_role, one.agency)
        for one in public.filter(Q(due__lt=today) | Q(next_update__lt=today))
        for what, due in (("To be done", one.due), ("News of how it goes", one.next_update))
        if due and due < today
    ]
    items = ActionItem.objects.promised().overdue(today).select_related("decision", "agency")
    found += [
        _build_overdue(item.decision, item.what, item.due, item.agency.name, item.agency.name, item.agency.key_on_list)
        for item in items
        if item.due
    ]
    found += chain.from_iterable(collect_return_values(overdue_promises_asked, today=today))
    return sorted(found, key=lambda one: (one.due, one.title))


def _build_overdue(
    decision: Decision, what: str, due: date, who: str, agency: str, agency_key: str = ""
) -> OverduePromise:
    url = reverse("insights:decision", args=[decision.slug])
    return OverduePromise(decision.title, url, what, due, who, decision.pk, agency, agency_key)


def count_decisions_by_audience(releases: Iterable[Release]) -> list[dict[str, Any]]:
    """For each audience {key, label, reported, decisions}: its releases among these, and the published decisions that
    cite its consultations."""
    reported = Counter(release.consultation.audience for release in releases)
    cited = Citation.objects.filter(decision__status=DecisionStatus.PUBLISHED).order_by()
    decided = Counter(
        audience for audience, _ in cited.values_list("release__consultation__audience", "decision_id").distinct()
    )
    return [
        {"key": key, "label": label, "reported": reported[key], "decisions": decided[key]}
        for key, label in handover.AUDIENCES
    ]
