"""How the words of a consultation were coded, as a report says it. Counted when a release is made and frozen with it: a
page that counted them anew each time would step with one person's words."""

from typing import Any

from consultation import handover
from insights.coding.models import CodingStatus, MachineReading
from insights.intake.models import Text


def facts(consultation: Any) -> dict[str, Any]:
    """Texts coded by people, and all, rounded down to 5; whether groups spoke; the share that the machine cannot read."""
    texts = Text.objects.of(consultation)
    by_people = CodingStatus.objects.filter(text__in=texts).count()
    return {
        "people": by_people // 5 * 5,
        "all": texts.count() // 5 * 5,
        "groups": handover.has_group_notes(consultation),
        "unread": _share_unread(MachineReading.objects.of(consultation)),
    }


def _share_unread(readings: Any) -> int | None:
    """Percent of answers in languages that the machine cannot read, to the next 5; None where they are fewer than 10,
    perhaps none: how many answered in a rare language is told to nobody."""
    if readings.unreadable().count() < 10:
        return None
    return max(5, 5 * round(readings.percent_unreadable() / 5))
