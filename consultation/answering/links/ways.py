"""By which printed link a visitor came: a word in the address of the landing page and of the survey, then signed into
the form's token. No cookie, and the survey's document stays the same for everyone."""

from consultation.answering.links.models import PrintedLink
from consultation.answering.tokens import Way
from consultation.questionnaires.landing import link_in


def way_of(request, page_id):
    """The Way of a form that is opened now: by a printed link of this consultation that is on, or the web as such."""
    name = link_in(request)
    known = name and PrintedLink.objects.filter(name=name, page_id=page_id, off=False).exists()
    return Way(link=name) if known else None
