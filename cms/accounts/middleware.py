"""Whoever is signed in: idle log-out, and a second factor before anything else (G2)."""

import time

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.shortcuts import redirect

SEEN = "seen_at"


def is_signed_in(request):
    """A respondent's request is never asked: looking would touch the session, and with it the cookie."""
    return not getattr(request, "for_respondents", False) and request.user.is_authenticated


class IdleTimeoutMiddleware:
    """15 minutes for those who read raw text, 30 for others."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if is_signed_in(request):
            reads_raw = request.user.has_perm("consultation.read_raw")
            limit = 60 * (settings.IDLE_MINUTES_RAW if reads_raw else settings.IDLE_MINUTES)
            now = int(time.time())
            if now - request.session.get(SEEN, now) > limit:
                logout(request)
            else:
                request.session[SEEN] = now
        return self.get_response(request)


class SecondFactorMiddleware:
    """Nobody works without a second factor: until there is one, every staff page leads to setting it up."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        needed = settings.STAFF_NEED_MFA and is_signed_in(request) and not request.path_info.startswith("/accounts/")
        if needed and not is_mfa_enabled(request.user):
            return redirect("mfa_index")
        return self.get_response(request)
