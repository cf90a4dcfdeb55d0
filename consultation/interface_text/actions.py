"""Checks and corrections of interface translations by speakers of the language; each is audited. A correction may say what
we must tell or who reads: two people change it."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from consultation.access import require_second_person
from consultation.audit.audit_log import record_event
from consultation.interface_text import own_texts, po_files, translation_corrections, translation_review
from consultation.interface_text.models import CorrectedText, Correction, ProposedCorrection, WordCheck, Wording
from consultation.interface_text.text_table import WORDS, InterfaceString

OWN_WORDS = "Somebody else reads words that you entered, and shows them."


class TextsChanged(Exception):
    """Some texts changed between display and check: they must be read again."""


class FaultyTranslation(Exception):
    """A translation that would break a page. `faults`: {field: sentences}."""

    def __init__(self, faults: dict[str, list[str]]):
        super().__init__(str(faults))
        self.faults = faults


@transaction.atomic
def check_texts(*, language: str, checker: str, seen: dict[str, str], by: Any) -> WordCheck:
    """Record that a named speaker has read these texts. `seen`: {key: digest of the displayed texts}."""
    now = translation_review.collect_digests(translation_review.list_review_rows(language))
    if any(now.get(key) != digest for key, digest in seen.items()):
        raise TextsChanged
    return _save_text_check(language, checker, seen, by)


@transaction.atomic
def undo_text_check(*, check: WordCheck, by: Any) -> None:
    """Delete a check: its texts await review again, unless another check covers them."""
    record_event("words.check-undone", by=by, obj=check, language=check.language, words=len(check.digests))
    check.delete()
    _announce_change()


@transaction.atomic
def correct_text(
    *, language: str, key: str, text: str, easy_read: str = "", checker: str, by: Any
) -> ProposedCorrection:
    """Let new words wait for a second person. What waited for this key is replaced."""
    entry = _find_english(key)
    faults = {"text": translation_review.find_translation_faults(entry.text, text), "easy_read": []}
    if entry.easy and easy_read:
        faults["easy_read"] = translation_review.find_translation_faults(entry.easy, easy_read)
    if any(faults.values()):
        raise FaultyTranslation(faults)
    correction = _ask_for_text(language, key, text, easy_read, checker, by)
    record_event("words.corrected", by=by, obj=correction, language=language, key=key)
    return correction


@transaction.atomic
def restore_text(*, language: str, key: str, by: Any) -> None:
    """Ask for the catalogue's text again: a second person may have had a reason to change it."""
    if Correction.objects.filter(language=language, key=key).exists():
        correction = _ask_for_text(language, key, "", "", "", by)
        record_event("words.restored", by=by, obj=correction, language=language, key=key)


@transaction.atomic
def import_po_file(*, language: str, content: bytes, checker: str, by: Any) -> po_files.PoFileChanges:
    """Let a translator's .po file wait as that person's corrections: all of it, or none and po.Refused."""
    found = po_files.find_po_changes(language, content)
    for key, said in found.texts.items():
        _ask_for_text(language, key, said["text"], said["easy_read"], checker, by)
    if found.texts:
        record_event("words.file-taken", by=by, language=language, words=len(found.texts))
    return found


@transaction.atomic
def confirm_texts(*, language: str, seen: dict[str, str], by: Any) -> int:
    """Show these words, which somebody else entered; they count as checked by the speaker who was named for them.

    `seen`: {key: digest of the words that were read}. Raises NotAllowed for one's own words, TextsChanged for others than
    were read. Returns the number.
    """
    waiting = _lock_waiting(language, seen)
    for row in waiting:
        require_second_person(by, row.written_by_id, OWN_WORDS)
        if not translation_corrections.is_for_current_english(row):
            raise TextsChanged
    Correction.objects.filter(language=language, key__in=seen).delete()
    Correction.objects.bulk_create(_confirm(row, by) for row in waiting if row.text)
    _delete(waiting)
    for checker in sorted({row.checker for row in waiting if row.text}):
        named = {row.key: seen[row.key] for row in waiting if row.text and row.checker == checker}
        _save_text_check(language, checker, named, by)
    record_event("words.confirmed", by=by, language=language, words=len(waiting))
    _announce_change()
    return len(waiting)


@transaction.atomic
def refuse_texts(*, language: str, seen: dict[str, str], by: Any) -> int:
    """Drop these words; who entered them may do so, too. Pages go on as they are. Returns the number."""
    waiting = _lock_waiting(language, seen)
    _delete(waiting)
    record_event("words.refused", by=by, language=language, words=len(waiting))
    return len(waiting)


def _lock_waiting(language: str, seen: dict[str, str]) -> list[ProposedCorrection]:
    """The corrections that wait. Raises TextsChanged if one of them is not as it was read."""
    waiting = list(ProposedCorrection.objects.select_for_update().filter(language=language, key__in=seen))
    if {row.key: translation_corrections.digest_correction(row) for row in waiting if _is_known(row.key)} != seen:
        raise TextsChanged
    return waiting


def _confirm(row: ProposedCorrection, by: Any) -> Correction:
    shared = {field.attname: getattr(row, field.attname) for field in CorrectedText._meta.fields}
    return Correction(**shared, confirmed_by=by)


def _delete(waiting: list[ProposedCorrection]) -> None:
    ProposedCorrection.objects.filter(pk__in=[row.pk for row in waiting]).delete()


def _ask_for_text(language: str, key: str, text: str, easy_read: str, checker: str, by: Any) -> ProposedCorrection:
    entry = _find_english(key)
    written = {
        "english": entry.text,
        "english_easy": entry.easy or "",
        "text": text,
        "easy_read": easy_read if entry.easy else "",
        "checker": checker,
        "written_by": by,
        "written_on": timezone.localdate(),
    }
    return ProposedCorrection.objects.update_or_create(language=language, key=key, defaults=written)[0]


def _is_known(key: str) -> bool:
    return key in WORDS or own_texts.is_own_key(key)


def _find_english(key: str) -> InterfaceString:
    if not own_texts.is_own_key(key):
        return WORDS[key]
    return next(InterfaceString(row["text"], None) for row in own_texts.list_own_strings() if row["key"] == key)


def _save_text_check(language: str, checker: str, digests: dict[str, str], by: Any) -> WordCheck:
    made = WordCheck.objects.create(
        language=language, checker=checker, checked_on=timezone.localdate(), digests=digests, noted_by=by
    )
    record_event("words.checked", by=by, obj=made, language=language, words=len(digests))
    _announce_change()
    return made


def _announce_change() -> None:
    Wording.touch()
    transaction.on_commit(translation_corrections.cached_corrections.clear)
