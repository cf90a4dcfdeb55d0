"""The page in place of a survey that is not open: its dates, and where the results and help are."""

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language

from consultation.respondents.context import public
from consultation.respondents.documents import page as quick_page


def closed_page(request, page):
    language = get_language()
    today = timezone.localdate()
    context = {
        **public(request),
        "language": language,
        "closed": page.closes if page.closes and page.closes < today else None,
        "opens": page.opens if page.opens and page.opens > today else None,
    }
    return quick_page(request, render_to_string("consultation/answering/closed.html", context))
