"""The public card of a decision: text, progress, outcome, and links to decisions that replace it."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from consultation.interface_text.written_dates import write_out_day
from consultation.surveys.models import ConsultationPage
from insights.decisions.models import Decision, FollowKind
from insights.decisions.reached_measures import with_unit
from insights.disclosure.disclosure_presets import parse_stored_rules
from insights.polls.public_figures import DisplayText
from insights.publications.models import Results
from insights.publications.results_page import short_theme_name
from insights.releases.stored_figures import is_nearly_all

SOURCE = settings.LANGUAGE_CODE
# Marks English text on pages in other languages, for screen readers and text direction (WCAG 3.1.2).
IN_ENGLISH = mark_safe(' lang="en" dir="ltr"')
TEXT_FIELDS = ("title", "we_asked", "you_said", "we_did", "reason", "alternative", "measure")
PREFETCHED = (
    "consultations",
    "citations__quote__public_approved_by",
    "citations__theme",
    "citations__release__consultation",
    "progress_notes",
    "followed_by",
    "outcome_updates",
    "polls",
    "figure_citations",
)


@dataclass(frozen=True)
class MarkedText:
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


def _mark_text(own, english, language, easy=""):
    return MarkedText(own or english, "" if own or not english or language == SOURCE else IN_ENGLISH, easy)


def build_decision_cards(decisions, language, shown):
    """Template values of each decision's card in a language; figures are as cited.

    `shown`: {consultation id: public results}, which give themes their short names.
    """
    cited = [citation.release.consultation for one in decisions for citation in one.citations.all()]
    titles = titles_in(cited, language)
    return [_build_decision_card(decision, language, shown, titles) for decision in decisions]


def titles_in(sources, language):
    """{consultation id: (title, whether it is only in English)}, in one query; none for English."""
    if language == SOURCE:
        return {source.pk: (source.title, False) for source in sources}
    keys = {source.translation_key for source in sources}
    live = ConsultationPage.objects.live().filter(translation_key__in=keys, locale__language_code=language)
    translated = dict(live.order_by().values_list("translation_key", "title"))
    return {
        source.pk: (translated.get(source.translation_key, source.title), source.translation_key not in translated)
        for source in sources
    }


def _build_decision_card(decision, language, shown, titles):
    stored = decision.words_in(language)
    easy = decision.easy if language == SOURCE else stored.get("easy") or {}
    said = {
        name: _mark_text(stored.get(name), getattr(decision, name), language, easy.get(name, ""))
        for name in TEXT_FIELDS
    }
    notes = [_build_progress_note(note, language, bool(stored)) for note in decision.progress_notes.all()]
    came = [
        _build_outcome_update(update, language) for update in decision.outcome_updates.all() if not update.is_draft
    ]
    earlier = decision.follows if decision.follows and decision.follows.is_public else None
    shown_words = [*said.values(), *(one["words"] for one in (*notes, *came))]
    return {
        "decision": decision,
        "said": said,
        "easy": easy,
        "answers": {citation.theme_id for citation in decision.citations.all() if not citation.is_against},
        "against": {citation.theme_id for citation in decision.citations.all() if citation.is_against},
        "sides": _list_sides(decision, language, shown, titles),
        "outcome": f"outcome.{decision.outcome}",
        "machine": bool(stored.get("machine")),
        "partly_english": any(words.mark for words in shown_words),
        "changed": has_changed_numbers(citation.release for citation in decision.citations.all()),
        "foreign": IN_ENGLISH if language != SOURCE else "",
        "notes": notes,
        "url": decision_path(decision, language),
        "came": came,
        "poll": any(poll.is_open(timezone.localdate()) for poll in decision.polls.all()),
        "followed": [_build_decision_link(one, one.follows_how, language, later=True) for one in decision.changes],
        "replaced": decision.replaced_by is not None,
        "follows": _build_decision_link(earlier, decision.follows_how, language) if earlier else None,
    }


def has_changed_numbers(releases):
    """Whether numbers of one of these releases are changed a little at random, which a page of them says once."""
    return any(parse_stored_rules(release.rules).perturb for release in releases)


def decision_path(decision, language):
    return f"/{language}/you-said-we-did/{decision.slug}/"


def _build_outcome_update(update, language):
    """An update on whether the decision worked; translated only if a named person checked the translation (X7)."""
    own = update.words_in(language)
    return {
        "id": update.pk,
        "url": f"{decision_path(update.decision, language)}#o-{update.pk}",
        "day": write_out_day(update.published_on),
        "verdict": f"came.{update.verdict}",
        "words": _mark_text(own.get("words"), update.english.get("words", ""), language),
        "easy": own.get("easy", ""),
        "reached": [_build_reached(row, language) for row in update.reached],
    }


def _build_reached(row, language):
    """A success measure with where it stood, its target and what was reached; its name is English."""
    numbers = {
        name: with_unit(row[name], row["unit"]) if row[name] else "" for name in ("baseline", "target", "value")
    }
    return {"what": _mark_text("", row["what"], language), **numbers}


def _build_decision_link(decision, how, language, *, later=False):
    replaces = "old" if later else "new"
    return {
        "title": _mark_text(decision.words_in(language).get("title"), decision.title, language),
        "url": decision_path(decision, language),
        "key": f"follows.{replaces}" if how == FollowKind.REPLACES else f"follows.part.{replaces}",
        "replaces": how == FollowKind.REPLACES,
    }


def _list_sides(decision, language, shown, titles):
    """What stands under “You said”, and apart from it what speaks against the decision, if anything does."""
    said, other = (_build_side(decision, against, language, shown, titles) for against in (False, True))
    return [said, other] if any(other.values()) else [said]


def _build_side(decision, against, language, shown, titles):
    """{themes: figures as cited, quotes, figures: whether answers to questions are cited}."""
    cited = [citation for citation in decision.citations.all() if citation.is_against == against]
    return {
        "themes": list(_index_cited_themes(decision, cited, language, shown, titles).values()),
        "quotes": list_public_quotes(cited),
        "figures": any(one.is_against == against for one in decision.figure_citations.all()),
    }


def _index_cited_themes(decision, citations, language, shown, titles):
    """{(release id, theme id): figure as cited, with the address of its evidence}; `of` names the survey where there are
    several, in which one theme has two numbers."""
    themes = {}
    several = len({citation.release.consultation_id for citation in decision.citations.all()}) > 1
    for citation in sorted(citations, key=lambda each: each.pk):
        url = f"{decision_path(decision, language)}#e-{citation.pk}"
        seen = citation.seen | {
            "url": url,
            "name": cited_theme_name(citation, language, shown),
            "of": _mark_title(*titles[citation.release.consultation_id]) if several else "",
            "nearly_all": is_nearly_all(citation.seen),
        }
        themes.setdefault((citation.release_id, citation.theme_id), seen)
    return themes


def cited_theme_name(citation, language, shown):
    """Name of a cited theme from the public results, or else its label in the codebook."""
    results = shown.get(citation.release.consultation_id)
    short = short_theme_name(results, citation.theme_id, language) if results else DisplayText()
    return _mark_text("" if short.in_english else short.text, short.text or citation.seen["label"], language)


def _mark_title(title, in_english):
    return MarkedText(title, IN_ENGLISH if in_english else "")


def _build_progress_note(note, language, translated):
    own = note.words.get(language) if translated or language == SOURCE else ""
    return {
        "day": write_out_day(note.day),
        "state": f"ysd.{note.progress}",
        "words": _mark_text(own, note.words.get(SOURCE, ""), language),
    }


def list_public_quotes(citations):
    """Quotes that two people approved for the public and that are not withdrawn (C3)."""
    quotes = [citation.quote for citation in citations if citation.quote_id]
    return [quote for quote in quotes if not quote.erased and len(quote.public_approved_by.all()) >= 2]


def newest_results_by_consultation():
    """{consultation id: newest public results}."""
    published = Results.objects.published().order_by("number")
    return {results.consultation_id: results for results in published}


def build_consultation_cards(consultation, language):
    """Cards of a consultation's published decisions, for its results and every receipt."""
    shown = newest_results_by_consultation()
    return build_decision_cards(public_decisions().of(consultation), language, shown)


def public_decisions():
    return Decision.objects.published().select_related("follows").prefetch_related(*PREFETCHED)
