"""`/go/<four letters>/`: redirects from a poster to the landing page. The address does not reveal the topic."""

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from consultation.answering.links.models import PrintedLink
from consultation.questionnaires.landing import LINK_PARAMETER
from consultation.respondents.errors import not_found


@require_safe
def go(request, name):
    """A link that is off redirects too, but without the parameter that counts it."""
    link = get_object_or_404(PrintedLink.objects.select_related("page"), pk=name.lower())
    landing = _landing(link)
    if landing is None:
        return not_found(request)
    return HttpResponseRedirect(landing if link.off else f"{landing}?{LINK_PARAMETER}={link.name}")


def _landing(link):
    """The landing page's URL in the link's language, or else the consultation's own; None while unpublished."""
    pages = [link.page, *link.page.get_translations().live().select_related("locale")]
    live = {page.locale.language_code: page for page in pages if page.live}
    chosen = live.get(link.language, link.page)
    return chosen.get_url() if link.page.live else None
