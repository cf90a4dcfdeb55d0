"""Devices on which somebody has signed in to the end: failed tries elsewhere never keep their owner out.

A signed cookie says so to the pages of sign-in alone. It opens nothing, and names people by number.
"""

import secrets

from allauth.account.signals import user_logged_in
from django.conf import settings
from django.core import signing
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponseBase

from cms.accounts.models import User

COOKIE, PATH, SALT = "known_device", "/accounts/", "known device"
AGE = 90 * 24 * 60 * 60
MOST_PEOPLE = 5  # who share one device


def find_known_device(request: HttpRequest, account: object) -> str:
    """The handle of this device, if this account (its primary key) was signed in to on it; else ""."""
    return _read_handles(request).get(str(account), "")


def find_device_of_sign_in(request: HttpRequest) -> str:
    """As `find_known_device`, of the account whose sign-in this request tries; of anyone's once the password is right."""
    handles = _read_handles(request)
    if "login" not in request.POST:
        return next(iter(handles.values()), "")
    tried = User.objects.filter(email__iexact=request.POST["login"].strip()).values_list("pk", flat=True).first()
    return handles.get(str(tried), "")


def _read_handles(request: HttpRequest) -> dict[str, str]:
    """{primary key of a person: handle of this device, which another device cannot make up}."""
    try:
        return dict(signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=AGE))
    except signing.BadSignature:
        return {}


@receiver(user_logged_in)
def remember_device(request: HttpRequest, response: HttpResponseBase, user: User, **kwargs: object) -> None:
    handles = _read_handles(request)
    handle = handles.pop(str(user.pk), "") or secrets.token_urlsafe(16)
    kept = dict(list(handles.items())[1 - MOST_PEOPLE :]) | {str(user.pk): handle}
    response.set_cookie(
        COOKIE,
        signing.dumps(kept, salt=SALT),
        max_age=AGE,
        path=PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
