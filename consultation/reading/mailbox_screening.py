"""The sweep that screens what children wrote into mailboxes, as answers are. It keeps a priority; no word leaves it."""

import logging
import math
import time
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from consultation.reading.model_retraining import screen_in_use as screens
from consultation.reading.screening_sweep import LONGEST_TEXT
from consultation.reading.time_limit import limit_seconds, load_screen
from consultation.responses.vault import VaultLocked, can_open_sealed
from consultation.safeguarding.attached_answers import open_with_attached
from consultation.safeguarding.mailbox.actions import mend_clocks, record_screening
from consultation.safeguarding.mailbox.models import MailboxMessage
from consultation.safeguarding.models import Priority
from consultation.safeguarding.policies import pick_more_urgent

logger = logging.getLogger(__name__)


def list_unscreened() -> QuerySet[MailboxMessage]:
    return MailboxMessage.objects.filter(author__isnull=True, screened=False)


def screen_mailbox_messages(now: datetime | None = None, seconds: float = math.inf) -> int:
    """Sweep: screen unscreened messages, for about `seconds`. Returns how many. Each is T2 already: where the screen
    fails, the clock runs."""
    if not can_open_sealed():
        return 0
    screens.refresh_screen()
    mend_clocks(now)
    waiting = list_unscreened().select_related("mailbox")
    ends, found = time.monotonic() + seconds, 0
    for message in waiting.order_by("pk"):
        if time.monotonic() >= ends:
            break
        try:
            texts = _open_texts(message)
        except VaultLocked:
            logger.error("a message is sealed to a key that is not here")
            continue
        record_screening(message=message, priority=_screen(texts, message.mailbox.language), now=now or timezone.now())
        found += 1
    return found


def _open_texts(message: MailboxMessage) -> list[str]:
    content = open_with_attached(message.sealed)
    return [content["text"], *(each["text"] for each in content["attached"])]


def _screen(texts: list[str], language: str) -> str:
    """The most urgent priority of the texts; T2 where the screen fails or takes too long."""
    from consultation.reading import screening

    try:
        load_screen()
        with limit_seconds(LONGEST_TEXT):
            priority = ""
            for found in screening.screen_texts(texts, languages=[language] * len(texts)):
                priority = pick_more_urgent(found.priority or "", priority)
            return priority
    except Exception as error:
        logger.error("the screen failed: %s", type(error).__name__)
        return Priority.T2
