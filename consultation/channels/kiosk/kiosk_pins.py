"""PINs of shared tablets: generation, format, try limits, and the tablet that a typed PIN starts."""

import hashlib
import hmac
import secrets
import time

from django.contrib.auth.hashers import make_password

from consultation.channels.kiosk.models import Kiosk
from consultation.respondent_pages.rate_limits import DAY_SECONDS, RateLimit

SECRET_DIGITS = 6
NUMBER_DIGITS = 3


class KioskNumberLimit(RateLimit):
    """Counts tries at one tablet's PIN from all addresses, in memory. PROXY_LIMITS does not switch it off."""

    def _hash_requester(self, number):
        if time.monotonic() - self._key_since > DAY_SECONDS:
            self.forget_requests()
        return hmac.digest(self._key, number.encode(), hashlib.sha256)

    def _count_allowed(self, number):
        return self.times


pin_tries_by_address = RateLimit(times=6)
pin_tries_by_number = KioskNumberLimit(times=30)


def make_pin_secret():
    return "".join(secrets.choice("0123456789") for _ in range(SECRET_DIGITS))


def format_pin(number, secret):
    """A PIN for people: three groups of three digits."""
    return f"{number} {secret[:3]} {secret[3:]}"


def extract_digits(text):
    """The ASCII digits of typed text, from any script, without spaces and hyphens."""
    return "".join(str(int(letter)) for letter in text[:40] if letter.isdecimal())


def may_try_pin(request, typed):
    """Whether this address and this tablet's number have tries left."""
    return not pin_tries_by_address.is_limit_reached(request) and not pin_tries_by_number.is_limit_reached(
        extract_digits(typed)[:NUMBER_DIGITS]
    )


def find_kiosk_by_pin(request, typed):
    """The working kiosk with this PIN, or None; a wrong PIN counts as a try and takes as long as a right one."""
    number, secret = extract_digits(typed)[:NUMBER_DIGITS], extract_digits(typed)[NUMBER_DIGITS:]
    kiosk = Kiosk.objects.working().select_related("page").filter(number=number).first()
    if kiosk is not None and kiosk.fits(secret):
        return kiosk
    if kiosk is None:
        make_password(secret)
    pin_tries_by_address.add(request)
    pin_tries_by_number.add(number)
    return None
