"""The redirect after sign-in, and the 404 for allauth pages that are closed here."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from cms.accounts.roles import start_page


@never_cache
@login_required
def redirect_to_start_page(request):
    """After sign-in, each role starts at its own page."""
    return redirect(start_page(request.user))


def raise_not_found(request, **kwargs):
    raise Http404
