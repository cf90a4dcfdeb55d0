"""Why cleared words are counted and not quoted. Whatever a lead ever had is in no list and in no sum (D8)."""

from datetime import date
from uuid import UUID

from django.db.models import Q

from consultation.reading.models import Reading, ReadingDecision
from consultation.responses.models import Channel


def list_unquoted_people(since: date, until: date) -> tuple[dict[str, list[UUID]], set[UUID]]:
    """({reason: people whose cleared words of these days are counted, not quoted}, everyone who had words cleared)."""
    cleared = Reading.objects.filter(
        released=True, was_triaged=False, answer__response__day__range=(since, until),
        answer__response__withdrawn=False, answer__response__excluded_from_figures=False,
    ).exclude(answer__response__channel=Channel.GROUP)  # fmt: skip
    unasked = Q(answer__response__may_quote=None, answer__response__channel=Channel.IMPORT)
    reasons = {
        "no": Q(answer__response__may_quote=False) | unasked,
        "who": Q(identifying_story=True),
        "hurt": Q(decision=ReadingDecision.NEVER_QUOTE, identifying_story=False),
    }
    people = cleared.order_by().values_list("answer__response_id", flat=True).distinct()
    return {name: list(people.filter(reason)) for name, reason in reasons.items()}, set(people)
