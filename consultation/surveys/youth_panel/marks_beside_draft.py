"""The ticks of a round beside the question as members saw it and as the draft asks it now."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from consultation.surveys.questionnaire_schema import localised_text
from consultation.surveys.youth_panel.models import PanelMark, PanelRound


@dataclass(frozen=True)
class MarkedQuestion:
    """`now`: the words of the draft where they differ; None where the question is gone."""

    seen: str
    now: str | None
    marks: list[tuple[str, int]]


def list_marked_questions(panel_round: PanelRound, draft: Iterable[dict[str, Any]]) -> list[MarkedQuestion]:
    """Without numbers while the round runs, and where so few sent that ticks could be told apart."""
    now = {item["id"]: localised_text(item["text"], settings.LANGUAGE_CODE) for item in draft}
    return [_mark_question(panel_round, item, now.get(item["id"])) for item in panel_round.questions]


def _mark_question(panel_round: PanelRound, item: dict[str, Any], now: str | None) -> MarkedQuestion:
    seen = localised_text(item["text"], settings.LANGUAGE_CODE)
    counts = panel_round.marks.get(item["id"], {}) if panel_round.marks_show else {}
    marks = [(mark.label, counts[mark]) for mark in PanelMark if counts.get(mark)]
    return MarkedQuestion(seen, "" if now == seen else now, marks)
