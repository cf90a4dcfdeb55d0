"""The language in which an answer must be read: as a reader said, or else as the screen says."""

from typing import Any

from consultation.access import NotAllowed, refuse_for
from consultation.audit.audit_log import record_event
from consultation.reading import policies
from consultation.reading.models import Reading, Screening
from consultation.reading.staffing.reader_languages import (
    ENGLISH,
    LANGUAGES,
    language_to_read,
    languages_read_by,
    list_readers_of,
    name_language,
)
from consultation.responses.models import Answer

CHOICES = {ENGLISH: "English", **LANGUAGES}


def check_language(
    *, screening: Screening | None, earlier: Reading | None, by: Any, decision: str, language: str = "",
    leave: str = "Hold it",
) -> None:  # fmt: skip
    """Refuse to end the reading of an answer whose language this person does not read. `leave`: how the answer is left
    for somebody who does."""
    spoken = language or language_to_read(screening, earlier)
    if spoken not in ("", ENGLISH):
        readers = [str(reader) for reader in list_readers_of(spoken)]
        reads, name = languages_read_by(by), name_language(spoken)
        refuse_for(
            policies.may_decide_in(
                decision=decision, language=spoken, reads=reads, name=name, readers=readers, leave=leave
            )
        )
    if language and language not in CHOICES:
        raise NotAllowed("Choose a language of the list.")


def record_correction(
    *, answer: Answer, screening: Screening | None, earlier: Reading | None, by: Any, language: str
) -> None:
    """Audit that a reader named another language than was known."""
    if language and language != (language_to_read(screening, earlier) or ENGLISH):
        record_event("language of an answer corrected", by=by, obj=answer, language=language)


def describe_language(*, answer: Answer, by: Any, chosen: str) -> dict[str, Any] | None:
    """What the desk says of a language other than English: its name, who reads it, and what the reader may say it is."""
    screening, earlier = Screening.objects.filter(pk=answer.pk).first(), Reading.objects.filter(pk=answer.pk).first()
    language = language_to_read(screening, earlier)
    if not language:
        return None
    return {
        "name": name_language(language),
        "by_reader": bool(earlier and earlier.language),
        "is_own": language in languages_read_by(by),
        "readers": list_readers_of(language),
        "choices": CHOICES,
        "chosen": chosen,
    }
