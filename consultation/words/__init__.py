"""Interface texts by key: `word("nav.progress", n=3, total=12)`.

Built on gettext: the key is the message context, the English text the message id, and the easy-read variant a separate
message under `easy:<key>`. A correction made on the languages page takes precedence. A missing easy-read translation
falls back to the standard text of the language, and that to English. Importable by every layer.
"""

import logging
from contextlib import nullcontext
from datetime import date
from typing import NamedTuple

from django.conf import settings
from django.utils.functional import lazy
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, override, pgettext

from consultation.words.days import written_out
from consultation.words.spoken import corrected, coverage, stamp
from consultation.words.table import GROUPS, LANGUAGES, RIGHT_TO_LEFT, WORDS, Coverage, Entry

__all__ = [
    "LANGUAGES",
    "Coverage",
    "UnknownWord",
    "both_html",
    "direction",
    "easy",
    "easy_lazy",
    "stamp",
    "word",
    "word_html",
    "word_lazy",
    "words_for",
]

logger = logging.getLogger(__name__)
ISOLATE, END_ISOLATE = "\u2068", "\u2069"


class UnknownWord(LookupError):
    """A key or placeholder that the text table lacks: a programming error."""


class Said(NamedTuple):
    text: str
    in_english: bool  # an English fallback on a page of another language


def word(key: str, **values) -> str:
    """The standard text of a key in the active language, as plain text."""
    return _fill(_standard(key), key, values)


def easy(key: str, **values) -> str:
    """The easy-read text of a key in the active language, as plain text."""
    return _fill(_easy(key), key, values)


word_lazy = lazy(word, str)
easy_lazy = lazy(easy, str)


def word_html(key: str, *, easy_read: bool = False, **values) -> SafeString:
    """The text as HTML. An English fallback is marked with lang and dir (WCAG 3.1.2)."""
    said = _easy(key) if easy_read else _standard(key)
    body = _fill_html(said, key, values)
    return mark_safe(f'<span lang="en" dir="ltr">{body}</span>') if said.in_english else body


def both_html(key: str, **values) -> SafeString:
    """Standard and easy-read text as two spans where they differ; CSS shows one of them."""
    standard, simple = _standard(key), _easy(key)
    if standard == simple:
        return word_html(key, **values)
    spans = (
        f'<span class="{name}"{_english_marks(said)}>{_fill_html(said, key, values)}</span>'
        for name, said in (("std", standard), ("ez", simple))
    )
    return mark_safe("".join(spans))


def direction(language: str | None = None) -> str:
    """'rtl' or 'ltr' for a language, by default the active one."""
    return "rtl" if _base(language or get_language()) in RIGHT_TO_LEFT else "ltr"


def words_for(language: str) -> Coverage:
    """How far a language is translated and checked; all missing for an unknown language."""
    code = _base(language)
    known = any(each.code == code for each in LANGUAGES)
    return coverage(code) if known else Coverage(0, len(WORDS), 0, 0, ())


def _base(language: str | None) -> str:
    return (language or "en").partition("-")[0]


def _standard(key: str) -> Said:
    entry = WORDS.get(key) or _unknown(key)
    language = _base(get_language())
    if said := corrected(language, key):
        return Said(said[0], False)
    text = pgettext(key, entry.text)
    return Said(text, text == entry.text and language != "en")


def _easy(key: str) -> Said:
    entry = WORDS.get(key) or _unknown(key)
    if entry.easy is None:
        return _standard(key)
    language = _base(get_language())
    if said := corrected(language, key):
        return Said(said[1] or said[0], False)
    text = pgettext(f"easy:{key}", entry.easy)
    if text != entry.easy or language == "en":
        return Said(text, False)
    standard = _standard(key)
    return Said(entry.easy, True) if standard.in_english else standard


def _unknown(key: str) -> Entry:
    """Raise in development. In production show a text made from the key, and log only the key's group."""
    if getattr(settings, "WORDS_STRICT", settings.DEBUG):
        raise UnknownWord(key)
    group, _, rest = key.partition(".")
    logger.error("UnknownWord in group %s", group if group in GROUPS else "?")
    return Entry((rest or group).rpartition(".")[2].replace("-", " ").replace("{", "").replace("}", ""), None)


class _Values(dict):
    def __init__(self, key: str, values: dict):
        super().__init__(values)
        self.key = key

    def __missing__(self, name: str) -> str:
        _unknown(f"{self.key}: {{{name}}}")
        return ""


def _fill(said: Said, key: str, values: dict) -> str:
    if "{" not in said.text:
        return said.text
    shown = {name: _isolated(str(_shown(value, said))) for name, value in values.items()}
    return said.text.format_map(_Values(key, shown))


def _fill_html(said: Said, key: str, values: dict) -> SafeString:
    text = escape(said.text)
    if "{" not in text:
        return text
    shown = {name: _isolated(conditional_escape(_shown(value, said))) for name, value in values.items()}
    return mark_safe(text.format_map(_Values(key, shown)))


def _shown(value, said: Said):
    """Write out a date in the language of the surrounding text; other values stay."""
    if not isinstance(value, date):
        return value
    with override("en") if said.in_english else nullcontext():
        return written_out(value)


def _isolated(value: str) -> str:
    """Isolate a value (a phone number, a name) so that right-to-left text does not reorder it."""
    if value.isalnum() or direction() == "ltr":
        return value
    return f"{ISOLATE}{value}{END_ISOLATE}"


def _english_marks(said: Said) -> str:
    return ' lang="en" dir="ltr"' if said.in_english else ""
