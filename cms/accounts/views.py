"""The redirect after sign-in, and the 404 for allauth pages that are closed here."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from cms.roles import start_page


@never_cache
@login_required
def start(request):
    """After sign-in, each role starts at its own page."""
    return redirect(start_page(request.user))


def not_here(request, **kwargs):
    raise Http404
