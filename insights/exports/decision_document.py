"""Published decisions, what came of them, and the strategy's coverage as JSON documents, for the read-only API.

Everything is as the public pages of decisions and the coverage sheet say it: figures as cited, after disclosure control.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from consultation.domain.strategy_points import number_by_sub_point, text_by_sub_point
from insights.decisions.models import Decision
from insights.decisions.outcomes.models import OutcomeEvidence, OutcomeUpdate
from insights.disclosure.rules_wording import wording_of
from insights.releases.theme_evidence import list_newest_releases
from insights.strategy.coverage.coverage_matrix import AUDIENCES, CoverageCell, build_coverage_cells
from insights.strategy.strategy_evidence import list_strategy_evidence

FIELDS = (
    "title", "question", "we_asked", "you_said", "outcome", "we_did", "reason", "alternative", "lead_role", "agency",
    "partners", "progress", "measure", "online", "audiences",
)  # fmt: skip
SHARES = ("people", "base", "percent", "low", "high")


def build_decision_summary(decision: Decision) -> dict[str, Any]:
    """Prefetch `consultations` and `followed_by` in lists."""
    replaced = decision.replaced_by
    return {
        "code": decision.slug,
        **{name: getattr(decision, name) for name in FIELDS},
        "consultations": [
            {"code": page.slug, "title": page.title, "audience": page.audience}
            for page in decision.consultations.all()
        ],
        "sub_points": [link["sub_point"] for link in decision.links],
        "decided_on": decision.decided.isoformat(),
        "published_on": _write_day(decision.published_on),
        "due": _write_day(decision.due),
        "next_news": _write_day(decision.next_update),
        "late": decision.is_late,
        "replaced_by": replaced.slug if replaced else None,
    }


def build_decision_document(decision: Decision, *, with_themes: bool) -> dict[str, Any]:
    """The decision, and what it cites with the figures that were seen. No quotes."""
    rules = [one.release.rules for one in decision.citations.select_related("release")]
    rules += [one.release.rules for one in decision.figure_citations.select_related("release")]
    return {
        **build_decision_summary(decision),
        "evidence": _build_evidence(decision, with_themes=with_themes),
        "numbers": wording_of(*rules).meaning if rules else "",
    }


def _build_evidence(decision: Decision, *, with_themes: bool) -> list[dict[str, Any]]:
    """Each theme of a release once, for and against apart."""
    found = {
        ("theme", one.bearing, one.release_id, one.theme.slug): {
            "kind": "theme",
            "code": one.theme.slug,
            "release": one.release_id,
            "bearing": one.bearing,
            "label": one.seen["label"],
            "rows": [
                _build_row(one.theme.slug, one.seen["label"], one.seen.get("people"), one.seen.get("symbol", ""))
            ],
        }
        for one in (decision.citations.select_related("theme").order_by("pk") if with_themes else ())
    }
    answers = [
        {
            "kind": "question",
            "code": one.question,
            "release": one.release_id,
            "bearing": one.bearing,
            "label": one.seen["asked"],
            "rows": [_build_row(row["id"], row["label"], row["value"], row["symbol"]) for row in one.seen["rows"]],
        }
        for one in decision.figure_citations.all()
    ]
    return [*found.values(), *answers]


def _build_row(code: str, label: str, people: int | None, symbol: str) -> dict[str, Any]:
    return {"code": code, "label": label, "people": people, "hidden": people is None, "instead": symbol}


def build_outcome_document(update: OutcomeUpdate, *, with_themes: bool) -> dict[str, Any]:
    """Prefetch `evidence__theme`."""
    return {
        "id": update.pk,
        "decision": update.decision.slug,
        "verdict": update.verdict,
        "words": update.english.get("words", ""),
        "easy": update.english.get("easy", ""),
        "published_on": _write_day(update.published_on),
        "reached": [{name: str(row[name]) for name in ("what", "unit", "baseline", "target", "by", "value")}
                    for row in update.reached],
        "evidence": [_build_later_figure(one) for one in update.evidence.all() if with_themes or one.theme is None],
    }  # fmt: skip


def _build_later_figure(one: OutcomeEvidence) -> dict[str, Any]:
    seen, told = one.seen, one.change or one.seen.get("why_not")
    return {
        "kind": "question" if one.theme is None else "theme",
        "code": one.question if one.theme is None else one.theme.slug,
        "release": one.release_id,
        "bearing": one.bearing,
        "label": seen["label"],
        **{name: seen.get(name) for name in SHARES},
        "before": {name: seen["before"].get(name) for name in SHARES} if seen.get("before") and told else None,
        "change": one.change,
        "why_no_change": seen.get("why_not", ""),
    }


def build_coverage_document(today: date) -> dict[str, Any]:
    """The coverage of what the caller may see: run it within `withhold_releases`."""
    releases = list_newest_releases()
    cells = build_coverage_cells(today, list_strategy_evidence(releases))
    rules = (release.rules for release in releases)
    return {"numbers": wording_of(*rules).meaning, "places": _build_place_documents(cells.values())}


def _build_place_documents(cells: Iterable[CoverageCell]) -> list[dict[str, Any]]:
    numbers, texts = number_by_sub_point(), text_by_sub_point()
    return [
        {
            "sub_point": cell.point,
            "number": numbers[cell.point],
            "text": texts[cell.point],
            "audience": cell.audience,
            "audience_in_words": AUDIENCES[cell.audience][0],
            "people": cell.value,
            "in_words": cell.value is None and not cell.is_gap,
            "gap": cell.is_gap,
            "decisions": len(cell.decisions),
            "last_released": _write_day(cell.last),
        }
        for cell in cells
    ]


def _write_day(day: date | None) -> str | None:
    return day.isoformat() if day else None
