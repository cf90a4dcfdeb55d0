"""The public card of a decision: text, progress, outcome, and links to decisions that replace it."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from consultation.words.days import written_out
from insights.decisions.models import Decision, Follows
from insights.outcomes.models import OutcomeStatus
from insights.results.models import Results
from insights.results.showing import Said, theme_name

SOURCE = settings.LANGUAGE_CODE
# Marks English text on pages in other languages, for screen readers and text direction (WCAG 3.1.2).
IN_ENGLISH = mark_safe(' lang="en" dir="ltr"')
FIELDS = ("title", "we_asked", "you_said", "we_did", "reason", "alternative", "measure")
NEEDED = ("consultations", "citations__quote__public_approved_by", "citations__theme", "citations__release__consultation",
          "progress_notes", "followed_by", "outcome_updates", "polls", "figure_citations")  # fmt: skip


@dataclass(frozen=True)
class Words:
    """A text of a decision. `mark`: HTML attributes if it is English on another language's page; `easy`: easy read."""

    text: str
    mark: str = ""
    easy: str = ""

    def __bool__(self):
        return bool(self.text)

    def __str__(self):
        return self.text

    @property
    def both(self):
        """Standard and easy read as HTML, for the "Easy words" switch."""
        if not self.easy or self.mark:
            return self.text
        return format_html('<span class="std">{}</span><span class="ez">{}</span>', self.text, self.easy)

    @property
    def is_none(self):
        return self.text == "none"


def _words(own, english, language, easy=""):
    return Words(own or english, "" if own or not english or language == SOURCE else IN_ENGLISH, easy)


def card(decision, language, shown):
    """Template values of a decision's card in a language; figures are as cited.

    `shown`: {consultation id: public results}, which give themes their short names.
    """
    stored = decision.words_in(language)
    easy = decision.easy if language == SOURCE else stored.get("easy") or {}
    said = {name: _words(stored.get(name), getattr(decision, name), language, easy.get(name, "")) for name in FIELDS}
    notes = [_note(note, language, bool(stored)) for note in decision.progress_notes.all()]
    came = [_came(update, language) for update in decision.outcome_updates.all() if _is_public(update)]
    shown_words = [*said.values(), *(one["words"] for one in (*notes, *came))]
    return {
        "decision": decision,
        "said": said,
        "easy": easy,
        "answers": {citation.theme_id for citation in decision.citations.all()},
        "themes": list(_themes(decision, language, shown).values()),
        "from_figures": bool(decision.figure_citations.all()),
        "outcome": f"outcome.{decision.outcome}",
        "machine": bool(stored.get("machine")),
        "partly_english": any(words.mark for words in shown_words),
        "foreign": IN_ENGLISH if language != SOURCE else "",
        "notes": notes,
        "quotes": _public_quotes(decision),
        "url": address(decision, language),
        "came": came,
        "poll": any(poll.is_open(timezone.localdate()) for poll in decision.polls.all()),
        "followed": [_other(one, one.follows_how, language, later=True) for one in decision.changes],
        "replaced": decision.replaced_by is not None,
        "follows": _earlier(decision, language),
    }


def address(decision, language):
    return f"/{language}/you-said-we-did/{decision.slug}/"


def _is_public(update):
    return update.status == OutcomeStatus.PUBLISHED


def _came(update, language):
    """An update on whether the decision worked; translated only if a named person checked the translation (X7)."""
    stored = update.words.get(language) or {}
    own = stored if language == SOURCE or stored.get("checked_by") else {}
    return {
        "id": update.pk,
        "day": written_out(update.published_on),
        "verdict": f"came.{update.verdict}",
        "words": _words(own.get("words"), update.english.get("words", ""), language),
        "easy": own.get("easy", ""),
    }


def _earlier(decision, language):
    """The decision that this one replaces or changes, if that one is public."""
    earlier = decision.follows
    return _other(earlier, decision.follows_how, language) if earlier and earlier.is_public else None


def _other(decision, how, language, *, later=False):
    replaces = "old" if later else "new"
    return {
        "title": _words(decision.words_in(language).get("title"), decision.title, language),
        "url": address(decision, language),
        "key": f"follows.{replaces}" if how == Follows.REPLACES else f"follows.part.{replaces}",
        "replaces": how == Follows.REPLACES,
    }


def _themes(decision, language, shown):
    """{(release id, theme id): figure as cited, with the address of its evidence}."""
    themes = {}
    for citation in sorted(decision.citations.all(), key=lambda each: each.pk):
        url = f"{address(decision, language)}#e-{citation.pk}"
        seen = citation.seen | {"url": url, "name": name_of(citation, language, shown)}
        themes.setdefault((citation.release_id, citation.theme_id), seen)
    return themes


def name_of(citation, language, shown):
    """Name of a cited theme from the public results, or else its label in the codebook."""
    results = shown.get(citation.release.consultation_id)
    short = theme_name(results, citation.theme_id, language) if results else Said()
    return _words("" if short.in_english else short.text, short.text or citation.seen["label"], language)


def _note(note, language, translated):
    own = note.words.get(language) if translated or language == SOURCE else ""
    return {
        "day": written_out(note.day),
        "state": f"ysd.{note.progress}",
        "words": _words(own, note.words.get(SOURCE, ""), language),
    }


def _public_quotes(decision):
    return public_quotes(decision.citations.all())


def public_quotes(citations):
    """Quotes that two people approved for the public and that are not withdrawn (C3)."""
    quotes = [citation.quote for citation in citations if citation.quote_id]
    return [quote for quote in quotes if not quote.erased and len(quote.public_approved_by.all()) >= 2]


def with_results():
    """{consultation id: newest public results}."""
    published = Results.objects.published().order_by("number")
    return {results.consultation_id: results for results in published}


def cards_of(consultation, language):
    """Cards of a consultation's published decisions, for its results and every receipt."""
    shown = with_results()
    return [card(decision, language, shown) for decision in shown_decisions().of(consultation)]


def shown_decisions():
    return Decision.objects.published().select_related("follows").prefetch_related(*NEEDED)
