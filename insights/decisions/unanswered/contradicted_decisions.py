"""Alerts: a theme cited by a decision now speaks against it, in a newer release of the same consultation."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from insights.coding.models import Theme
from insights.decisions.models import Bearing, Citation, Decision, DecisionOutcome, Progress
from insights.decisions.tracing.trace_paths import find_successors, load_theme_successors
from insights.decisions.unanswered.models import Dismissal
from insights.releases.models import Release
from insights.releases.theme_evidence import list_newest_releases, theme_tables_of

MUCH = 1.5  # ratio
FEW = 10  # people; a smaller change of a rounded figure may be rounding
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
    releases = {release.consultation_id: release for release in newest_ones}
    if not (rows := _list_older_citations(releases)):
        return
    decisions = Decision.objects.only(*TOLD).in_bulk({row.decision_id for row in rows})
    tables = theme_tables_of({release.pk for release in releases.values()} | {row.release_id for row in rows})
    figures = {(pk, int(row["id"])): row for pk, table in tables.items() for row in table.get("rows", ())}
    steps, told = load_theme_successors(), set()
    slugs = dict(
        Theme.objects.filter(pk__in={heir for heirs in steps.values() for heir in heirs}).values_list("pk", "slug")
    )
    for row in rows:
        newer, decision = releases[row.release__consultation_id], decisions[row.decision_id]
        place = (row.decision_id, row.theme_id)
        if place in told:
            continue
        told.add(place)
        theme = _find_current_theme(row.theme_id, newer.pk, figures, steps)
        then, now = figures.get((row.release_id, row.theme_id)), figures.get((newer.pk, theme))
        if then and now and (reason := describe_contradiction(decision, row.bearing, then, now)):
            slug = slugs.get(theme, row.theme__slug)
            yield ContradictionAlert(decision, newer, row.theme_id, now["label"], slug, then, now, reason)


def _list_older_citations(releases: dict[int, Release]) -> list[Any]:
    """Citations of decisions in force whose release has a newer one."""
    cited = Citation.objects.filter(decision__in=Decision.objects.in_force()).exclude(bearing=Bearing.CONTEXT)
    names = ("decision_id", "theme_id", "theme__slug", "bearing", "release_id", "release__number")
    rows = cited.order_by("pk").values_list(*names, "release__consultation_id", named=True)
    newest_of = {consultation: release.number for consultation, release in releases.items()}
    return [row for row in rows if newest_of.get(row.release__consultation_id, 0) > row.release__number]


def _find_current_theme(
    theme: int, release: int, figures: dict[tuple[int, int], Any], steps: dict[int, set[int]]
) -> int:
    """The theme, or its only successor in the release if the theme itself is no longer there."""
    if (release, theme) in figures:
        return theme
    heirs = [heir for heir in sorted(find_successors(theme, steps)) if (release, heir) in figures]
    return heirs[0] if len(heirs) == 1 else theme


def describe_contradiction(decision: Decision, bearing: str, then: dict[str, Any], now: dict[str, Any]) -> str:
    """Why the newer figure speaks against the decision, in plain words; empty if it does not. A hidden number raises
    no alert, since an alert would disclose it."""
    if then["value"] is None or now["value"] is None:
        return ""
    rose, fell = _is_clearly_larger(then, now), _is_clearly_larger(now, then)
    numbers = f"{then['value']} people then, {now['value']} now."
    if bearing == Bearing.CHALLENGES:
        return f"More people speak against it. {numbers}" if rose else ""
    if decision.progress == Progress.DONE and not fell:
        return f"It is done, and people speak of it as much as before. {numbers}"
    if decision.outcome in UNMET and rose:
        return f"More people ask for it than when the answer was “{decision.get_outcome_display().lower()}”. {numbers}"
    if decision.outcome not in UNMET and decision.progress != Progress.DONE and fell:
        return f"Far fewer people speak of it than when it was decided. {numbers}"
    return ""


def _is_clearly_larger(less: dict[str, Any], more: dict[str, Any]) -> bool:
    """Whether `more` is clearly larger: separate intervals, or without intervals a large difference."""
    if less.get("high") is not None and more.get("low") is not None:
        return bool(more["low"] > less["high"])
    return more["value"] - less["value"] > FEW and more["value"] >= MUCH * less["value"]
