"""Which published decisions answer a theme or a question of a consultation."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from copy import copy
from functools import cache
from typing import Any

from django.db.models import QuerySet

from insights.decisions.models import Bearing, Citation, Decision, FigureCitation
from insights.decisions.tracing.trace_paths import find_successors, load_theme_successors

type ThemeAnswers = dict[tuple[int, int], list[Decision]]  # as `answers_by_theme` returns
FIELDS = ("slug", "title", "outcome", "status", "due", "progress", "decided")


def answers_by_theme(consultations: Iterable[int] | None = None) -> ThemeAnswers:
    """{(consultation id, theme id): published decisions that cite the theme, or one that became a part of it, in any
    release}, in the order in which they were cited; three queries at most. `consultations`: only theirs. Each
    knows whether the theme `goes_against` it."""
    cited = Citation.objects.all()
    if consultations is not None:
        cited = cited.filter(release__consultation__in=consultations)
    load_steps = cache(load_theme_successors)
    return _group_answers(cited, "theme_id", lambda theme: (theme, *find_successors(theme, load_steps())))


def find_newest_answer(decisions: Iterable[Decision]) -> Decision | None:
    """Of the decisions that answer one theme: one that went its way comes before one that the theme speaks against."""
    return max(decisions, key=lambda one: (not one.goes_against, one.decided), default=None)


def answers_by_question() -> dict[tuple[int, str], list[Decision]]:
    """{(consultation id, question id): published decisions that cite its figures in any release}; two queries."""
    return _group_answers(FigureCitation.objects.all(), "question", lambda question: (question,))


def _group_answers(cited: QuerySet[Any], name: str, answered: Callable[[Any], Iterable[Any]]) -> dict[Any, Any]:
    published = cited.filter(decision__in=Decision.objects.published())
    rows = list(published.order_by("pk").values_list("release__consultation_id", name, "decision_id", "bearing"))
    decisions = Decision.objects.only(*FIELDS).in_bulk({decision for *_, decision, _ in rows})
    found: dict[Any, dict[int, Decision]] = defaultdict(dict)
    for consultation, cited_one, decision, bearing in rows:
        for one in answered(cited_one):
            answer = found[consultation, one].setdefault(decision, copy(decisions[decision]))
            answer.goes_against &= bearing == Bearing.CHALLENGES
    return {place: list(answers.values()) for place, answers in found.items()}
