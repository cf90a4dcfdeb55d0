"""Pages of search and of similar texts. The address holds the whole search; the pages are never cached."""

from django.shortcuts import get_object_or_404, render
from django.utils.datastructures import MultiValueDict

from consultation.access import staff_view
from insights.access import VIEW_REPORTS
from insights.coding.codebook_in_force import question_texts
from insights.corpus.models import Text
from insights.releases.actions import record_partner_view
from insights.releases.models import Quote, Release
from insights.search.forms import AnswerSearchForm, QuoteSearchForm
from insights.search.index_queries import MOST
from insights.search.search_scopes import A_PAGE, AnswerSearch, QuoteSearch, suggest_other_words
from insights.search.similar_texts import find_similar_texts

SECTION = {"section": "search"}


def _run_search(request, form):
    """The context of a search page: results, or a spelling suggestion."""
    terms, scope = form.terms, form.scope()
    number = request.GET.get("page", "")
    number = int(number) if number.isdecimal() and 0 < int(number) <= MOST // A_PAGE else 1
    page = scope.find(terms, number) if terms else None
    nothing = page is not None and not page.rows
    instead = suggest_other_words(scope, terms) if nothing and number == 1 else ""
    return SECTION | {"form": form, "terms": terms, "page": page, "instead": instead, "most": MOST}


@staff_view(VIEW_REPORTS, method="GET")
def show_quote_search(request):
    """Search among the quotes that theme pages show this person."""
    form = QuoteSearchForm(request.GET or MultiValueDict(), user=request.user)
    context = _run_search(request, form)
    for release in {each[0].release for each in (context["page"].rows if context["page"] else [])}:
        record_partner_view(release=release, by=request.user)
    return render(request, "insights/search/words.html", context)


@staff_view("insights.code_themes", method="GET")
def show_answer_search(request):
    """Search among all cleared texts."""
    form = AnswerSearchForm(request.GET or MultiValueDict(), user=request.user)
    context = _run_search(request, form)
    rows = context["page"].rows if context["page"] else []
    asked = {}
    for page in {text.version.page_id: text.version.page for text in rows}.values():
        asked |= question_texts(page)
    return render(request, "insights/search/answers.html", context | {"asked": asked})


@staff_view(VIEW_REPORTS, method="GET")
def show_similar_quotes(request, pk):
    """Quotes similar to one, among those that its release shows this person."""
    found = Quote.objects.seen_by(request.user).filter(erased=False, release__in=Release.objects.published())
    quote = get_object_or_404(found.select_related("release__consultation", "theme"), pk=pk)
    record_partner_view(release=quote.release, by=request.user)
    rows = find_similar_texts(quote.text, QuoteSearch.of(request.user, release=quote.release_id))
    return render(request, "insights/search/like_words.html", SECTION | {"quote": quote, "rows": rows})


@staff_view("insights.code_themes", method="GET")
def show_similar_answers(request, pk):
    text = get_object_or_404(Text.objects.select_related("version__page"), pk=pk)
    versions = type(text.version).objects.filter(page=text.version.page_id).values_list("pk", flat=True)
    rows = find_similar_texts(text.text, AnswerSearch(versions=tuple(versions)))
    asked = question_texts(text.version.page)
    return render(request, "insights/search/like_answer.html", SECTION | {"text": text, "rows": rows, "asked": asked})
