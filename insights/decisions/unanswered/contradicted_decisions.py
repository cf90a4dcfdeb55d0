"""Alerts: a theme cited by a decision now speaks against it, in a later wave of the same consultation.

A newer release of one consultation holds the people of the older one, so its numbers alone are no news: they grow.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from insights.coding.models import Theme
from insights.decisions.models import Bearing, Citation, Decision, DecisionOutcome, Progress
from insights.decisions.tracing.trace_paths import find_successors, load_theme_successors
from insights.decisions.unanswered.models import Dismissal
from insights.releases.models import Release
from insights.releases.stored_figures import is_estimated
from insights.releases.theme_evidence import list_newest_releases, theme_tables_of
from insights.releases.waves import list_earlier_waves

TOLD = ("slug", "title", "outcome", "status", "progress")
UNMET = (DecisionOutcome.NO, DecisionOutcome.NOT_NOW, DecisionOutcome.PARTLY, DecisionOutcome.PASSED_ON)


@dataclass(frozen=True)
class ContradictionAlert:
    decision: Decision
    release: Release
    theme_id: int
    label: str
    now_slug: str
    then: dict[str, Any]
    now: dict[str, Any]
    reason: str


def list_alerts(releases: Iterable[Release] | None = None) -> list[ContradictionAlert]:
    """Alerts that nobody has dismissed, newest evidence first. `releases`: the newest ones, if already fetched."""
    dismissed = set(Dismissal.objects.values_list("decision_id", "release_id", "theme_id"))
    found = [
        one
        for one in _find_alerts(list_newest_releases() if releases is None else releases)
        if (one.decision.pk, one.release.pk, one.theme_id) not in dismissed
    ]
    return sorted(found, key=lambda one: (str(one.release.published_on), one.decision.title, one.label), reverse=True)


def _find_alerts(newest_ones: Iterable[Release]) -> Iterator[ContradictionAlert]:
    later = _map_later_waves(list(newest_ones))
    if not later or not (rows := _list_citations(later)):
        return
    decisions = Decision.objects.only(*TOLD).in_bulk({row.decision_id for row in rows})
    tables = theme_tables_of({release.pk for release in later.values()} | {row.release_id for row in rows})
    figures = {(pk, int(row["id"])): row for pk, table in tables.items() for row in table.get("rows", ())}
    steps, told = load_theme_successors(), set()
    slugs = dict(
        Theme.objects.filter(pk__in={heir for heirs in steps.values() for heir in heirs}).values_list("pk", "slug")
    )
    for row in rows:
        newer, decision = later[row.release__consultation_id], decisions[row.decision_id]
        place = (row.decision_id, row.theme_id)
        if place in told:
            continue
        told.add(place)
        theme = _find_current_theme(row.theme_id, newer.pk, figures, steps)
        then, now = figures.get((row.release_id, row.theme_id)), figures.get((newer.pk, theme))
        if not then or not now or is_estimated(tables[row.release_id]) != is_estimated(tables[newer.pk]):
            continue
        if reason := describe_contradiction(decision, row.bearing, then, now):
            slug = slugs.get(theme, row.theme__slug)
            yield ContradictionAlert(decision, newer, row.theme_id, now["label"], slug, then, now, reason)


def _map_later_waves(releases: list[Release]) -> dict[int, Release]:
    """{consultation: the newest release of its last later wave}; of these newest releases."""
    found: dict[int, tuple[int, Release]] = {}
    for wave, earlier in zip(releases, list_earlier_waves(releases).values(), strict=True):
        for distance, one in enumerate(reversed(earlier), start=1):
            if distance > found.get(one.consultation_id, (0,))[0]:
                found[one.consultation_id] = distance, wave
    return {consultation: wave for consultation, (_, wave) in found.items()}


def _list_citations(later: Iterable[int]) -> list[Any]:
    """Citations, by decisions in force, of releases of these consultations."""
    cited = Citation.objects.filter(decision__in=Decision.objects.in_force()).exclude(bearing=Bearing.CONTEXT)
    names = ("decision_id", "theme_id", "theme__slug", "bearing", "release_id", "release__consultation_id")
    return list(cited.filter(release__consultation__in=later).order_by("pk").values_list(*names, named=True))


def _find_current_theme(
    theme: int, release: int, figures: dict[tuple[int, int], Any], steps: dict[int, set[int]]
) -> int:
    """The theme, or its only successor in the release if the theme itself is no longer there."""
    if (release, theme) in figures:
        return theme
    heirs = [heir for heir in sorted(find_successors(theme, steps)) if (release, heir) in figures]
    return heirs[0] if len(heirs) == 1 else theme


def describe_contradiction(decision: Decision, bearing: str, then: dict[str, Any], now: dict[str, Any]) -> str:
    """Why the newer figure speaks against the decision, in plain words; empty if it does not. Shares are compared, since
    other people answered each wave. A hidden number raises no alert, since an alert would disclose it."""
    if then["percent"] is None or now["percent"] is None:
        return ""
    rose, fell = _is_clearly_larger(then, now), _is_clearly_larger(now, then)
    numbers = f"{then['percent']}% of those who wrote in the earlier wave, {now['percent']}% in the later one."
    if bearing == Bearing.CHALLENGES:
        return f"A larger share speaks against it. {numbers}" if rose else ""
    if decision.progress == Progress.DONE and not fell:
        return f"It is done, and people speak of it as much as before. {numbers}"
    if decision.outcome in UNMET and rose:
        return f"A larger share asks for it than when the answer was “{decision.get_outcome_display().lower()}”. {numbers}"
    if decision.outcome not in UNMET and decision.progress != Progress.DONE and fell:
        return f"A far smaller share speaks of it than when it was decided. {numbers}"
    return ""


def _is_clearly_larger(less: dict[str, Any], more: dict[str, Any]) -> bool:
    """Whether the intervals of the two shares are apart."""
    return bool(more["low"] > less["high"])
