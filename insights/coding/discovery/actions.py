"""Decisions on theme suggestions (ask for discovery, accept, join, merge, split, dismiss, undo) and on new words."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from consultation.access import require_permission
from consultation.audit.audit_log import record_event
from insights.coding.codebooks import theme_entry_rows
from insights.coding.codebooks.actions import begin_draft, open_draft_of
from insights.coding.codebooks.editing import actions as editing
from insights.coding.codebooks.models import MarkedPhrase, PhraseOrigin
from insights.coding.discovery import policies, suggestion_overview
from insights.coding.discovery.models import DiscoveryRun, DismissalReason, Suggestion, SuggestionState
from insights.coding.discovery.new_words import may_be_decided
from insights.coding.models import Codebook, CodebookVersion, Theme, ThemeEntry
from insights.coding.shared_phrases import LEAST_PEOPLE, count_people_who_say
from insights.corpus.models import Text

MOST_PHRASES = 12
NOT_NEW = "This word is not proposed any more."


def _lock_open_suggestion(suggestion: Suggestion, by: Any) -> Suggestion:
    require_permission(by, "insights.propose_codebook")
    found = Suggestion.objects.select_for_update().get(pk=suggestion.pk)
    if against := policies.why_not_decide(found.state):
        raise ValidationError(against)
    return found


def _require_shared_phrases(consultation: Any, phrases: list[str]) -> None:
    """Refuse a phrase that quotes fewer than five people: the codebook is kept when a text is withdrawn."""
    for phrase in filter(policies.is_quote, phrases):
        if 0 < count_people_who_say(phrase, Text.objects.of(consultation)) < LEAST_PEOPLE:
            said = f"“{phrase}” stands in an answer. Say it in your own words, or with fewer of theirs."
            raise ValidationError(said)


def _open_or_begin_draft(codebook: Codebook, by: Any) -> CodebookVersion:
    """Themes and phrases from discovery go into the draft of a codebook, never into a version in force."""
    return open_draft_of(codebook) or begin_draft(codebook=codebook, by=by)


def find_draft_entry(consultation: Any, theme: Theme, by: Any) -> ThemeEntry:
    """The theme in the draft of the consultation's codebook, which is begun where there is none."""
    if theme.codebook.slug != consultation.specific.codebook:
        raise ValidationError("This theme is of another codebook.")
    entry: ThemeEntry | None = _open_or_begin_draft(theme.codebook, by).entries.filter(theme=theme).first()
    if entry is None:
        raise ValidationError("The draft of the codebook does not have this theme any more.")
    return entry


def add_phrases(entry: ThemeEntry, phrases: list[str], by: Any) -> list[str]:
    """Those that the theme's examples lacked."""
    added = [phrase for phrase in theme_entry_rows.clean_items(phrases) if phrase not in entry.examples]
    _replace_examples(entry, [*entry.examples, *added], by)
    return added


def _replace_examples(entry: ThemeEntry, examples: list[str], by: Any) -> ThemeEntry:
    return editing.change_theme(entry=entry, row=theme_entry_rows.row_of_entry(entry) | {"examples": examples}, by=by)


@transaction.atomic
def ask_for_discovery(*, consultation: Any, by: Any) -> DiscoveryRun:
    """Ask for a discovery run, which a worker carries out. An unfinished run is returned instead of a second one."""
    require_permission(by, "insights.propose_codebook")
    run, made = DiscoveryRun.objects.unfinished().get_or_create(
        consultation=consultation, splits=None, defaults={"asked_by": by, "asked_on": timezone.localdate()}
    )
    if made:
        record_event("discovery asked for", by=by, obj=consultation)
    return run


@transaction.atomic
def accept_suggestion(
    *, suggestion: Suggestion, label: str, definition: str, phrases: list[str], by: Any
) -> Suggestion:
    """Add the suggestion as a theme to the draft of the consultation's codebook, which two people approve."""
    found = _lock_open_suggestion(suggestion, by)
    _require_shared_phrases(found.consultation, phrases)
    slug = found.consultation.specific.codebook
    codebook, _ = Codebook.objects.get_or_create(slug=slug, defaults={"name": slug})
    row = {"label": label, "definition": definition, "examples": phrases[:MOST_PHRASES]}
    entry = editing.add_theme(version=_open_or_begin_draft(codebook, by), row=row, by=by)
    found.save_decision(SuggestionState.ACCEPTED, by=by, on=timezone.localdate(), entry=entry, theme=entry.theme)
    record_event("suggestion accepted as a draft theme", by=by, obj=found, theme=entry.theme_id)
    return found


@transaction.atomic
def join_suggestion(*, suggestion: Suggestion, theme: Theme, phrases: list[str], by: Any) -> Suggestion:
    """Add the suggestion's phrases as examples to an existing theme."""
    found = _lock_open_suggestion(suggestion, by)
    _require_shared_phrases(found.consultation, phrases)
    entry = find_draft_entry(found.consultation, theme, by)
    added = add_phrases(entry, phrases[:MOST_PHRASES], by)
    found.save_decision(SuggestionState.JOINED, by=by, on=timezone.localdate(), entry=entry, theme=theme, added=added)
    record_event("suggestion added to a theme", by=by, obj=found, theme=theme.pk, phrases=len(added))
    return found


