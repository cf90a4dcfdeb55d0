"""Interface texts by key: `get_text("nav.progress", n=3, total=12)`.

Built on gettext: the key is the message context, the English text the message id, and the easy-read variant a separate
message under `easy:<key>`. A correction made on the languages page takes precedence. A missing easy-read translation
falls back to the standard text of the language, and that to English. Importable by every layer.
"""

import logging
from contextlib import nullcontext
from datetime import date
from typing import NamedTuple

from django.conf import settings
from django.utils.formats import number_format
from django.utils.functional import lazy
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, override, pgettext

from consultation.interface_text.text_table import (
    GROUPS,
    LANGUAGES,
    RIGHT_TO_LEFT,
    WORDS,
    InterfaceString,
    LanguageCoverage,
)
from consultation.interface_text.translation_corrections import find_correction, get_wording_stamp, measure_coverage
from consultation.interface_text.written_dates import write_out_day

__all__ = [
    "LANGUAGES",
    "LanguageCoverage",
    "UnknownTextKey",
    "get_both_texts_html",
    "get_both_texts_html_lazy",
    "text_direction",
    "get_easy_text",
    "get_wording_stamp",
    "get_text",
    "get_text_html",
    "get_language_coverage",
]

logger = logging.getLogger(__name__)
ISOLATE, END_ISOLATE = "\u2068", "\u2069"


class UnknownTextKey(LookupError):
    """A key or placeholder that the text table lacks: a programming error."""


class ResolvedText(NamedTuple):
    text: str
    in_english: bool  # an English fallback on a page of another language


def get_text(key: str, **values) -> str:
    """The standard text of a key in the active language, as plain text."""
    return _fill_placeholders(_resolve_standard(key), key, values)


def get_easy_text(key: str, **values) -> str:
    """The easy-read text of a key in the active language, as plain text."""
    return _fill_placeholders(_resolve_easy(key), key, values)


def get_text_html(key: str, *, easy_read: bool = False, **values) -> SafeString:
    """The text as HTML. An English fallback is marked with lang and dir (WCAG 3.1.2)."""
    said = _resolve_easy(key) if easy_read else _resolve_standard(key)
    body = _fill_placeholders_html(said, key, values)
    return mark_safe(f'<span lang="en" dir="ltr">{body}</span>') if said.in_english else body


def get_both_texts_html(key: str, **values) -> SafeString:
    """Standard and easy-read text as two spans where they differ; CSS shows one of them."""
    standard, simple = _resolve_standard(key), _resolve_easy(key)
    if standard == simple:
        return get_text_html(key, **values)
    spans = ""
    for name, said in (("std", standard), ("ez", simple)):
        marked = ' lang="en" dir="ltr"' if said.in_english else ""
        spans += f'<span class="{name}"{marked}>{_fill_placeholders_html(said, key, values)}</span>'
    return mark_safe(spans)


get_both_texts_html_lazy = lazy(get_both_texts_html, SafeString)


def text_direction(language: str | None = None) -> str:
    """'rtl' or 'ltr' for a language, by default the active one."""
    return "rtl" if _base_language(language or get_language()) in RIGHT_TO_LEFT else "ltr"


def get_language_coverage(language: str) -> LanguageCoverage:
    """How far a language is translated and checked; all missing for an unknown language."""
    code = _base_language(language)
    known = any(each.code == code for each in LANGUAGES)
    return measure_coverage(code) if known else LanguageCoverage(0, len(WORDS), 0, 0, ())


def _base_language(language: str | None) -> str:
    return (language or "en").partition("-")[0]


def _resolve_standard(key: str) -> ResolvedText:
    entry = WORDS.get(key) or _handle_unknown_key(key)
    language = _base_language(get_language())
    if said := find_correction(language, key):
        return ResolvedText(said[0], False)
    text = pgettext(key, entry.text)
    return ResolvedText(text, text == entry.text and language != "en")


def _resolve_easy(key: str) -> ResolvedText:
    entry = WORDS.get(key) or _handle_unknown_key(key)
    if entry.easy is None:
        return _resolve_standard(key)
    language = _base_language(get_language())
    if said := find_correction(language, key):
        return ResolvedText(said[1] or said[0], False)
    text = pgettext(f"easy:{key}", entry.easy)
    if text != entry.easy or language == "en":
        return ResolvedText(text, False)
    standard = _resolve_standard(key)
    return ResolvedText(entry.easy, True) if standard.in_english else standard


def _handle_unknown_key(key: str) -> InterfaceString:
    """Raise in development. In production show a text made from the key, and log only the key's group."""
    if getattr(settings, "WORDS_STRICT", settings.DEBUG):
        raise UnknownTextKey(key)
    group, _, rest = key.partition(".")
    logger.error("UnknownWord in group %s", group if group in GROUPS else "?")
    return InterfaceString(
        (rest or group).rpartition(".")[2].replace("-", " ").replace("{", "").replace("}", ""), None
    )


class _PlaceholderValues(dict):
    def __init__(self, key: str, values: dict):
        super().__init__(values)
        self.key = key

    def __missing__(self, name: str) -> str:
        _handle_unknown_key(f"{self.key}: {{{name}}}")
        return ""


def _fill_placeholders(said: ResolvedText, key: str, values: dict) -> str:
    if "{" not in said.text:
        return said.text
    shown = {name: _isolate_value(str(_format_value(value, said))) for name, value in values.items()}
    return said.text.format_map(_PlaceholderValues(key, shown))


def _fill_placeholders_html(said: ResolvedText, key: str, values: dict) -> SafeString:
    text = escape(said.text)
    if "{" not in text:
        return text
    shown = {name: _isolate_value(conditional_escape(_format_value(value, said))) for name, value in values.items()}
    return mark_safe(text.format_map(_PlaceholderValues(key, shown)))


def _format_value(value, said: ResolvedText):
    """Write a date or a number as the language of the surrounding text does; other values stay."""
    with override("en") if said.in_english else nullcontext():
        if isinstance(value, date):
            return write_out_day(value)
        return number_format(value, force_grouping=True) if type(value) is int else value


def _isolate_value(value: str) -> str:
    """Isolate a value (a phone number, a name) so that right-to-left text does not reorder it."""
    if value.isalnum() or text_direction() == "ltr":
        return value
    return f"{ISOLATE}{value}{END_ISOLATE}"
