"""Checks and corrections of interface translations by speakers of the language; each is audited."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from consultation.audit.log import record
from consultation.words import checking, po, spoken
from consultation.words.models import Correction, WordCheck, Wording
from consultation.words.table import WORDS


class WordsChanged(Exception):
    """Some texts changed between display and check: they must be read again."""


class WrongWords(Exception):
    """A translation that would break a page. `faults`: {field: sentences}."""

    def __init__(self, faults: dict[str, list[str]]):
        super().__init__(str(faults))
        self.faults = faults


@transaction.atomic
def check(*, language: str, checker: str, seen: dict[str, str], by: Any) -> WordCheck:
    """Record that a named speaker has read these texts. `seen`: {key: digest of the displayed texts}."""
    now = checking.seen(checking.rows(language))
    if any(now.get(key) != digest for key, digest in seen.items()):
        raise WordsChanged
    return _checked(language, checker, seen, by)


@transaction.atomic
def undo(*, check: WordCheck, by: Any) -> None:
    """Delete a check: its texts await review again, unless another check covers them."""
    record("words.check-undone", by=by, obj=check, language=check.language, words=len(check.digests))
    check.delete()
    _spread()


@transaction.atomic
def correct(*, language: str, key: str, text: str, easy_read: str = "", checker: str, by: Any) -> Correction:
    """Replace a text of the catalogue; the correction counts as checked by its author."""
    _refuse_wrong(key, text, easy_read)
    correction = _write(language, key, text, easy_read, by)
    record("words.corrected", by=by, obj=correction, language=language, key=key)
    _checked(language, checker, {key: _digest(language, key, text, easy_read)}, by)
    return correction


@transaction.atomic
def restore(*, language: str, key: str, by: Any) -> None:
    """Delete a correction: the catalogue's text applies again."""
    correction = Correction.objects.filter(language=language, key=key).first()
    if correction is not None:
        record("words.restored", by=by, obj=correction, language=language, key=key)
        correction.delete()
        _spread()


@transaction.atomic
def take(*, language: str, content: bytes, checker: str, by: Any) -> po.Returned:
    """Import a translator's .po file as that person's corrections: all of it, or none and po.Refused."""
    found = po.returned(language, content)
    digests = {}
    for key, said in found.texts.items():
        _write(language, key, said["text"], said["easy_read"], by)
        digests[key] = _digest(language, key, said["text"], said["easy_read"])
    if digests:
        record("words.file-taken", by=by, language=language, words=len(digests))
        _checked(language, checker, digests, by)
    return found


def _refuse_wrong(key: str, text: str, easy_read: str) -> None:
    entry = WORDS[key]
    faults = {"text": checking.faults(entry.text, text), "easy_read": []}
    if entry.easy and easy_read:
        faults["easy_read"] = checking.faults(entry.easy, easy_read)
    if any(faults.values()):
        raise WrongWords(faults)


def _write(language: str, key: str, text: str, easy_read: str, by: Any) -> Correction:
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


def _digest(language: str, key: str, text: str, easy_read: str) -> str:
    said = (spoken.isolated(text, language), spoken.isolated(easy_read, language) if WORDS[key].easy else "")
    return spoken.digest(key, said)


def _checked(language: str, checker: str, digests: dict[str, str], by: Any) -> WordCheck:
    made = WordCheck.objects.create(
        language=language, checker=checker, checked_on=timezone.localdate(), digests=digests, noted_by=by
    )
    record("words.checked", by=by, obj=made, language=language, words=len(digests))
    _spread()
    return made


def _spread() -> None:
    Wording.touch()
    transaction.on_commit(spoken.forget)
