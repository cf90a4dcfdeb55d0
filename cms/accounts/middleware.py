"""Idle log-out (G2): 15 minutes for those who read raw text, 30 for others."""

import time

from django.conf import settings
from django.contrib.auth import logout

SEEN = "seen_at"


class IdleTimeoutMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not getattr(request, "for_respondents", False) and request.user.is_authenticated:
            limit = 60 * (
                settings.IDLE_MINUTES_RAW if request.user.has_perm("consultation.read_raw") else settings.IDLE_MINUTES
            )
            now = int(time.time())
            if now - request.session.get(SEEN, now) > limit:
                logout(request)
            else:
                request.session[SEEN] = now
        return self.get_response(request)
