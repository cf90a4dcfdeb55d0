"""The public list of decisions, "You said, we did". Filters are in the query string, so that links can be shared;
every outcome has equal weight, and late decisions are marked."""

from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from wagtail.models import Locale

from cms.site.pages.consultation_outcomes import outcomes_of_consultations
from cms.site.pages.decision_cards import build_decision_cards, newest_results_by_consultation, public_decisions
from cms.site.pages.decision_filters import DecisionFilter
from cms.site.pages.language_links import list_language_links
from consultation.interface_text import get_text
from insights.decisions.models import Decision, DecisionOutcome

A_PAGE = 10


@require_safe
def show_decision_list(request):
    language, today = get_language(), timezone.localdate()
    shown = newest_results_by_consultation()
    choice = DecisionFilter(request.GET, language, shown)
    listed = Paginator(choice.filter_decisions(public_decisions(), today), A_PAGE).get_page(request.GET.get("page"))
    groups = _group_by_consultation(listed, choice, language, shown)
    counts = dict(Decision.objects.published().order_by().values_list("outcome").annotate(Count("pk")))
    context = {
        "groups": groups,
        "some_english": any(card["partly_english"] for group in groups for card in group["cards"]),
        "changed": any(card["changed"] for group in groups for card in group["cards"]),
        "choice": choice,
        "page_obj": listed,
        "found": listed.paginator.count,
        "counts": [(f"outcome.{value}", value, counts[value]) for value in DecisionOutcome.values if value in counts],
        "late": Decision.objects.in_force().late(today).count(),
        "social": {"title": get_text("ysd.title"), "words": get_text("ysd.intro")},
        "language_links": list_language_links(f"you-said-we-did/{choice.query}"),
    }
    return render(request, "cms/site/pages/you_said.html", context)


def _group_by_consultation(listed, choice, language, shown):
    """Decisions grouped by the chosen consultation, or else by the first one that each answers."""
    pages, groups = {}, {}
    for card in build_decision_cards(list(listed), language, shown):
        decision = card["decision"]
        answers = list(decision.consultations.all())
        page = next((page for page in answers if page.slug == choice.survey), answers[0] if answers else None)
        if page is not None:
            pages[page.pk] = page
            groups.setdefault(page.pk, []).append(card)
    became = outcomes_of_consultations(pages.values(), language)
    locale = Locale.objects.filter(language_code=language).first()
    return [
        {
            "page": (pages[pk].get_translation_or_none(locale) if locale else None) or pages[pk],
            "source": pages[pk],
            "became": became.get(pk),
            "cards": found,
        }
        for pk, found in groups.items()
    ]
