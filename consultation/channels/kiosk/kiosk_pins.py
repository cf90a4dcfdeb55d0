"""PINs of shared tablets: generation, format, try limit, and the tablet that a typed PIN starts.

Tries are limited by address alone: a limit for one tablet's number from everywhere would let a stranger lock it. What
keeps its PIN safe from many addresses together is its length: 10^9, at most some ten tries a second (slow_hash.py).
"""

import secrets

from django.contrib.auth.hashers import check_password
from django.utils.crypto import constant_time_compare

from consultation.channels.kiosk.models import Kiosk
from consultation.respondent_pages.rate_limits import RateLimit
from consultation.respondent_pages.slow_hash import guesses, staff_pins

NUMBER_DIGITS, SECRET_DIGITS = 3, 9
HASHED = "argon2id$"


pin_tries = RateLimit(times=6, people_only=True)


def make_pin_secret():
    return "".join(secrets.choice("0123456789") for _ in range(SECRET_DIGITS))


def format_pin(number, secret):
    """A PIN for people: groups of three digits."""
    return " ".join((number, *(secret[place : place + 3] for place in range(0, SECRET_DIGITS, 3))))


def extract_digits(text):
    """The ASCII digits of typed text, from any script, without spaces and hyphens."""
    return "".join(str(int(letter)) for letter in text[:40] if letter.isdecimal())


def hash_pin(number, secret, lane=staff_pins):
    """What is stored of a PIN. Raises TooManyAtOnce."""
    return HASHED + lane.hash("kiosk PIN", f"{number} {secret}".encode()).hex()


def is_pin_of(kiosk, secret):
    """Whether the digits after the number are right. Raises TooManyAtOnce."""
    if not kiosk.pin.startswith(HASHED):  # set up before version 0.2; gone when the last such tablet's day has passed
        return guesses.run(check_password, secret, kiosk.pin)
    return constant_time_compare(hash_pin(kiosk.number, secret, guesses), kiosk.pin)


def find_kiosk_by_pin(request, typed):
    """The working kiosk with this PIN, or None; a wrong PIN counts as a try and takes as long as a right one. Raises
    TooManyAtOnce."""
    digits = extract_digits(typed)
    number, secret = digits[:NUMBER_DIGITS], digits[NUMBER_DIGITS:]
    kiosk = Kiosk.objects.working().select_related("page").filter(number=number).first() or Kiosk(pin=HASHED)
    if is_pin_of(kiosk, secret):
        return kiosk
    pin_tries.add(request)
    return None
