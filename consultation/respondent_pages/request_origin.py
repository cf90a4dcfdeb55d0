"""Refusal of cross-site POSTs on respondent pages without a CSRF cookie.

With `Referrer-Policy: no-referrer` browsers send `Origin: null` on a form's POST, so Django's own check would refuse
it. Respondents are not signed in, so another site can borrow no authority; `Sec-Fetch-Site`, where a browser sends
it, keeps other sites from posting in a visitor's name.
"""

from functools import wraps

from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from consultation.respondent_pages.error_pages import show_forbidden

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


def is_same_origin(request):
    """Whether a POST comes from this site or does not say; the form token decides the rest."""
    site = request.META.get("HTTP_SEC_FETCH_SITE")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.META.get("HTTP_ORIGIN")
    return origin in (None, "null", f"{request.scheme}://{request.get_host()}")


def respondent_view(view):
    """Decorator of respondent views: GET, HEAD and POST, no CSRF cookie; a POST from another site gets the 403 page."""
    view = require_http_methods(["GET", "HEAD", "POST"])(view)

    @csrf_exempt
    @wraps(view)
    def checked(request, *args, **kwargs):
        if request.method not in SAFE_METHODS and not is_same_origin(request):
            return show_forbidden(request)
        return view(request, *args, **kwargs)

    return checked
