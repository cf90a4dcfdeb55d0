"""What a staff briefing says: the officers' words, the figures that most people see first, and what was decided."""

from typing import Any

from insights.decisions.models import Decision
from insights.disclosure.rules_wording import wording_of
from insights.publications.models import Results
from insights.publications.results_page import build_results_page

MOST_THEMES, MOST_QUESTIONS, MOST_DECISIONS = 6, 4, 4  # so that it fits one sheet


def build_briefing(results: Results) -> dict[str, Any]:
    """{shown: the public page, themes, questions: [(title, its answer with most people)], quote, decisions,
    more: how many decisions are left out, footnote}."""
    shown = build_results_page(results)
    most = [(one.title.text, one.most) for one in shown.questions if one.most and one.most.label.text]
    quotes = [quote for theme in shown.themes for quote in theme.quotes]
    decided = Decision.objects.published().of(results.consultation).order_by("-decided", "pk")
    return {
        "shown": shown,
        "themes": shown.themes[:MOST_THEMES],
        "questions": most[:MOST_QUESTIONS],
        "quote": next(iter(quotes), None),
        "decisions": decided[:MOST_DECISIONS],
        "more": max(0, decided.count() - MOST_DECISIONS),
        "footnote": wording_of(results.release.rules).in_one_line,
    }
