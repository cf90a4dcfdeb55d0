"""The page in place of a survey that is not open: its dates, and where the results and help are."""

from django.template.loader import render_to_string
from django.utils.translation import get_language

from consultation.respondent_pages.precompressed_pages import build_page_response as quick_page
from consultation.respondent_pages.public_context import build_public_context


def show_not_open_page(request, page):
    context = {**build_public_context(request), "language": get_language(), "state": page.state}
    return quick_page(request, render_to_string("consultation/channels/web/closed.html", context))
