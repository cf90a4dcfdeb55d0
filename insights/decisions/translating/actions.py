"""Write and confirm translations of a decision, each with its ledger entry in the same transaction."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from consultation.audit.log import record as audit
from insights.decisions import checking
from insights.decisions.actions import locked
from insights.decisions.entries import digest, enter, translated
from insights.decisions.models import TRANSLATED, Decision
from insights.decisions.policies import may_translate
from insights.decisions.quiet import check_quiet_words


def words_in(decision: Decision, language: str) -> dict[str, Any]:
    """The stored translation with the progress notes of that language: what a reviewer reads."""
    notes = {str(note.pk): note.words.get(language, "") for note in decision.progress_notes.all()}
    return decision.translations.get(language, {}) | {"notes": {pk: text for pk, text in notes.items() if text}}


def english_of(decision: Decision) -> dict[str, Any]:
    """The English that a translation is reviewed against."""
    said = {name: getattr(decision, name) for name in (*TRANSLATED, "easy")}
    return said | words_in(decision, settings.LANGUAGE_CODE)


@transaction.atomic
def translate(*, decision: Decision, by: Any, language: str, words: dict[str, Any]) -> Decision:
    """Save the translation of a decision and of its progress notes. It shows after a person who wrote none of it
    confirms it (`confirm`); fields without a translation fall back to English and say so."""
    if not may_translate(by, decision):
        raise PermissionDenied("Your role cannot do this.")
    if language == settings.LANGUAGE_CODE or language not in dict(settings.LANGUAGES):
        raise ValidationError("That is not a language of this site.")
    check_quiet_words(words)
    mine = locked(decision)
    notes = {str(pk): text for pk, text in words.get("notes", {}).items()}
    kept = words_in(mine, language)
    new = checking.written(words | {"notes": {pk: text for pk, text in notes.items() if text}}, kept, by=by)
    if new == kept:
        return mine
    del new["notes"]
    mine.translations = mine.translations | {language: new}
    mine.save(update_fields=["translations"])
    spoken = {}
    for note in mine.progress_notes.filter(pk__in=list(notes)):
        note.words = note.words | {language: notes[str(note.pk)]}
        note.save(update_fields=["words"])
        spoken[str(note.pk)] = digest(note.words)
    enter("translated", mine, by, language=language, translations=translated(mine), notes=spoken)
    audit("decision translated", by=by, obj=mine, language=language)
    return mine


@transaction.atomic
def confirm(
    *, decision: Decision, by: Any, language: str, looked_at: str | None = None, speaker: str = ""
) -> Decision:
    """Confirm a translation as a person who wrote none of it: from now on it shows.
    `looked_at`: hash of the words on their screen (`checking.look`); code without a screen leaves it out."""
    if not may_translate(by, decision):
        raise PermissionDenied("Your role cannot do this.")
    mine = locked(decision)
    if language == settings.LANGUAGE_CODE:
        raise ValidationError(checking.NOTHING)
    words, english = words_in(mine, language), english_of(mine)
    check_quiet_words(words)
    if refused := checking.why_not_confirm(words, english, by=by, looked_at=looked_at):
        raise ValidationError(refused)
    kept = checking.confirmed(mine.translations.get(language, {}), by=by, speaker=speaker)
    mine.translations = mine.translations | {language: kept}
    mine.save(update_fields=["translations"])
    seen = checking.look(words, english)
    enter("translation checked", mine, by, language=language, words=seen, translations=translated(mine))
    audit("decision translation checked", by=by, obj=mine, language=language)
    return mine
