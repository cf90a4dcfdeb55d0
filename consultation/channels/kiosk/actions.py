"""Verbs of shared tablets: set up, change PIN, switch off. The officer sees a new PIN once, on the next page."""

import secrets
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction

from consultation.audit.audit_log import record_event
from consultation.channels.kiosk.kiosk_pins import format_pin, make_pin_secret
from consultation.channels.kiosk.models import Kiosk
from consultation.surveys.models import ConsultationPage


@transaction.atomic
def set_up_kiosk(
    *, page: ConsultationPage, name: str, until: date, languages: Sequence[str], by: Any
) -> tuple[Kiosk, str]:
    """The new tablet of a consultation, and its PIN in clear."""
    secret = make_pin_secret()
    taken = set(Kiosk.objects.values_list("number", flat=True))
    free = [number for number in map(str, range(100, 1000)) if number not in taken]
    if not free:
        raise RuntimeError("all 900 numbers of shared tablets are taken: delete some that ended")
    kiosk = Kiosk.objects.create(
        page=page,
        name=name,
        number=secrets.choice(free),
        pin=make_password(secret),
        until=until,
        languages=list(languages) or ["en"],
    )
    record_event("kiosk set up", by=by, obj=kiosk, consultation=page.pk)
    return kiosk, format_pin(kiosk.number, secret)


@transaction.atomic
def change_kiosk_pin(*, kiosk: Kiosk, by: Any) -> str:
    """The new PIN in clear. Tablets that run on the old one stop at their next request."""
    secret = make_pin_secret()
    kiosk.pin = make_password(secret)
    kiosk.save(update_fields=["pin"])
    record_event("kiosk PIN changed", by=by, obj=kiosk)
    return format_pin(kiosk.number, secret)


@transaction.atomic
def switch_off_kiosk(*, kiosk: Kiosk, by: Any) -> None:
    """The tablet's PIN stops working. An open form on it can still be sent."""
    kiosk.off = True
    kiosk.save(update_fields=["off"])
    record_event("kiosk switched off", by=by, obj=kiosk)
