"""Verbs of shared tablets: set up, change PIN, switch off. The officer sees a new PIN once, on the next page."""

import secrets
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from consultation.audit.audit_log import record_event
from consultation.channels.kiosk.kiosk_pins import format_pin, hash_pin, make_pin_secret
from consultation.channels.kiosk.models import Kiosk
from consultation.surveys.models import ConsultationPage


def set_up_kiosk(
    *, page: ConsultationPage, name: str, until: date, languages: Sequence[str], by: Any
) -> tuple[Kiosk, str]:
    """The new tablet of a consultation, and its PIN in clear."""
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
    taken = set(Kiosk.objects.values_list("number", flat=True))
    free = [number for number in map(str, range(100, 1000)) if number not in taken]
    if not free:
        raise RuntimeError("all 900 numbers of shared tablets are taken: delete some that ended")
    return secrets.choice(free)


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
