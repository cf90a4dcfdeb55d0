"""PINs of shared tablets: generation, format, try limits, and the tablet that a typed PIN starts."""

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
    """Counts tries at one tablet's PIN from all addresses, in memory. PROXY_LIMITS does not switch it off."""

    def _name(self, number):
        if time.monotonic() - self._key_since > DAY:
            self.forget()
        return hmac.digest(self._key, number.encode(), hashlib.sha256)


tries_from_here = Limit(times=6)
tries_at_number = LimitByNumber(times=30)


def new_secret():
    return "".join(secrets.choice("0123456789") for _ in range(SECRET_DIGITS))


def spaced(number, secret):
    """A PIN for people: three groups of three digits."""
    return f"{number} {secret[:3]} {secret[3:]}"


def digits(text):
    """The ASCII digits of typed text, from any script, without spaces and hyphens."""
    return "".join(str(int(letter)) for letter in text[:40] if letter.isdecimal())


def may_try(request, typed):
    """Whether this address and this tablet's number have tries left."""
    return not tries_from_here.reached(request) and not tries_at_number.reached(digits(typed)[:NUMBER_DIGITS])


def kiosk_of(request, typed):
    """The working kiosk with this PIN, or None; a wrong PIN counts as a try and takes as long as a right one."""
    number, secret = digits(typed)[:NUMBER_DIGITS], digits(typed)[NUMBER_DIGITS:]
    kiosk = Kiosk.objects.working().select_related("page").filter(number=number).first()
    if kiosk is not None and kiosk.fits(secret):
        return kiosk
    if kiosk is None:
        make_password(secret)
    tries_from_here.add(request)
    tries_at_number.add(number)
    return None
