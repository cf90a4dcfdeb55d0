"""Translating words, of a draft or published. A translation shows once someone who wrote none of it has confirmed it in
their own name (X7); until then pages show the English and say so."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from consultation.access import Permission, require_permission
from consultation.markup import strip_markup
from insights.publishing import translation_confirmation
from insights.publishing.lifecycle import PUBLISH_PERMISSION
from insights.publishing.records import SOURCE


class TranslatedWords[T]:
    """Beside a `Lifecycle`, which locks and records."""

    may_translate: Permission = PUBLISH_PERMISSION  # a policy takes the person and the record
    required: Mapping[str, str] = {}  # {field: the refusal where its translation is empty}
    lock: Any
    record: Any

    def words_in(self, held: Any, language: str) -> dict[str, Any]:
        return held.words.get(language) or {}

    def english_of(self, held: Any) -> dict[str, Any]:
        return held.english

    def validate_translation(self, words: Mapping[str, Any]) -> None:
        """Raise ValidationError for words that nobody may read in any language."""

    def merge_words(self, held: Any, language: str, words: Mapping[str, Any]) -> Mapping[str, Any]:
        """The given words with what stands beside them already."""
        return words

    def store_words(self, held: Any, language: str, words: dict[str, Any]) -> dict[str, Any]:
        """Save a translation; returns what its record has besides."""
        held.words = held.words | {language: words}
        held.save(update_fields=["words"])
        return {}

    @transaction.atomic
    def translate(self, of: T, *, by: Any, language: str, words: Mapping[str, Any]) -> Any:
        """Save a translation. Whoever writes in a draft may not publish it."""
        held = self.lock(of)
        require_permission(by, self.may_translate, held)
        if language == SOURCE or language not in dict(settings.LANGUAGES):
            raise ValidationError("That is not a language of this site.")
        self.validate_translation(words)
        kept, given = self.words_in(held, language), self.merge_words(held, language, strip_pasted_markup(words))
        new = translation_confirmation.update_translation(given, kept, by=by)
        if new != kept:
            more = self.store_words(held, language, new)
            if held.is_draft and hasattr(held, "writers"):
                held.writers.add(by)
            self.record("translated", held, by, language=language, **more)
        return held

    @transaction.atomic
    def confirm_translation(
        self, of: T, *, by: Any, language: str, seen_state: str | None = None, speaker: str = ""
    ) -> Any:
        """Confirm a translation: from now on it shows. `seen_state`: the `hash_translation_state` on their screen; code
        without a screen leaves it out."""
        held = self.lock(of)
        require_permission(by, self.may_translate, held)
        words, english = self.words_in(held, language), self.english_of(held)
        if language == SOURCE:
            raise ValidationError(translation_confirmation.NOTHING)
        self.validate_translation(words)
        if refused := translation_confirmation.confirmation_refusal(words, english, by=by, seen_state=seen_state):
            raise ValidationError(refused)
        if lacking := [said for field, said in self.required.items() if not str(words.get(field, "")).strip()]:
            raise ValidationError(lacking[:1])
        seen = translation_confirmation.hash_translation_state(words, english)
        confirmed = translation_confirmation.mark_confirmed(words, by=by, speaker=speaker)
        more = self.store_words(held, language, confirmed)
        self.record("translation checked", held, by, language=language, words=seen, **more)
        return held


def strip_pasted_markup(said: Any) -> Any:
    """Words as plain text, also those that were pasted with their tags."""
    if isinstance(said, Mapping):
        return {name: strip_pasted_markup(value) for name, value in said.items()}
    return strip_markup(said) if isinstance(said, str) else said
