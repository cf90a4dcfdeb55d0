"""How the texts of a consultation were coded. Counted and frozen with a release: a live count would change with one
person's text."""

from typing import Any

from consultation import handover
from insights.coding.models import CodingStatus, MachineReading
from insights.corpus.models import Text


def summarise_coding(consultation: Any) -> dict[str, Any]:
    """{people: texts coded by people, all: texts (both rounded down to 5), groups: whether there are group notes,
    unread: percent that the machine cannot read, or None}."""
    texts = Text.objects.of(consultation)
    by_people = CodingStatus.objects.filter(text__in=texts).count()
    return {
        "people": by_people // 5 * 5,
        "all": texts.count() // 5 * 5,
        "groups": handover.has_group_notes(consultation),
        "unread": _percent_unread_by_machine(MachineReading.objects.of(consultation)),
    }


def _percent_unread_by_machine(readings: Any) -> int | None:
    """Percent of answers in languages that the machine cannot read, rounded to 5. None where they are fewer than 10,
    so that nobody learns how many answered in a rare language."""
    if readings.unreadable().count() < 10:
        return None
    return max(5, 5 * round(readings.percent_unreadable() / 5))
