"""`/go/<four letters>/`: redirects from a poster or a card. The address does not reveal the topic."""

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from consultation.channels.short_links.models import PrintedLink
from consultation.respondent_pages.error_pages import show_not_found
from consultation.surveys.landing_page import LINK_PARAMETER


@require_safe
def follow_printed_link(request, name):
    """A link that is off redirects too, but without the parameter that counts it."""
    link, landing = _find_landing(name)
    if landing is None:
        return show_not_found(request)
    return HttpResponseRedirect(landing if link.off else f"{landing}?{LINK_PARAMETER}={link.name}")


@require_safe
def follow_code_link(request, name):
    """From a card with an invitation code to the page that asks for it. The browser keeps the code, behind the `#`."""
    _, landing = _find_landing(name)
    return show_not_found(request) if landing is None else HttpResponseRedirect(f"{landing}code/")


def _find_landing(name):
    """(link, the landing page in its language, or else the consultation's own; None while that is unpublished)"""
    link = get_object_or_404(PrintedLink.objects.select_related("page"), pk=name.lower())
    pages = [link.page, *link.page.get_translations().live().select_related("locale")]
    live = {page.locale.language_code: page for page in pages if page.live}
    return link, live.get(link.language, link.page).get_url() if link.page.live else None
