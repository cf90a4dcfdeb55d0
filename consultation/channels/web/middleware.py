"""Middleware of respondent pages: exactly the headers of domain/controls.yaml, never a cookie (A4, A5).

X-Robots-Tag varies: search engines may index news and results (consultation.respondent_pages.robots_policy).
"""

import re
from functools import lru_cache

from django.conf import settings
from django.urls import get_urlconf, resolve
from django.utils.translation import activate

from consultation.domain.request_time import limit_database_time
from consultation.respondent_pages.robots_policy import build_robots_tag

SURVEY_PATH = re.compile(r"/([a-z-]+)/have-your-say/[-\w]+/answer/")
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; media-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
        "microphone=(), midi=(), payment=(), usb=()"
    ),
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Robots-Tag": "noindex, noarchive, nosnippet",
    "X-DNS-Prefetch-Control": "off",
}
# Only an officer's preview, which the staff site shows in a frame.
PREVIEW_HEADERS = HEADERS | {
    "Content-Security-Policy": HEADERS["Content-Security-Policy"].replace(
        "frame-ancestors 'none'", "frame-ancestors 'self'"
    ),
    "X-Frame-Options": "SAMEORIGIN",
}
NOT_RESPONDENT_PREFIXES = (
    "/staff/",
    "/insights/",
    "/accounts/",
    "/api/",
    "/static/",
    "/look/",
    "/media/",
    "/documents/",
)


class RespondentMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.for_respondents = not request.path_info.startswith(NOT_RESPONDENT_PREFIXES)
        if not request.for_respondents:
            return self.get_response(request)
        with limit_database_time(settings.DATABASE_SECONDS):
            return self._answer_respondent(request)

    def _answer_respondent(self, request):
        response = self.get_response(request)
        headers = PREVIEW_HEADERS if getattr(request, "is_dummy", False) else HEADERS
        for name, value in headers.items():
            response[name] = value
        out = getattr(request, "is_dummy", False) or getattr(request, "keep_out", False)
        status = response.status_code if request.method in ("GET", "HEAD") and not out else 0
        path, query = request.path_info, request.META.get("QUERY_STRING", "")
        response["X-Robots-Tag"] = build_robots_tag(path, query, status, HEADERS["X-Robots-Tag"])
        response.cookies.clear()
        del response["Content-Security-Policy-Report-Only"]
        if request.path_info != "/":  # the browser's languages decide where that leads
            del response["Vary"]
        return response


@lru_cache(maxsize=256)
def _resolve_survey_url(path, language, urlconf):
    """Cached, because Django tries thirty patterns before the survey's."""
    return resolve(path, urlconf)


class SurveyMiddleware:
    """Runs the survey view before the session, user and message middleware, which it does not need and which would be
    a fifth of its cost. The language is in the address."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.languages = {code for code, _ in settings.LANGUAGES}

    def __call__(self, request):
        found = SURVEY_PATH.fullmatch(request.path_info)
        if not found or found[1] not in self.languages:
            return self.get_response(request)
        request.get_host()  # refuses a host that is not ours, as CommonMiddleware does
        request.LANGUAGE_CODE = language = found[1]
        activate(language)
        request.resolver_match = match = _resolve_survey_url(request.path_info, language, get_urlconf())
        response = match.func(request, *match.args, **match.kwargs)
        response.headers.setdefault("Content-Language", language)
        return response
