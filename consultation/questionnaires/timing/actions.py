"""Moving the last day after people were told it, and holding back an opening for which a gate no longer holds.

Whatever came in stays and is read: a date says until when people may begin, and nothing about what they sent.
"""

import logging
from collections.abc import Mapping
from copy import copy
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone
from wagtail.models import Revision

from consultation.audit.log import record
from consultation.audit.models import AuditEntry
from consultation.questionnaires import approval, gates
from consultation.questionnaires.approval import publisher
from consultation.questionnaires.models import ConsultationPage
from consultation.questionnaires.stopping.actions import keep
from consultation.questionnaires.timing import policies
from consultation.questionnaires.timing.models import ChangeKind, DateChange

DAY = timedelta(days=1)
PUT_OFF = "opening put off"
MESSAGE = "item waiting"  # a telephone is looked at by anyone
logger = logging.getLogger(__name__)


class NotAllowed(Exception):
    """It cannot be done now; the message is for whoever asked."""


class Gated(NotAllowed):
    """A gate does not hold until the new last day."""

    def __init__(self, reasons: list[str]):
        super().__init__("This would leave days on which nobody is there for what people write.")
        self.reasons = reasons


@transaction.atomic
def move_last_day(
    *, page: ConsultationPage, by: Any, to: date, why: Mapping[str, str], today: date | None = None
) -> DateChange:
    """Open for longer, or for a shorter time, with a reason that everyone may read. Nothing that came in is touched."""
    today = today or timezone.localdate()
    fresh: ConsultationPage = ConsultationPage.objects.select_for_update().get(pk=page.source.pk)
    words = {language: said.strip() for language, said in why.items() if said.strip()}
    refused = policies.may_move(
        live=fresh.live, closes=fresh.closes, opens=fresh.opens, to=to, today=today,
        looks=_first_promise(fresh), why=words.get(settings.LANGUAGE_CODE, ""),
    )  # fmt: skip
    if refused:
        raise NotAllowed(refused)
    kind = policies.kind_of(fresh.closes, to)
    if kind == ChangeKind.LONGER and (reasons := gates.why_not(_closing(fresh, to))):
        raise Gated(reasons)
    change = DateChange.objects.create(
        page=fresh, kind=kind, was=fresh.closes, now=to, why=words, made_on=today, made_by=by
    )
    # Where no day was named, everyone was promised one that counts from the last day: it never moves away with it.
    longer = kind == ChangeKind.LONGER
    keep(fresh, closes=to, feedback_date=_promised(fresh) if longer else fresh.feedback_date)
    verb = "kept open for longer" if kind == ChangeKind.LONGER else "closes sooner"
    record(verb, by=by, obj=fresh, was=str(change.was or ""), until=str(to), reason=words[settings.LANGUAGE_CODE])
    return change


def _promised(page: ConsultationPage) -> date | None:
    return policies.promised(page.closes, page.feedback_date)


def _first_promise(page: ConsultationPage) -> date | None:
    """The first day on which somebody does something with what people said."""
    answer = _promised(page)
    return min([day for day in (page.look_date, page.decision_date, answer) if day], default=None)


@transaction.atomic
def move_answer(
    *, page: ConsultationPage, by: Any, to: date, why: Mapping[str, str], today: date | None = None
) -> DateChange:
    """Another day of our answer while it is open, with a reason that everyone may read. After the close the clock of the
    answer runs, and late stays late: `insights.results`."""
    today = today or timezone.localdate()
    fresh: ConsultationPage = ConsultationPage.objects.select_for_update().get(pk=page.source.pk)
    words = {language: said.strip() for language, said in why.items() if said.strip()}
    was = _promised(fresh)
    refused = policies.may_move_answer(
        is_open=fresh.is_open(today), was=was, closes=fresh.closes, decides=fresh.decision_date, to=to,
        why=words.get(settings.LANGUAGE_CODE, ""),
    )  # fmt: skip
    if refused:
        raise NotAllowed(refused)
    change = DateChange.objects.create(
        page=fresh, kind=ChangeKind.ANSWER, was=was, now=to, why=words, made_on=today, made_by=by
    )
    keep(fresh, feedback_date=to)
    record(
        "day of the answer moved", by=by, obj=fresh, was=str(was), until=str(to), reason=words[settings.LANGUAGE_CODE]
    )
    return change


def _closing(page: ConsultationPage, to: date) -> ConsultationPage:
    later = copy(page)
    later.closes = to
    return later


def hold_openings(today: date | None = None) -> int:
    """Sweep: what would open tomorrow, and for which a gate does not hold, opens a day later. How many.

    It is asked again each day, so it opens on the day after the gap is filled; where nobody fills it until the last day,
    it never does. One that is open stays open: taking a
    page away from a child who has begun does harm of its own. Its gap shows on the page of who will read, and when
    reading is late the lead is told and can stop it.
    """
    today = today or timezone.localdate()
    pages = ConsultationPage.objects.filter(
        live=True, opens=today + DAY, locale__language_code=settings.LANGUAGE_CODE
    ).order_by("pk")
    return sum(_put_off(page.pk, today) for page in pages)


@transaction.atomic
def _put_off(pk: int, today: date) -> int:
    page: ConsultationPage = ConsultationPage.objects.select_for_update().get(pk=pk)
    to = today + 2 * DAY
    if page.opens != today + DAY:
        return 0
    reasons = approval.held_by(page)
    if not reasons or (page.closes and page.closes < page.opens):
        return 0
    DateChange.objects.create(page=page, kind=ChangeKind.PUT_OFF, was=page.opens, now=to, made_on=today)
    keep(page, opens=to)
    record(PUT_OFF, obj=page, until=str(to), gates=len(reasons))
    _tell_after(publisher(page.live_revision))
    return 1


def note_held_back(*, page: ConsultationPage, revision: Revision, today: date | None = None) -> bool:
    """A date for going live has come, and a gate does not hold: it waits, and that is written once a day."""
    today = today or timezone.localdate()
    seen = AuditEntry.objects.filter(verb=PUT_OFF, object_type="consultationpage", object_id=str(page.pk))
    if seen.filter(day=str(today)).exists():
        return False
    with transaction.atomic():
        record(PUT_OFF, obj=page, revision=revision.pk)
        _tell_after(publisher(revision))
    return True


def _tell_after(person: Any) -> None:
    if person is not None and person.is_active and person.email:
        transaction.on_commit(lambda: _tell(person.email))


def _tell(address: str) -> None:
    try:
        send_mail(MESSAGE, MESSAGE, None, [address])
    except OSError as error:  # the page of dates says it too
        logger.error("an officer was not told of an opening that waits: %s", type(error).__name__)