@transaction.atomic
def merge_suggestions(*, suggestions: list[Suggestion], into: Suggestion, by: Any) -> Suggestion:
    """Merge suggestions into one, which then shows and counts their texts. Each keeps its own centre, for undo."""
    target = _lock_open_suggestion(into, by)
    others = [_lock_open_suggestion(one, by) for one in suggestions if one.pk != target.pk]
    if not others:
        raise ValidationError("Tick at least two suggestions.")
    if any(one.consultation_id != target.consultation_id for one in others):
        raise ValidationError("These suggestions are of different consultations.")
    if Suggestion.objects.filter(into__in=others).exists():
        raise ValidationError("One of these holds merged suggestions. Merge into that one instead.")
    for one in others:
        one.save_decision(SuggestionState.MERGED, by=by, on=timezone.localdate(), into=target)
        record_event("suggestion merged", by=by, obj=one, into=target.pk)
    return target


@transaction.atomic
def ask_for_split(*, suggestion: Suggestion, by: Any) -> DiscoveryRun:
    """Ask for a run that replaces the suggestion by two."""
    found = _lock_open_suggestion(suggestion, by)
    if found.merged.exists():
        raise ValidationError("Undo what was merged into it first.")
    run, made = DiscoveryRun.objects.unfinished().get_or_create(
        consultation=found.consultation, splits=found, defaults={"asked_by": by, "asked_on": timezone.localdate()}
    )
    if made:
        record_event("suggestion split asked for", by=by, obj=found)
    return run


@transaction.atomic
def dismiss_suggestion(*, suggestion: Suggestion, reason: str, note: str = "", by: Any) -> Suggestion:
    """Dismiss a suggestion. Later runs place similar texts in it again, so it does not come back."""
    found = _lock_open_suggestion(suggestion, by)
    if reason not in DismissalReason.values:
        raise ValidationError("Say why.")
    found.save_decision(SuggestionState.DISMISSED, by=by, on=timezone.localdate(), reason=reason, note=note)
    record_event("suggestion dismissed", by=by, obj=found, reason=reason)
    return found


@transaction.atomic
def undo_decision(*, suggestion: Suggestion, by: Any) -> Suggestion:
    """Undo the decision on a suggestion, and open it again."""
    require_permission(by, "insights.propose_codebook")
    found = Suggestion.objects.select_for_update().get(pk=suggestion.pk)
    if against := policies.why_not_undo(
        state=found.state,
        in_force=suggestion_overview.is_in_force(found),
        parts_decided=found.parts.filter(~Q(state=SuggestionState.OPEN) | Q(merged__isnull=False)).exists(),
    ):
        raise ValidationError(against)
    was = found.state
    _undo_effects(found, by)
    found.open_again()
    record_event("suggestion opened again", by=by, obj=found, was=was)
    return found


def _undo_effects(found: Suggestion, by: Any) -> None:
    if found.state == SuggestionState.SPLIT:
        for part in found.parts.all():
            part.own_placements.update(suggestion=found)
        found.parts.all().delete()
    elif found.entry is not None and not found.entry.version.is_draft:
        return  # a draft that was set aside stays as it was
    elif found.entry is not None and found.state == SuggestionState.ACCEPTED:
        editing.retire_theme(entry=found.entry, why="", by=by)
    elif found.entry is not None:
        _replace_examples(found.entry, [one for one in found.entry.examples if one not in found.added], by)


def _decide_word(consultation: Any, word: str, origin: str, by: Any) -> MarkedPhrase:
    """Records the first decision on a word that enough people say."""
    require_permission(by, "insights.propose_codebook")
    if not may_be_decided(consultation, word):
        raise ValidationError(NOT_NEW)
    codebook = Codebook.objects.get(slug=consultation.specific.codebook)
    phrase, made = MarkedPhrase.objects.get_or_create(codebook=codebook, phrase=word, defaults={"origin": origin})
    if not made:
        raise ValidationError(NOT_NEW)
    return phrase


@transaction.atomic
def take_new_word(*, consultation: Any, word: str, theme: Theme, by: Any) -> MarkedPhrase:
    """Add the word to a theme's examples in the draft of the codebook, which two people approve."""
    phrase = _decide_word(consultation, word, PhraseOrigin.NEW_WORD, by)
    entry = find_draft_entry(consultation, theme, by)
    add_phrases(entry, [word], by)
    record_event("new word taken into a draft", by=by, obj=consultation, theme=theme.pk)
    return phrase


@transaction.atomic
def decline_new_word(*, consultation: Any, word: str, by: Any) -> MarkedPhrase:
    """Remember that it is not proposed again, as long as so many people have said it."""
    phrase = _decide_word(consultation, word, PhraseOrigin.DECLINED, by)
    record_event("new word declined", by=by, obj=consultation)
    return phrase


@transaction.atomic
def propose_again(*, consultation: Any, word: str, by: Any) -> None:
    require_permission(by, "insights.propose_codebook")
    declined = MarkedPhrase.objects.filter(codebook__slug=consultation.specific.codebook, origin=PhraseOrigin.DECLINED)
    if not declined.filter(phrase=word).delete()[0]:
        raise ValidationError("A colleague has done this already.")
    record_event("new word proposed again", by=by, obj=consultation)
