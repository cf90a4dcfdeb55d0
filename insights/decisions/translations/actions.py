"""Write and confirm translations of a decision, each with its ledger entry in the same transaction."""

from collections.abc import Mapping
from typing import Any

from consultation.audit.audit_log import record_event as audit
from insights.decisions.actions import lock_decision
from insights.decisions.ledger_entries import append_ledger_entry, hash_canonical, hash_translations
from insights.decisions.models import TRANSLATED_FIELDS, Decision
from insights.decisions.neutral_titles import validate_neutral_translation
from insights.decisions.policies import may_translate
from insights.publishing.records import SOURCE
from insights.publishing.translated_words import TranslatedWords


class DecisionWords(TranslatedWords[Decision]):
    """With the progress notes, whose words stand in rows of their own: {"notes": {id: words}}."""

    may_translate = staticmethod(may_translate)
    validate_translation = staticmethod(validate_neutral_translation)
    lock = staticmethod(lock_decision)

    def words_in(self, held: Decision, language: str) -> dict[str, Any]:
        notes = {str(note.pk): note.words.get(language, "") for note in held.progress_notes.all()}
        return held.translations.get(language, {}) | {"notes": {pk: text for pk, text in notes.items() if text}}

    def english_of(self, held: Decision) -> dict[str, Any]:
        said = {name: getattr(held, name) for name in (*TRANSLATED_FIELDS, "easy")}
        return said | self.words_in(held, SOURCE)

    def merge_words(self, held: Decision, language: str, words: Mapping[str, Any]) -> dict[str, Any]:
        notes = {str(pk): text for pk, text in words.get("notes", {}).items()}
        merged = self.words_in(held, language)["notes"] | notes
        return {**words, "notes": {pk: text for pk, text in merged.items() if text}}

    def store_words(self, held: Decision, language: str, words: dict[str, Any]) -> dict[str, Any]:
        notes, spoken = words["notes"], {}
        held.translations |= {language: {name: said for name, said in words.items() if name != "notes"}}
        held.save(update_fields=["translations"])
        for note in held.progress_notes.all():
            text = notes.get(str(note.pk), "")
            if text != note.words.get(language, ""):
                note.words |= {language: text}
                note.save(update_fields=["words"])
                spoken[str(note.pk)] = hash_canonical(note.words)
        return {"notes": spoken} if spoken else {}

    def record(self, verb: str, held: Decision, by: Any, *, language: str, **data: Any) -> None:
        append_ledger_entry(verb, held, by, language=language, translations=hash_translations(held), **data)
        audit(f"decision {verb}", by=by, obj=held, language=language)


WORDS = DecisionWords()
translate_decision, confirm_translation = WORDS.translate, WORDS.confirm_translation
get_translation_words, get_english_words = WORDS.words_in, WORDS.english_of
