"""The answer to a form whose token does not fit, as after signing in again on another page."""

from django.views.csrf import csrf_failure

from consultation.channels.group.views import hand_notes_back


def show_csrf_refusal(request, reason=""):
    """Nothing is done. A facilitator's notes, which are on no other page, come back; only to a form of this site."""
    asked = request.resolver_match
    own = request.headers.get("Sec-Fetch-Site") == "same-origin"
    if own and asked and asked.view_name == "group:enter":
        return hand_notes_back(request, **asked.kwargs)
    return csrf_failure(request, reason=reason)
