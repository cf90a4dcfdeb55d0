"""The page in place of a survey that is not open: its dates, and where the results and help are."""

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language

from consultation.respondent_pages.precompressed_pages import build_page_response as quick_page
from consultation.respondent_pages.public_context import build_public_context
from consultation.surveys.immediate_closure import find_public_reason, find_true_closing_day


def show_not_open_page(request, page):
    today = timezone.localdate()
    closed = bool(page.closes and page.closes < today)
    context = {
        **build_public_context(request),
        "language": get_language(),
        "closed": find_true_closing_day(page) if closed else None,
        "reason": find_public_reason(page) if closed else "",
        "opens": page.opens if page.opens and page.opens > today else None,
    }
    return quick_page(request, render_to_string("consultation/channels/web/closed.html", context))
