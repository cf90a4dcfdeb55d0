"""Verbs of shared tablets: set up, change PIN, switch off. The officer sees a new PIN once, on the next page."""

import secrets
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from consultation.access import NotAllowed
from consultation.audit.audit_log import record_event
from consultation.channels.kiosk.kiosk_pins import format_pin, hash_pin, make_pin_secret
from consultation.channels.kiosk.models import Kiosk
from consultation.surveys.models import ConsultationPage

NO_NUMBER = (
    "900 tablets are set up, and there is no number for another. A number is free the day after a tablet’s last day."
)


def set_up_kiosk(
    *, page: ConsultationPage, name: str, until: date, languages: Sequence[str], by: Any
) -> tuple[Kiosk, str]:
    """The new tablet of a consultation, and its PIN in clear. Raises NotAllowed where 900 tablets work."""
    number, secret = _choose_number(), make_pin_secret()
    kiosk = Kiosk(
        page=page,
        name=name,
        number=number,
        pin=hash_pin(number, secret),
        until=until,
        languages=list(languages) or ["en"],
    )
    with transaction.atomic():
        kiosk.save(force_insert=True)
        record_event("kiosk set up", by=by, obj=kiosk, consultation=page.pk)
    return kiosk, format_pin(number, secret)


def _choose_number() -> str:
    """A number that no tablet has; where each is taken, that of the tablet whose last day is longest past, which goes."""
    taken = set(Kiosk.objects.values_list("number", flat=True))
    if free := [number for number in map(str, range(100, 1000)) if number not in taken]:
        return secrets.choice(free)
    ended = Kiosk.objects.filter(until__lt=timezone.localdate()).order_by("until").first()
    if ended is None:
        raise NotAllowed(NO_NUMBER)
    ended.delete()
    return ended.number


def change_kiosk_pin(*, kiosk: Kiosk, by: Any) -> str:
    """The new PIN in clear. Tablets that run on the old one stop at their next request."""
    secret = make_pin_secret()
    kiosk.pin = hash_pin(kiosk.number, secret)
    with transaction.atomic():
        kiosk.save(update_fields=["pin"])
        record_event("kiosk PIN changed", by=by, obj=kiosk)
    return format_pin(kiosk.number, secret)


@transaction.atomic
def switch_off_kiosk(*, kiosk: Kiosk, by: Any) -> None:
    """The tablet's PIN stops working. An open form on it can still be sent."""
    kiosk.off = True
    kiosk.save(update_fields=["off"])
    record_event("kiosk switched off", by=by, obj=kiosk)
