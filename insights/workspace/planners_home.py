"""Content of the planners' first page: new releases, and what waits, is late or has a gap, as other pages count it."""

from datetime import date
from typing import Any

from insights.decisions.evidence_answers import ThemeAnswers
from insights.decisions.models import Decision
from insights.decisions.unanswered import contradicted_decisions, unanswered_themes
from insights.disclosure.rules_wording import wording_of
from insights.releases.minority_views.policies import GRAVE
from insights.releases.models import Release
from insights.releases.share_statistics import SLACK
from insights.releases.stored_figures import is_nearly_all
from insights.releases.theme_evidence import ThemeEvidence
from insights.strategy.open_matters import find_open_matters
from insights.workspace import theme_changes, theme_overview

MOST_NEW, MOST_WAITING, MOST_UNHEARD, MOST_LATE, MOST_MOVED = 4, 8, 4, 8, 3


def build_home_context(today: date, reader: Any) -> dict[str, Any]:
    found = find_open_matters(today)
    releases, waiting, alerts = found.releases, found.waiting, contradicted_decisions.list_alerts(found.releases)
    return {
        "open": found,
        "new": _list_news(releases[:MOST_NEW], found.themes, found.decided),
        "people": sum(r.people or 0 for r in releases if r.published_on and r.published_on.year == today.year),
        "counts": {"waiting": len(waiting), "late": len(found.late), "alerts": len(alerts)},
        "waiting": sorted(waiting, key=lambda one: -one.weight)[:MOST_WAITING],
        "late": found.late[:MOST_LATE],
        "alerts": alerts[:MOST_UNHEARD],
        "grave": [one for one in waiting if one.entry.gravity >= GRAVE][:MOST_UNHEARD],
        "silent": [
            row["label"]
            for row in unanswered_themes.count_decisions_by_audience(releases)
            if row["reported"] and not row["decisions"]
        ],
        "drafts": Decision.objects.filter(status="draft").seen_by(reader),
    }


def _list_news(
    releases: list[Release], themes: list[ThemeEvidence], decided: ThemeAnswers
) -> list[tuple[Release, dict[str, Any]]]:
    rows = theme_overview.list_rows_by_release(releases, themes, decided)
    changed = theme_changes.add_changes_by_release(releases, rows)
    return [(release, _pick_news(release, changed[release.pk])) for release in releases]


def _pick_news(release: Release, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """{most: the theme with most people, first: whether more than random changes puts it there, number: its people in
    words, moved: themes with a clear change}."""
    heard = sorted((row for row in rows if row["weight"]), key=lambda row: (-row["weight"], row["label"]))
    most, second = next(iter(heard), None), heard[1]["weight"] if heard[1:] else 0
    return {
        "most": most,
        "first": most and most["weight"] - second > SLACK,
        "number": most and _describe_share(release, most),
        "moved": [row for row in rows if row.get("change") and row["change"].clear][:MOST_MOVED],
    }


def _describe_share(release: Release, row: dict[str, Any]) -> str:
    """ "about 75 of 345 (22%)" """
    if is_nearly_all(row):
        return f"nearly all of {row['base']}"
    number = wording_of(release.rules).about(row["value"]).removesuffix(" people")
    percent = "" if row["percent"] is None else f" ({row['percent']}%)"
    return f"{number} of {row['base']}{percent}"
