"""Which published decisions answer a theme of a consultation, or a sub-point of the strategy."""

from collections import defaultdict
from collections.abc import Iterable

from insights.decisions.models import Citation, Decision

FIELDS = ("slug", "title", "outcome", "status", "due", "progress", "decided")


def answers_by_theme(consultations: Iterable[int] | None = None) -> dict[tuple[int, int], list[Decision]]:
    """{(consultation id, theme id): published decisions that cite the theme in any release}, in the order in which they
    were cited; two queries. `consultations`: only theirs."""
    cited = Citation.objects.filter(decision__in=Decision.objects.published())
    if consultations is not None:
        cited = cited.filter(release__consultation__in=consultations)
    rows = list(cited.order_by("pk").values_list("release__consultation_id", "theme_id", "decision_id"))
    decisions = Decision.objects.only(*FIELDS).in_bulk({decision for *_, decision in rows})
    found: dict[tuple[int, int], dict[int, Decision]] = defaultdict(dict)
    for consultation, theme, decision in rows:
        found[consultation, theme][decision] = decisions[decision]
    return {place: list(answers.values()) for place, answers in found.items()}


def group_by_sub_point(decisions: Iterable[Decision]) -> dict[str, list[Decision]]:
    """{sub-point of the strategy: the decisions that are linked to it}. They are few: Python groups them, not each
    database's JSON."""
    found = defaultdict(list)
    for decision in decisions:
        for link in decision.links:
            found[link["sub_point"]].append(decision)
    return found
