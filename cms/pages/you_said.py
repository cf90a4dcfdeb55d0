"""The public "You said, we did": every published decision by consultation, "no" shown as an equal, late shown as late."""

from collections import Counter

from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from cms.pages.languages import named_links
from consultation.words import word
from insights.decisions.models import Decision, Outcome

# Marks words that are only in English, so that a voice and the direction are right (WCAG 3.1.2); labels stay the page's.
IN_ENGLISH = mark_safe(' lang="en" dir="ltr"')
FIELDS = ("title", "we_asked", "you_said", "we_did", "reason", "alternative", "measure")


def card(decision, language):
    """What a decision's card shows in a language, easy read beside it; figures come from what its citations saw.

    `english` and `foreign` mark the decision's own words and those that no decision translates (themes, roles).
    """
    said = {name: decision.said(name, language) for name in FIELDS}
    seen = [citation.seen for citation in decision.citations.all() if citation.quote_id is None or citation.seen]
    themes = {one["label"]: one for one in seen}
    machine = language != "en" and bool(decision.translations.get(language))
    foreign = IN_ENGLISH if language != "en" else ""
    return {
        "decision": decision,
        "said": said,
        "easy": decision.easy if language == "en" else {},
        "themes": list(themes.values()),
        "outcome": f"outcome.{decision.outcome}",
        "machine": machine,
        "english": "" if machine else foreign,
        "foreign": foreign,
        "quotes": _public_quotes(decision),
    }


def _public_quotes(decision):
    """Quotes that two people approved for the public, never one that was taken back (C3)."""
    quotes = [citation.quote for citation in decision.citations.all() if citation.quote_id]
    return [quote for quote in quotes if not quote.erased and quote.public_approved_by.count() >= 2]


def cards_of(consultation, language):
    """The published decisions of a consultation as cards: also what a receipt shows, whatever its answer said."""
    found = Decision.objects.published().of(consultation).prefetch_related("citations__quote__public_approved_by")
    return [card(decision, language) for decision in found]


@require_safe
def you_said(request):
    language = get_language()
    published = Decision.objects.published().prefetch_related("consultations", "citations__quote__public_approved_by")
    groups = {}
    for decision in published:
        for page in decision.consultations.all():
            groups.setdefault(page.pk, (page, []))[1].append(decision)
            break  # a decision on two consultations is shown once, under the first
    counts = Counter(decision.outcome for decision in published)
    context = {
        "groups": [
            (_in_language(page, language), [card(d, language) for d in found]) for page, found in groups.values()
        ],
        "counts": [(f"outcome.{value}", value, counts[value]) for value in Outcome.values if counts[value]],
        "late": sum(decision.is_late for decision in published),
        "social": {"title": word("ysd.title"), "words": word("ysd.intro")},
        "language_links": named_links("you-said-we-did/"),
    }
    return render(request, "cms/pages/you_said.html", context)


def _in_language(page, language):
    from wagtail.models import Locale

    locale = Locale.objects.filter(language_code=language).first()
    return (page.get_translation_or_none(locale) if locale else None) or page
