"""The public "You said, we did": every published decision by consultation, "no" shown as an equal, late shown as late."""

from collections import Counter
from dataclasses import dataclass

from django.conf import settings
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from cms.pages.aftermath import became_of
from cms.pages.languages import named_links
from consultation.words import word
from consultation.words.days import written_out
from insights.decisions.models import Decision, Outcome
from insights.results.models import Results
from insights.results.showing import Said, theme_name

SOURCE = settings.LANGUAGE_CODE
# Marks words that are only in English, so that a voice and the direction are right (WCAG 3.1.2); labels stay the page's.
IN_ENGLISH = mark_safe(' lang="en" dir="ltr"')
FIELDS = ("title", "we_asked", "you_said", "we_did", "reason", "alternative", "measure")
NEEDED = ("consultations", "citations__quote__public_approved_by", "citations__theme", "citations__release__consultation",
          "progress_notes")  # fmt: skip


@dataclass(frozen=True)
class Words:
    """A text of a decision; `mark` says in the markup that it is English on a page of another language."""

    text: str
    mark: str = ""

    def __bool__(self):
        return bool(self.text)

    def __str__(self):
        return self.text

    @property
    def is_none(self):
        return self.text == "none"


def _words(own, english, language):
    return Words(own or english, "" if own or not english or language == SOURCE else IN_ENGLISH)


def card(decision, language, shown):
    """What a decision's card shows in a language, easy read beside it; figures come from what its citations saw.

    `shown` are the results that are public: evidence leads there, and themes have the short names that they have there.
    """
    stored = decision.words_in(language)
    said = {name: _words(stored.get(name), getattr(decision, name), language) for name in FIELDS}
    return {
        "decision": decision,
        "said": said,
        "easy": decision.easy if language == SOURCE else stored.get("easy") or {},
        "answers": {citation.theme_id for citation in decision.citations.all()},
        "themes": list(_themes(decision, language, shown).values()),
        "outcome": f"outcome.{decision.outcome}",
        "machine": bool(stored.get("machine")),
        "partly_english": any(words.mark for words in said.values()),
        "foreign": IN_ENGLISH if language != SOURCE else "",
        "notes": [_note(note, language, bool(stored)) for note in decision.progress_notes.all()],
        "quotes": _public_quotes(decision),
    }


def _themes(decision, language, shown):
    """Each cited theme once, as it was seen, with the address of the figures that everyone may see."""
    themes = {}
    for citation in decision.citations.all():
        page, key = citation.release.consultation, citation.theme_id
        results = shown.get(page.pk)
        short = theme_name(results, key, language) if results else Said()
        url = f"/{language}/have-your-say/{page.slug}/results/#t-{key}" if results else ""
        name = _words("" if short.in_english else short.text, short.text or citation.seen["label"], language)
        themes[citation.seen["label"]] = citation.seen | {"url": url, "name": name}
    return themes


def _note(note, language, translated):
    own = note.words.get(language) if translated or language == SOURCE else ""
    return {
        "day": written_out(note.day),
        "state": f"ysd.{note.progress}",
        "words": _words(own, note.words.get(SOURCE, ""), language),
    }


def _public_quotes(decision):
    """Quotes that two people approved for the public, never one that was taken back (C3)."""
    quotes = [citation.quote for citation in decision.citations.all() if citation.quote_id]
    return [quote for quote in quotes if not quote.erased and len(quote.public_approved_by.all()) >= 2]


def _with_results():
    """{consultation id: its newest public results}"""
    published = Results.objects.published().order_by("number")
    return {results.consultation_id: results for results in published}


def cards_of(consultation, language):
    """The published decisions of a consultation as cards: also what a receipt shows, whatever its answer said."""
    shown = _with_results()
    found = Decision.objects.published().of(consultation).prefetch_related(*NEEDED)
    return [card(decision, language, shown) for decision in found]


@require_safe
def you_said(request):
    language = get_language()
    published = Decision.objects.published().prefetch_related(*NEEDED)
    pages, groups = {}, {}
    for decision in published:
        for page in decision.consultations.all():
            pages[page.pk] = page
            groups.setdefault(page.pk, []).append(decision)
            break  # a decision on two consultations is shown once, under the first
    counts = Counter(decision.outcome for decision in published)
    became, shown = became_of(pages.values(), language), _with_results()
    context = {
        "groups": [
            {
                "page": _in_language(pages[pk], language),
                "source": pages[pk],
                "became": became.get(pk),
                "cards": [card(decision, language, shown) for decision in found],
            }
            for pk, found in groups.items()
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
