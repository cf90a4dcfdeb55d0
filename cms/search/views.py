"""The search page. Queries come by POST, so they stay out of addresses, history and logs."""

from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from cms.pages.languages import named_links
from cms.search.index import index_of
from cms.search.text import LONGEST
from consultation.respondents.context import public
from consultation.respondents.documents import page
from consultation.respondents.origin import respondent_view

A_PAGE = 10


@respondent_view
@require_http_methods(["GET", "HEAD", "POST"])
def search(request):
    words = request.POST.get("words", "").replace("\0", "").strip()[:LONGEST]
    found = index_of(get_language()).find(words) if words else []
    context = {
        "words": words,
        "found": found,
        "listed": Paginator(found, A_PAGE).get_page(request.POST.get("page")),
        "longest": LONGEST,
        "posted": request.method == "POST",
        "language_links": named_links("search/"),
    }
    return page(request, render_to_string("cms/search/search.html", {**public(request), **context}))
