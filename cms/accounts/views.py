"""The redirect after sign-in, and the 404 for allauth pages that are closed here."""

from django.http import Http404
from django.shortcuts import redirect

from cms.accounts.roles import start_page
from consultation.access import staff_view


@staff_view()
def redirect_to_start_page(request):
    """After sign-in, each role starts at its own page."""
    return redirect(start_page(request.user))


def raise_not_found(request, **kwargs):
    raise Http404
