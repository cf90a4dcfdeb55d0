"""The page in place of a survey that is not open: its dates, and where the results and help are."""

from django.utils.translation import get_language

from consultation.respondent_pages.public_context import render_public_page


def show_not_open_page(request, page):
    context = {"language": get_language(), "state": page.state}
    return render_public_page(request, "consultation/channels/web/closed.html", context)
