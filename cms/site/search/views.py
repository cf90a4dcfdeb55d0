"""The search page. Queries come by POST, so they stay out of addresses, history and logs."""

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import get_language

from cms.site.pages.language_links import list_language_links
from cms.site.search.children_words import find_needs
from cms.site.search.search_documents import get_search_index
from consultation.respondent_pages.language_picker import repeat_posted_page
from consultation.respondent_pages.public_context import render_public_page
from consultation.respondent_pages.request_origin import respondent_view
from consultation.safeguarding.help.directory import list_help_cards
from insights.forms import ButtonForm

A_PAGE = 10


class SiteSearchForm(ButtonForm):
    words = forms.CharField(required=False)
    page = forms.CharField(required=False)


@respondent_view
def show_search(request):
    given = SiteSearchForm(request.POST).given_values()
    words = given["words"]
    found = get_search_index(get_language()).find(words) if words else []
    needs = find_needs(words, get_language())
    context = {
        "words": words,
        "cards": [card for card in list_help_cards() if set(needs) & set(card.entry.needs)] if needs else [],
        "found": found,
        "listed": Paginator(found, A_PAGE).get_page(given["page"]),
        "posted": request.method == "POST",
        "language_links": list_language_links("search/"),
        **(repeat_posted_page(request, form="search") if request.method == "POST" else {}),
    }
    return render_public_page(request, "cms/site/search/search.html", context)
