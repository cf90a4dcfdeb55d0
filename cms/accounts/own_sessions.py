"""Page of a colleague's own sessions, and how to end them."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render

from cms.accounts import actions
from cms.accounts.forms import SessionForm
from cms.accounts.staff_sessions import idle_seconds, list_staff_sessions
from consultation.access import staff_view


@staff_view(method="GET")
def show_own_sessions(request):
    found = list_staff_sessions(request.user, here=request.session.session_key)
    times = {"minutes": idle_seconds(request.user) // 60, "hours": settings.SESSION_HOURS}
    return render(request, "account/sessions.html", {"sessions": found} | times)


@staff_view(method="POST")
def end_own_sessions(request):
    """Ends one session by its handle, or all but the current one."""
    given, here = SessionForm(request.POST).given_values(), request.session.session_key
    ended = actions.end_sessions(person=request.user, by=request.user, here=here, **given)
    messages.success(request, describe_ended_sessions(ended))
    return redirect("my-sessions")


def describe_ended_sessions(places):
    if not places:
        return "That one had ended already."
    return f"Signed out in {places} place{'' if places == 1 else 's'}."
