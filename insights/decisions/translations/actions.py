"""Write and confirm translations of a decision, each with its ledger entry in the same transaction."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from consultation.audit.audit_log import record_event as audit
from insights.access import require_allowed
from insights.decisions import translation_confirmation
from insights.decisions.actions import lock_decision
from insights.decisions.ledger_entries import append_ledger_entry, hash_canonical, hash_translations
from insights.decisions.models import TRANSLATED_FIELDS, Decision
from insights.decisions.neutral_titles import validate_neutral_translation
from insights.decisions.policies import may_translate


def get_translation_words(decision: Decision, language: str) -> dict[str, Any]:
    """The stored translation with the progress notes of that language: what a reviewer reads."""
    notes = {str(note.pk): note.words.get(language, "") for note in decision.progress_notes.all()}
    return decision.translations.get(language, {}) | {"notes": {pk: text for pk, text in notes.items() if text}}


def get_english_words(decision: Decision) -> dict[str, Any]:
    """The English that a translation is reviewed against."""
    said = {name: getattr(decision, name) for name in (*TRANSLATED_FIELDS, "easy")}
    return said | get_translation_words(decision, settings.LANGUAGE_CODE)


@transaction.atomic
def translate_decision(*, decision: Decision, by: Any, language: str, words: dict[str, Any]) -> Decision:
    """Save the translation of a decision and of its progress notes. It shows after a person who wrote none of it
    confirms it (`confirm_translation`); fields without a translation fall back to English and say so."""
    require_allowed(may_translate(by, decision))
    if language == settings.LANGUAGE_CODE or language not in dict(settings.LANGUAGES):
        raise ValidationError("That is not a language of this site.")
    validate_neutral_translation(words)
    mine = lock_decision(decision)
    notes = {str(pk): text for pk, text in words.get("notes", {}).items()}
    kept = get_translation_words(mine, language)
    new = translation_confirmation.update_translation(
        words | {"notes": {pk: text for pk, text in notes.items() if text}}, kept, by=by
    )
    if new == kept:
        return mine
    del new["notes"]
    mine.translations = mine.translations | {language: new}
    mine.save(update_fields=["translations"])
    spoken = {}
    for note in mine.progress_notes.filter(pk__in=list(notes)):
        note.words = note.words | {language: notes[str(note.pk)]}
        note.save(update_fields=["words"])
        spoken[str(note.pk)] = hash_canonical(note.words)
    append_ledger_entry("translated", mine, by, language=language, translations=hash_translations(mine), notes=spoken)
    audit("decision translated", by=by, obj=mine, language=language)
    return mine


@transaction.atomic
def confirm_translation(
    *, decision: Decision, by: Any, language: str, looked_at: str | None = None, speaker: str = ""
) -> Decision:
    """Confirm a translation as a person who wrote none of it: from now on it shows.
    `looked_at`: hash of the words on their screen (`translation_confirmation.hash_translation_state`); code without a
    screen leaves it out."""
    require_allowed(may_translate(by, decision))
    mine = lock_decision(decision)
    if language == settings.LANGUAGE_CODE:
        raise ValidationError(translation_confirmation.NOTHING)
    words, english = get_translation_words(mine, language), get_english_words(mine)
    validate_neutral_translation(words)
    if refused := translation_confirmation.confirmation_refusal(words, english, by=by, looked_at=looked_at):
        raise ValidationError(refused)
    kept = translation_confirmation.mark_confirmed(mine.translations.get(language, {}), by=by, speaker=speaker)
    mine.translations = mine.translations | {language: kept}
    mine.save(update_fields=["translations"])
    seen = translation_confirmation.hash_translation_state(words, english)
    append_ledger_entry(
        "translation checked", mine, by, language=language, words=seen, translations=hash_translations(mine)
    )
    audit("decision translation checked", by=by, obj=mine, language=language)
    return mine
