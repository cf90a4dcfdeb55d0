"""The PIN of a shared tablet: made here, told once, kept as a hash. Which kiosk a typed one starts, slowly."""

import hashlib
import hmac
import secrets
import time

from django.contrib.auth.hashers import make_password

from consultation.answering.kiosk.models import Kiosk
from consultation.respondents.limits import DAY, Limit

SECRET_DIGITS = 6
NUMBER_DIGITS = 3


class LimitByNumber(Limit):
    """Tries at one tablet's PIN from wherever they come, in memory; a proxy's limit does not stand in for it."""

    def _name(self, number):
        if time.monotonic() - self._key_since > DAY:
            self.forget()
        return hmac.digest(self._key, number.encode(), hashlib.sha256)


tries_from_here = Limit(times=6)
tries_at_number = LimitByNumber(times=30)


def new_secret():
    return "".join(secrets.choice("0123456789") for _ in range(SECRET_DIGITS))


def spaced(number, secret):
    """As people read it out: three times three."""
    return f"{number} {secret[:3]} {secret[3:]}"


def digits(text):
    """What was typed, as plain digits: other scripts' digits too, spaces and hyphens left out."""
    return "".join(str(int(letter)) for letter in text[:40] if letter.isdecimal())


def may_try(request, typed):
    """Whether this address, and this tablet's number, still have tries."""
    return not tries_from_here.reached(request) and not tries_at_number.reached(digits(typed)[:NUMBER_DIGITS])


def kiosk_of(request, typed):
    """The working kiosk that this PIN starts, or None; a miss counts as a try and takes as long as a hit."""
    number, secret = digits(typed)[:NUMBER_DIGITS], digits(typed)[NUMBER_DIGITS:]
    kiosk = Kiosk.objects.working().select_related("page").filter(number=number).first()
    if kiosk is not None and kiosk.fits(secret):
        return kiosk
    if kiosk is None:
        make_password(secret)
    tries_from_here.add(request)
    tries_at_number.add(number)
    return None
