"""Redirects to each role's start page, and the 404 for allauth pages that are closed here."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse

from cms.accounts.roles import start_page
from consultation.access import staff_view


@staff_view()
def redirect_to_start_page(request):
    """After sign-in, each role starts at its own page."""
    return redirect(start_page(request.user))


def redirect_refused_by_wagtail(request):
    """Wagtail sends here whoever may not see a page of its own: to sign in, or, once signed in, to the start page of
    their role. Signing in again would lead back to the same page, without end."""
    if request.user.is_authenticated:
        list(messages.get_messages(request))  # removes Wagtail's refusal, which would show there
        return redirect("account_start")
    return redirect(f"{reverse('account_login')}?{request.META['QUERY_STRING']}")


def raise_not_found(request, **kwargs):
    raise Http404
