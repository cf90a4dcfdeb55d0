"""Attribution of a form to a printed link: a URL parameter of the landing page and the survey, then part of the signed
form token. It needs no cookie, and the cached survey document stays the same for everyone."""

from consultation.answering.links.models import PrintedLink
from consultation.answering.tokens import Way
from consultation.questionnaires.landing import link_in


def way_of(request, page_id):
    """The Way of the form that this request opens; None without an active printed link of this consultation."""
    name = link_in(request)
    known = name and PrintedLink.objects.filter(name=name, page_id=page_id, off=False).exists()
    return Way(link=name) if known else None
