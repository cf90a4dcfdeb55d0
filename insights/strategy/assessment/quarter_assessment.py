"""The strategic assessment of a quarter: themes and decisions of all consultations by the strategy's sub-points.

It reads frozen figures only and adds nothing up over consultations: one person may have answered two, and a sum of
rounded numbers is no number of people.
"""

from collections import defaultdict
from datetime import date
from typing import Any

from insights.coding.codebooks import strategy
from insights.decisions.models import Decision
from insights.disclosure.rules_wording import wording_of
from insights.exports.quote_selection import select_quotes
from insights.releases import calendar_quarters
from insights.releases.calendar_quarters import Quarter
from insights.releases.minority_views.policies import GRAVE
from insights.releases.models import Release


def newest_releases_in(quarter: Quarter) -> list[Release]:
    """The newest release of each consultation that was published in the quarter, by the consultation's title."""
    published = Release.objects.published().filter(published_on__range=(quarter.first, quarter.last))
    newest = {}
    for release in published.select_related("consultation", "codebook_version").order_by("number"):
        newest[release.consultation_id] = release
    return sorted(newest.values(), key=lambda release: release.consultation.title)


def known_quarters(today: date) -> list[Quarter]:
    """Quarters since the first release, newest first; the current one where there is none."""
    first = Release.objects.published().order_by("published_on").values_list("published_on", flat=True).first()
    return calendar_quarters.list_quarters_since(min(first, today) if first else today, today)


def build_assessment(quarter: Quarter, *, for_all: bool) -> dict[str, Any]:
    """{releases, rules: Wording, heard: number of sub-points with a shown theme, points: number of sub-points,
    strands: [{id, label, points: [{code, text, rows, hidden, decisions}], silent: [text]}]}."""
    releases = newest_releases_in(quarter)
    rows, decisions = _themes_by_sub_point(releases, for_all), _decisions_by_sub_point(quarter)
    strands = [_build_strand(strand, rows, decisions) for strand in strategy.list_strands()]
    points = [point for strand in strands for point in strand["points"]]
    heard = sum(bool(point["rows"]) for point in points)
    return {
        "releases": releases,
        "rules": wording_of(*(release.rules for release in releases)),
        "strands": strands,
        "heard": heard,
        "points": len(strategy.text_by_sub_point()),
    }


def _build_strand(strand: dict[str, Any], rows: dict[str, Any], decisions: dict[str, Any]) -> dict[str, Any]:
    """A strand's sub-points with evidence or decisions, and the others by name (`silent`)."""
    points = [_build_point(code, text, rows.get(code, []), decisions.get(code, [])) for code, text in strand["points"]]
    told = [point for point in points if point["rows"] or point["hidden"] or point["decisions"]]
    silent = [point["text"] for point in points if point not in told]
    return {"id": strand["id"], "label": strand["label"], "points": told, "silent": silent}


def _build_point(code: str, text: str, rows: list[dict[str, Any]], decisions: list[Decision]) -> dict[str, Any]:
    """A sub-point with its shown themes, and the names of themes whose number is hidden in every release."""
    shown = [row for row in rows if row["value"]]
    hidden = {row["label"] for row in rows if not row["value"]} - {row["label"] for row in shown}
    return {"code": code, "text": text, "rows": shown, "hidden": sorted(hidden), "decisions": decisions}


def _themes_by_sub_point(releases: list[Release], for_all: bool) -> dict[str, list[dict[str, Any]]]:
    """{sub-point: its themes, most people first}. A grave theme with a hidden number is included, and looks the same
    if nobody spoke of it."""
    found = defaultdict(list)
    for release in releases:
        for points, row in _list_release_themes(release, for_all):
            for code in points:
                found[code].append(row)
    said: set[int] = set()
    for code in strategy.text_by_sub_point():
        found[code].sort(key=lambda row: (-(row["value"] or 0), row["label"], row["release"].consultation.title))
        found[code] = _quote_each_once(found[code], said)
    return found


def _list_release_themes(release: Release, for_all: bool) -> list[tuple[list[str], dict[str, Any]]]:
    figure = release.figures.filter(kind="themes", key="all").first()
    shown = {row["id"]: row for row in figure.table["rows"]} if figure else {}
    said = select_quotes(release, for_all=for_all)
    found = []
    for entry in release.codebook_version.entries.select_related("theme"):
        row = shown.get(str(entry.theme_id))
        if row and (row["value"] or entry.gravity >= GRAVE):
            more = {"entry": entry, "release": release, "quote": next(iter(said.get(entry.theme_id, ())), None)}
            found.append(([link["sub_point"] for link in entry.links], row | more))
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


def _decisions_by_sub_point(quarter: Quarter) -> dict[str, list[Decision]]:
    """{sub-point: decisions that were published in the quarter}."""
    found = defaultdict(list)
    for decision in Decision.objects.published().filter(published_on__range=(quarter.first, quarter.last)):
        for link in decision.links:
            found[link["sub_point"]].append(decision)
    return found
