"""A decision as everyone reads it: its card, with how it goes, what came of it, and what takes its place."""

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
# Marks words that are only in English, so that a voice and the direction are right (WCAG 3.1.2); labels stay the page's.
IN_ENGLISH = mark_safe(' lang="en" dir="ltr"')
FIELDS = ("title", "we_asked", "you_said", "we_did", "reason", "alternative", "measure")
NEEDED = ("consultations", "citations__quote__public_approved_by", "citations__theme", "citations__release__consultation",
          "progress_notes", "followed_by", "outcome_updates", "polls", "figure_citations")  # fmt: skip


@dataclass(frozen=True)
class Words:
    """A text of a decision; `mark` says in the markup that it is English on a page of another language, `easy` says the
    same in easy words of the page's language."""

    text: str
    mark: str = ""
    easy: str = ""

    def __bool__(self):
        return bool(self.text)

    def __str__(self):
        return self.text

    @property
    def both(self):
        """For the switch "Easy words" to choose from."""
        if not self.easy or self.mark:
            return self.text
        return format_html('<span class="std">{}</span><span class="ez">{}</span>', self.text, self.easy)

    @property
    def is_none(self):
        return self.text == "none"


def _words(own, english, language, easy=""):
    return Words(own or english, "" if own or not english or language == SOURCE else IN_ENGLISH, easy)


def card(decision, language, shown):
    """What a decision's card shows in a language, easy read beside it; figures come from what its citations saw.

    `shown` are the results that are public: evidence leads there, and themes have the short names that they have there.
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
    """A dated word on whether it worked; a translation's only when a named person has checked it (X7)."""
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
    """What it takes the place of, or changes; nothing where that was never public."""
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
    """Each cited theme once of each release, as it was seen, with the address of how we know."""
    themes = {}
    for citation in sorted(decision.citations.all(), key=lambda each: each.pk):
        url = f"{address(decision, language)}#e-{citation.pk}"
        seen = citation.seen | {"url": url, "name": name_of(citation, language, shown)}
        themes.setdefault((citation.release_id, citation.theme_id), seen)
    return themes


def name_of(citation, language, shown):
    """A cited theme in the short words of the results that are public; else as the codebook called it."""
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
    """Quotes that two people approved for the public, never one that was taken back (C3)."""
    quotes = [citation.quote for citation in citations if citation.quote_id]
    return [quote for quote in quotes if not quote.erased and len(quote.public_approved_by.all()) >= 2]


def with_results():
    """{consultation id: its newest public results}"""
    published = Results.objects.published().order_by("number")
    return {results.consultation_id: results for results in published}


def cards_of(consultation, language):
    """The published decisions of a consultation as cards: also what a receipt shows, whatever its answer said."""
    shown = with_results()
    return [card(decision, language, shown) for decision in shown_decisions().of(consultation)]


def shown_decisions():
    return Decision.objects.published().select_related("follows").prefetch_related(*NEEDED)
