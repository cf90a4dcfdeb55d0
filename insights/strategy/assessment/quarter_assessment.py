"""The strategic assessment of a quarter: themes and decisions of all consultations by the strategy's sub-points.

It reads frozen figures only and adds nothing up over consultations: one person may have answered two, and a sum of
rounded numbers is no number of people.
"""

from collections import defaultdict
from datetime import date
from typing import Any

from consultation import handover
from consultation.domain import calendar_quarters, strategy_points
from consultation.domain.calendar_quarters import Quarter
from consultation.surveys.questionnaire_schema import Questionnaire
from insights.decisions.models import Decision
from insights.disclosure.rules_wording import wording_of
from insights.releases.disclosure_log import log_tables
from insights.releases.minority_views.policies import GRAVE
from insights.releases.models import Figure, Release
from insights.releases.quote_selection import select_quotes
from insights.releases.stored_figures import WAITING, describe_hidden_themes, is_machine_coded
from insights.releases.theme_evidence import ThemeEvidence, list_newest_releases, list_theme_evidence
from insights.strategy.strategy_evidence import (
    Evidence,
    QuestionEvidence,
    group_decisions_by_point,
    list_strategy_evidence,
    twelve_months_before,
)

SPLIT_BY = ("age", "area")
PARTS = ("rows", "other", "hidden", "waiting", "decisions")


def known_quarters(today: date) -> list[Quarter]:
    """Quarters since the first release, newest first; the current one where there is none."""
    first = Release.objects.published().order_by("published_on").values_list("published_on", flat=True).first()
    return calendar_quarters.list_quarters_since(min(first, today) if first else today, today)


def build_assessment(quarter: Quarter, *, for_all: bool) -> dict[str, Any]:
    """{releases, codebooks: [name], rules: Wording, log: disclosure log, splits: [figure of themes by age or area],
    machine_coded: whether some of these are, heard: number of sub-points with evidence, points: number of sub-points,
    strands: [{id, label, points: [{code, text, rows, other, hidden, waiting, decisions}], silent: [text]}]}."""
    newest = list_newest_releases(since=quarter.first, until=quarter.last)
    releases = sorted(newest, key=lambda release: str(release.consultation.title))
    evidence = list_strategy_evidence(releases, themes := list_theme_evidence(releases, views=True))
    rows, other = _themes_by_sub_point(releases, themes, for_all), _group_other_evidence(evidence)
    decided = Decision.objects.published().filter(published_on__range=(quarter.first, quarter.last))
    year = list_newest_releases(since=twelve_months_before(quarter.last), until=quarter.last)
    decisions = group_decisions_by_point(list_strategy_evidence(year), decided)
    strands = [_build_strand(strand, rows, other, decisions) for strand in strategy_points.list_strands()]
    points = [point for strand in strands for point in strand["points"]]
    heard = sum(bool(point["rows"] or point["other"]) for point in points)
    splits, rules = find_splits(releases), [release.rules for release in releases]
    whole = Figure.objects.filter(release__in=releases, kind="themes").values_list("table", flat=True)
    return {
        "releases": releases,
        "codebooks": sorted({str(release.codebook_version) for release in releases}),
        "splits": splits,
        "machine_coded": any(is_machine_coded(figure.table) for figure in splits),
        "log": log_tables([*whole, *(figure.table for figure in splits)], *rules),
        "rules": wording_of(*rules),
        "strands": strands,
        "heard": heard,
        "points": len(strategy_points.text_by_sub_point()),
    }


def find_splits(releases: list[Release]) -> list[Figure]:
    """Themes by age band and by area, as the releases froze them; none that rules refuse."""
    versions = handover.load_newest_versions({release.consultation_id for release in releases})
    about = {
        (page, item["id"])
        for page, version in versions.items()
        for item in Questionnaire(version.content).questions
        if item.get("about_you") in SPLIT_BY
    }
    figures = Figure.objects.filter(release__in=releases, kind="themes-by")
    found = figures.select_related("release__consultation").order_by("release__consultation__title", "order")
    return [one for one in found if (one.release.consultation_id, one.key) in about and not one.table.get("refused")]


def _build_strand(
    strand: dict[str, Any], rows: dict[str, Any], other: dict[str, Any], decisions: dict[str, Any]
) -> dict[str, Any]:
    """A strand's sub-points with evidence or decisions, and the others by name (`silent`)."""
    points = [
        _build_point(code, text, rows.get(code, []), other.get(code, []), decisions.get(code, []))
        for code, text in strand["points"]
    ]
    told = [point for point in points if any(point[part] for part in PARTS)]
    silent = [point["text"] for point in points if point not in told]
    return {"id": strand["id"], "label": strand["label"], "points": told, "silent": silent}


def _build_point(
    code: str, text: str, rows: list[dict[str, Any]], other: list[Evidence], decisions: list[Decision]
) -> dict[str, Any]:
    """A sub-point with its shown themes, `other` evidence (themes told in words, and linked questions), and the names of
    themes of which no release says anything: whose number is hidden, and those `waiting` for one."""
    shown = [row for row in rows if row["value"]]
    told = {row["label"] for row in shown} | {one.label for one in other}
    untold = [row for row in rows if row["label"] not in told]
    hidden = [row for row in untold if row["symbol"] != WAITING]
    waiting = {row["label"] for row in untold if row["symbol"] == WAITING} - {row["label"] for row in hidden}
    return {
        "code": code,
        "text": text,
        "rows": shown,
        "other": other,
        "hidden": describe_hidden_themes(hidden),
        "waiting": sorted(waiting),
        "decisions": decisions,
    }


def _group_other_evidence(evidence: list[Evidence]) -> dict[str, list[Evidence]]:
    """{sub-point: evidence that is no theme with a number, by consultation}"""
    found: dict[str, list[Evidence]] = defaultdict(list)
    for one in sorted(evidence, key=lambda one: one.release.consultation.title):
        for code in one.points if one.words or one.is_nearly_all or isinstance(one, QuestionEvidence) else ():
            found[code].append(one)
    return found


def _themes_by_sub_point(
    releases: list[Release], themes: list[ThemeEvidence], for_all: bool
) -> dict[str, list[dict[str, Any]]]:
    """{sub-point: its themes, most people first}. A grave theme with a hidden number is included, and looks the same
    if nobody spoke of it."""
    found = defaultdict(list)
    quotes = {release.pk: select_quotes(release, for_all=for_all) for release in releases}
    for one in themes:
        quote = next(iter(quotes[one.release.pk].get(one.theme, ())), None)
        for code in one.points if one.people or one.entry.gravity >= GRAVE else ():
            found[code].append(one.row | {"entry": one.entry, "release": one.release, "quote": quote})
    said: set[int] = set()
    for code in strategy_points.text_by_sub_point():
        found[code].sort(key=lambda row: (-(row["value"] or 0), row["label"], row["release"].consultation.title))
        found[code] = _quote_each_once(found[code], said)
    return found


def _quote_each_once(rows: list[dict[str, Any]], said: set[int]) -> list[dict[str, Any]]:
    """Keep at most two quotes under a sub-point, and each quote once in the assessment (C3)."""
    here: list[dict[str, Any]] = []
    for row in rows:
        quote, full = row["quote"], sum(one["quote"] is not None for one in here) == 2
        keep = quote is not None and quote.pk not in said and not full
        said |= {quote.pk} if keep else set()
        here.append(row if keep else row | {"quote": None})
    return here
