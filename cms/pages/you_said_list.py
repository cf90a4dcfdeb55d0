"""The public list of decisions, "You said, we did". Filters are in the query string, so that links can be shared;
every outcome has equal weight, and late decisions are marked."""

from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from wagtail.models import Locale

from cms.pages.aftermath import became_of
from cms.pages.choosing import Choice
from cms.pages.languages import named_links
from cms.pages.you_said import card, shown_decisions, with_results
from consultation.words import word
from insights.decisions.models import Decision, Outcome

A_PAGE = 10


@require_safe
def you_said(request):
    language, today = get_language(), timezone.localdate()
    shown = with_results()
    choice = Choice(request.GET, language, shown)
    listed = Paginator(choice.among(shown_decisions(), today), A_PAGE).get_page(request.GET.get("page"))
    groups = _groups(listed, choice, language, shown)
    context = {
        "groups": groups,
        "some_english": any(card["partly_english"] for group in groups for card in group["cards"]),
        "choice": choice,
        "page_obj": listed,
        "found": listed.paginator.count,
        "counts": _counts(),
        "late": Decision.objects.in_force().late(today).count(),
        "social": {"title": word("ysd.title"), "words": word("ysd.intro")},
        "language_links": named_links(f"you-said-we-did/{choice.query}"),
    }
    return render(request, "cms/pages/you_said.html", context)


def _groups(listed, choice, language, shown):
    """Decisions grouped by the chosen consultation, or else by the first one that each answers."""
    pages, groups = {}, {}
    for decision in listed:
        answers = list(decision.consultations.all())
        page = next((page for page in answers if page.slug == choice.survey), answers[0] if answers else None)
        if page is not None:
            pages[page.pk] = page
            groups.setdefault(page.pk, []).append(decision)
    became = became_of(pages.values(), language)
    return [
        {
            "page": _in_language(pages[pk], language),
            "source": pages[pk],
            "became": became.get(pk),
            "cards": [card(decision, language, shown) for decision in found],
        }
        for pk, found in groups.items()
    ]


def _counts():
    """[(text key, outcome, number)] of the outcomes that occur."""
    found = dict(Decision.objects.published().order_by().values_list("outcome").annotate(Count("pk")))
    return [(f"outcome.{value}", value, found[value]) for value in Outcome.values if found.get(value)]


def _in_language(page, language):
    locale = Locale.objects.filter(language_code=language).first()
    return (page.get_translation_or_none(locale) if locale else None) or page
