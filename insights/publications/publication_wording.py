"""Translation of published words, shared by results and member checks: a translator does not confirm the translation
(X7). The rules are in `insights.decisions.translation_confirmation`.

`of` is the model that owns the words: it has `words` {language: {...}}, `writers` and `published_by`.
"""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from consultation import handover
from consultation.access import require_permission
from consultation.audit.audit_log import record_event
from consultation.markup import strip_markup
from insights.decisions import translation_confirmation
from insights.releases.two_person_records import lock_record

SOURCE = settings.LANGUAGE_CODE
PUBLISH_PERMISSION = "insights.publish_decision"  # "publish a decision or feedback page"

NOT_SEEN = "Someone wrote in this after you opened it. Look at it again, and discard it then."


def describe_excess_reading_age(text: str, consultation: Any) -> str:
    """The reading age of words that are too hard to read, and the highest allowed; else ""."""
    found, most = handover.grade_readability(text, consultation)
    return handover.describe_reading_age(found, most) if found > most else ""


def check_reading_age(text: str, consultation: Any, because: str) -> None:
    """Raise ValidationError for words above the audience's reading age without a reason (X6)."""
    if (too := describe_excess_reading_age(text, consultation)) and not because.strip():
        raise ValidationError(f"{too}. Write it shorter, or say why it stays.")


def strip_pasted_markup(words: Mapping[str, Any]) -> dict[str, Any]:
    """Words as plain text, also those that were pasted with their tags."""
    return {
        name: strip_markup(said)
        if isinstance(said, str)
        else strip_pasted_markup(said)
        if isinstance(said, dict)
        else said
        for name, said in words.items()
    }


def replace_english(words: Mapping[str, Any], english: Mapping[str, Any]) -> dict[str, Any]:
    """The words with new English. The translations stay but need confirming again."""
    return uncheck_translations(words) | {SOURCE: dict(english)}


def uncheck_translations(words: Mapping[str, Any]) -> dict[str, Any]:
    return {
        language: dict(said) if language == SOURCE else translation_confirmation.clear_confirmation(said)
        for language, said in words.items()
    }


@transaction.atomic
def translate_publication[T](*, of: T, called: str, by: Any, language: str, words: Mapping[str, Any]) -> T:
    """Save a translation, of a draft or of published words. It shows once someone who wrote none of it has confirmed
    it; until then pages show the English and say so."""
    require_permission(by, PUBLISH_PERMISSION)
    if language == SOURCE or language not in dict(settings.LANGUAGES):
        raise ValidationError("That is not a language of this site.")
    held: Any = lock_record(of)
    kept = held.words.get(language) or {}
    new = translation_confirmation.update_translation(strip_pasted_markup(words), kept, by=by)
    if new == kept:
        return held
    _save_words(held, language, new)
    if held.published_by_id is None:
        held.writers.add(by)
    record_event(f"{called} translated", by=by, obj=held, language=language)
    return held


@transaction.atomic
def confirm_publication_translation[T](
    *, of: T, called: str, by: Any, language: str, looked_at: str | None, speaker: str, missing: Mapping[str, str]
) -> T:
    """Someone who wrote none of the translation confirms it in their own name: from now on it shows.

    `looked_at`: the `translation_confirmation.hash_translation_state` of the page they saw, None in code without a
    page. `missing`: {required field: the error where it is empty}.
    """
    require_permission(by, PUBLISH_PERMISSION)
    held: Any = lock_record(of)
    words, english = held.words.get(language) or {}, held.words.get(SOURCE) or {}
    if language == SOURCE:
        raise ValidationError(translation_confirmation.NOTHING)
    if refused := translation_confirmation.confirmation_refusal(words, english, by=by, looked_at=looked_at):
        raise ValidationError(refused)
    for field, said in missing.items():
        if not str(words.get(field, "")).strip():
            raise ValidationError(said)
    _save_words(held, language, translation_confirmation.mark_confirmed(words, by=by, speaker=speaker))
    seen = translation_confirmation.hash_translation_state(words, english)
    record_event(f"{called} translation checked", by=by, obj=held, language=language, words=seen)
    return held


def _save_words(held: Any, language: str, words: Mapping[str, Any]) -> None:
    held.words = held.words | {language: dict(words)}
    held.save(update_fields=["words"])
