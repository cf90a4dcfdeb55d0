"""Cross-site requests are refused without a cookie.

With `Referrer-Policy: no-referrer` browsers send `Origin: null` on a form's POST, so Django's own check refuses it.
Respondent pages hold no ambient authority that a stranger's page could borrow; what remains is to keep other sites
from posting in a visitor's name, and `Sec-Fetch-Site` says so where a browser has it.
"""

from functools import wraps

from django.views.decorators.csrf import csrf_exempt

SAFE = ("GET", "HEAD", "OPTIONS")


def comes_from_here(request):
    """Whether a POST may come from where it says it comes from; the form token decides the rest."""
    site = request.META.get("HTTP_SEC_FETCH_SITE")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.META.get("HTTP_ORIGIN")
    return origin in (None, "null", f"{request.scheme}://{request.get_host()}")


def respondent_view(view):
    """A view for respondents: no CSRF cookie; a POST from another site gets the quiet 403 page."""

    @csrf_exempt
    @wraps(view)
    def checked(request, *args, **kwargs):
        if request.method not in SAFE and not comes_from_here(request):
            from consultation.respondents.errors import refused

            return refused(request)
        return view(request, *args, **kwargs)

    return checked
