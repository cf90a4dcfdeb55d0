"""Verbs of printed links: make, switch on and off, and the daily count of answers by each link."""

import secrets
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from consultation.answering.links.models import Outlet, PrintedLink
from consultation.audit.log import record
from consultation.questionnaires.models import ConsultationPage
from consultation.responses.models import Response

# No vowels, so that a name spells no word; no letter that resembles another one or a digit.
LETTERS = "bcdfghjkmnpqrstvwxz"
LENGTH = 4
FROM, ROUND_TO = 30, 5


@transaction.atomic
def make(*, page: ConsultationPage, label: str, language: str, by: Any, channel: str = Outlet.OTHER) -> PrintedLink:
    link = PrintedLink.objects.create(name=_free_name(), page=page, label=label, language=language, channel=channel)
    record("printed link made", by=by, obj=link, consultation=page.pk)
    return link


@transaction.atomic
def make_each(*, page: ConsultationPage, channels: list[str], language: str, by: Any) -> list[PrintedLink]:
    """One link for each of these channels without one in this language. Existing links stay: they may be in print."""
    ConsultationPage.objects.select_for_update().get(pk=page.pk)
    known = set(page.printed_links.filter(language=language, off=False).values_list("channel", flat=True))
    return [
        make(page=page, label=f"{Outlet(channel).label} ({language})", language=language, channel=channel, by=by)
        for channel in channels
        if channel not in known
    ]


@transaction.atomic
def switch(*, link: PrintedLink, on: bool, by: Any) -> None:
    """A link that is off still leads to the survey, but its answers are no longer counted by link."""
    link.off = not on
    link.save(update_fields=["off"])
    record("printed link on" if on else "printed link off", by=by, obj=link)


def _free_name() -> str:
    while True:
        name = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
        if not PrintedLink.objects.filter(pk=name).exists() and not Response.objects.filter(link=name).exists():
            return name


def count_links(today: date | None = None) -> int:
    """Daily sweep: update the number that officers see of each link (disclosure control: from 30 up, rounded to 5).

    Returns the number of links that were due.
    """
    today = today or timezone.localdate()
    waiting = list(PrintedLink.objects.filter(Q(counted_on=None) | Q(counted_on__lt=today)))
    people = _people([link.name for link in waiting])
    for link in waiting:
        link.answers, link.counted_on = shown(people.get(link.name, 0)), today
        link.save(update_fields=["answers", "counted_on"])
    return len(waiting)


def _people(names: list[str]) -> dict[str, int]:
    rows = Response.objects.countable().filter(link__in=names).values_list("link").annotate(Count("pk"))
    return dict(rows)


def shown(people: int) -> int | None:
    """A count rounded for disclosure control; None when it is too small to show."""
    return (people + ROUND_TO // 2) // ROUND_TO * ROUND_TO if people >= FROM else None
