"""Remaining session time, for the warning before idle log-out (WCAG 2.2.1); called by staff/idle.js."""

import time

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.utils.crypto import salted_hmac
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cms.accounts.staff_sessions import SEEN, measure_time_left


@never_cache
@require_http_methods(["GET", "POST"])
def show_idle_time(request):
    """GET returns the remaining seconds; POST also renews the session. Signed-out visitors go to the sign-in page."""
    if not request.user.is_authenticated:
        return redirect_to_login("/accounts/start/")
    now = int(time.time())
    if request.method == "POST":
        request.session[SEEN] = now
    left, can_stay = measure_time_left(request.user, request.session, now)
    return JsonResponse(
        {
            "seconds": max(left, 0),
            "can_stay": can_stay,
            "warn": settings.IDLE_WARNING_SECONDS,
            "who": salted_hmac("who is signed in", str(request.user.pk), algorithm="sha256").hexdigest()[:16],
            "token": get_token(request),
        }
    )
