"""Telling a member of staff that something waits. Every such message of the product goes through `notify()`.

A message says "item waiting", the site and a link that shows nothing without sign-in: anyone may see a telephone. An
e-mail about work that comes from no answer may say what waits, in plain words (`write_waiting_work`).

Nothing is recorded here, since the time of a message may tell when a child wrote; callers keep what they must. Mail
servers and gateways keep the minute of each message, which the privacy pages say.
"""

import logging
from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from consultation.notifications.gateways import GATEWAYS
from consultation.notifications.models import NotificationChoice

SUBJECT = "item waiting"
START_PATH = "/staff/"
logger = logging.getLogger(__name__)


def write_message() -> str:
    return f"{SUBJECT}\n\n{settings.WAGTAIL_SITE_NAME}\n{settings.WAGTAILADMIN_BASE_URL}{START_PATH}"


def write_waiting_work(subject: str, what_to_do: str, path: str) -> str:
    """An e-mail that says what waits and where. For work whose name and moment tell nothing of any answer."""
    return f"{subject}\n\n{what_to_do}\n\n{settings.WAGTAILADMIN_BASE_URL}{path}\n\n{settings.WAGTAIL_SITE_NAME}"


def notify_after_commit(addresses: Iterable[str], email: str) -> None:
    """Tell all of them once the transaction holds: nobody is called to what was rolled back."""
    found = sorted({address for address in addresses if address})
    transaction.on_commit(lambda: notify_all(found, email=email))


def notify(address: str, now: datetime | None = None, *, retried: bool = False, email: str = "") -> bool:
    """Tell whoever has this e-mail address by each channel that they chose. Returns whether a message left.

    `email`: the words of the e-mail, if it says more than that something waits.

    `retried`: the caller tries again when this returns False, so that the message may wait for the end of the person's
    quiet hours. Any other message is an e-mail then: it must not get lost.
    """
    choice = NotificationChoice.objects.filter(person__email__iexact=address).first()
    quiet = choice is not None and is_quiet(choice, timezone.localtime(now or timezone.now()).time())
    if quiet and retried:
        return False
    channels = [("email", address)] if quiet else list_chosen_channels(address, choice)
    return sum(_send(channel, to, email) for channel, to in channels) > 0  # each of them, also after one that left


def notify_all(
    addresses: Iterable[str], now: datetime | None = None, *, retried: bool = False, email: str = ""
) -> set[str]:
    """The addresses whose people were told."""
    return {address for address in addresses if notify(address, now, retried=retried, email=email)}


def list_chosen_channels(address: str, choice: Any) -> list[tuple[str, str]]:
    """[(channel, where to)]. An e-mail stands in for text messages where the site has no gateway."""
    texts = choice is not None and choice.by_text and bool(settings.SMS_GATEWAY_URL)
    found = [("text", choice.phone)] if texts else []
    return [("email", address), *found] if choice is None or choice.by_email or not texts else found


def is_quiet(choice: NotificationChoice, at: time) -> bool:
    """Whether this local time lies in the person's quiet hours, which may run over midnight."""
    if choice.quiet_from is None or choice.quiet_until is None:
        return False
    if choice.quiet_from < choice.quiet_until:
        return choice.quiet_from <= at < choice.quiet_until
    return at >= choice.quiet_from or at < choice.quiet_until


def _send(channel: str, to: str, email: str) -> bool:
    try:
        GATEWAYS[channel](to, email if email and channel == "email" else write_message())
    except OSError as error:  # smtplib's and urllib's errors are OSErrors
        logger.error("a notification by %s was not sent: %s", channel, type(error).__name__)
        return False
    return True
