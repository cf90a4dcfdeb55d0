"""Middleware for signed-in staff: log-out by time, and a mandatory second factor (G2)."""

import time

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.shortcuts import redirect

from cms.accounts.staff_sessions import BROWSER, SEEN, SINCE, describe_browser, measure_time_left

# Pages poll these by themselves, so they do not prove that anybody is there.
BACKGROUND_PATHS = ("/accounts/still-here/", "/staff/editing-sessions/")
# Seconds between two notes of activity: each is a write, which a page that only reads need not wait for. Who was active
# within them is signed out by so much earlier, never later.
NOTE_EVERY = 30


def is_signed_in(request):
    """False for respondents and API clients without touching the session, which would set a cookie."""
    if getattr(request, "for_respondents", False) or request.path_info.startswith("/api/"):
        return False
    return request.user.is_authenticated


class IdleTimeoutMiddleware:
    """Signs out staff who were idle for too long, and everybody after SESSION_HOURS; background requests of a page do not
    count as activity."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if is_signed_in(request):
            now, session = int(time.time()), request.session
            if measure_time_left(request.user, session, now)[0] < 0:
                logout(request)
            elif SEEN not in session or _is_activity(request) and now - session[SEEN] >= NOTE_EVERY:
                session[SEEN] = now
                if SINCE not in session:
                    session[SINCE], session[BROWSER] = now, describe_browser(request.headers.get("User-Agent", ""))
        return self.get_response(request)


def _is_activity(request):
    return not request.path_info.startswith(BACKGROUND_PATHS)


class SecondFactorMiddleware:
    """Redirects every staff page to the second-factor set-up until one is set up."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        needed = settings.STAFF_NEED_MFA and is_signed_in(request) and not request.path_info.startswith("/accounts/")
        if needed and not is_mfa_enabled(request.user):
            return redirect("mfa_index")
        return self.get_response(request)
