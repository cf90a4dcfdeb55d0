"""By which printed link a visitor came: a word in the address of the landing page and of the survey, then signed into
the form's token. No cookie, and the survey's document stays the same for everyone."""

import re

from consultation.answering.links.models import PrintedLink
from consultation.answering.tokens import Way

PARAMETER = "w"
NAME = re.compile(r"[a-z]{4}")


def name_in(request):
    """The link's name in the address, when it has the shape of one."""
    name = request.GET.get(PARAMETER, "")
    return name if NAME.fullmatch(name) else ""


def way_of(request, page_id):
    """The Way of a form that is opened now: by a printed link of this consultation that is on, or the web as such."""
    name = name_in(request)
    known = name and PrintedLink.objects.filter(name=name, page_id=page_id, off=False).exists()
    return Way(link=name) if known else None
