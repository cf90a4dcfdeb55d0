"""Checks and corrections of interface translations by speakers of the language; each is audited."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from consultation.audit.audit_log import record_event
from consultation.interface_text import po_files, translation_corrections, translation_review
from consultation.interface_text.models import Correction, WordCheck, Wording
from consultation.interface_text.text_table import WORDS


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
def correct_text(*, language: str, key: str, text: str, easy_read: str = "", checker: str, by: Any) -> Correction:
    """Replace a text of the catalogue; the correction counts as checked by its author."""
    entry = WORDS[key]
    faults = {"text": translation_review.find_translation_faults(entry.text, text), "easy_read": []}
    if entry.easy and easy_read:
        faults["easy_read"] = translation_review.find_translation_faults(entry.easy, easy_read)
    if any(faults.values()):
        raise FaultyTranslation(faults)
    correction = _save_correction(language, key, text, easy_read, by)
    record_event("words.corrected", by=by, obj=correction, language=language, key=key)
    _save_text_check(language, checker, {key: _digest_correction(language, key, text, easy_read)}, by)
    return correction


@transaction.atomic
def restore_text(*, language: str, key: str, by: Any) -> None:
    """Delete a correction: the catalogue's text applies again."""
    correction = Correction.objects.filter(language=language, key=key).first()
    if correction is not None:
        record_event("words.restored", by=by, obj=correction, language=language, key=key)
        correction.delete()
        _announce_change()


@transaction.atomic
def import_po_file(*, language: str, content: bytes, checker: str, by: Any) -> po_files.PoFileChanges:
    """Import a translator's .po file as that person's corrections: all of it, or none and po.Refused."""
    found = po_files.find_po_changes(language, content)
    digests = {}
    for key, said in found.texts.items():
        _save_correction(language, key, said["text"], said["easy_read"], by)
        digests[key] = _digest_correction(language, key, said["text"], said["easy_read"])
    if digests:
        record_event("words.file-taken", by=by, language=language, words=len(digests))
        _save_text_check(language, checker, digests, by)
    return found


def _save_correction(language: str, key: str, text: str, easy_read: str, by: Any) -> Correction:
    entry = WORDS[key]
    written = {
        "english": entry.text,
        "english_easy": entry.easy or "",
        "text": text,
        "easy_read": easy_read if entry.easy else "",
        "written_by": by,
        "written_on": timezone.localdate(),
    }
    return Correction.objects.update_or_create(language=language, key=key, defaults=written)[0]


def _digest_correction(language: str, key: str, text: str, easy_read: str) -> str:
    said = (
        translation_corrections.isolate_numbers(text, language),
        translation_corrections.isolate_numbers(easy_read, language) if WORDS[key].easy else "",
    )
    return translation_corrections.digest_texts(key, said)


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
