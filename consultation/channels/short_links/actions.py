"""Verbs of printed links: make, switch on and off."""

import secrets
from typing import Any

from django.db import transaction

from consultation.audit.audit_log import record_event
from consultation.channels.short_links.models import Outlet, PrintedLink
from consultation.responses.models import Response
from consultation.surveys.models import ConsultationPage

# No vowels, so that a name spells no word; no letter that resembles another one or a digit.
LINK_LETTERS = "bcdfghjkmnpqrstvwxz"
LINK_LENGTH = 4


@transaction.atomic
def make_link(
    *, page: ConsultationPage, label: str, language: str, by: Any, channel: str = Outlet.OTHER
) -> PrintedLink:
    while True:
        name = "".join(secrets.choice(LINK_LETTERS) for _ in range(LINK_LENGTH))
        if not PrintedLink.objects.filter(pk=name).exists() and not Response.objects.filter(link=name).exists():
            break
    link = PrintedLink.objects.create(name=name, page=page, label=label, language=language, channel=channel)
    record_event("printed link made", by=by, obj=link, consultation=page.pk)
    return link


@transaction.atomic
def make_links_for_channels(
    *, page: ConsultationPage, channels: list[str], language: str, by: Any
) -> list[PrintedLink]:
    """One link for each of these channels without one in this language. Existing links stay: they may be in print."""
    ConsultationPage.objects.select_for_update().get(pk=page.pk)
    known = set(page.printed_links.filter(language=language, off=False).values_list("channel", flat=True))
    return [
        make_link(page=page, label=f"{Outlet(channel).label} ({language})", language=language, channel=channel, by=by)
        for channel in channels
        if channel not in known
    ]


def get_card_link(*, page: ConsultationPage, language: str, by: Any) -> PrintedLink:
    """The link that cards of this language carry; it may be in print already."""
    make_links_for_channels(page=page, channels=[Outlet.TABLE_CARD], language=language, by=by)
    found: PrintedLink = page.printed_links.filter(language=language, off=False, channel=Outlet.TABLE_CARD).latest(
        "pk"
    )
    return found


@transaction.atomic
def switch_link(*, link: PrintedLink, on: bool, by: Any) -> None:
    """A link that is off still leads to the survey, but its answers are no longer counted by link."""
    link.off = not on
    link.save(update_fields=["off"])
    record_event("printed link on" if on else "printed link off", by=by, obj=link)
