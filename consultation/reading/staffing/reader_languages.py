"""The languages that readers read beside English, and the language in which an answer must be read.

The screen names a language by its look, and may be wrong about few words: a reader who reads them says which it is.
"""

from collections.abc import Container
from typing import Any

from django.utils.translation import get_language_info

from consultation.reading.models import ReadingOrder
from consultation.reading.staffing import reader_coverage
from consultation.reading.staffing.models import ReaderLanguages

ENGLISH, UNKNOWN = "en", "und"
# Of which readers choose; the screen knows more by name.
LANGUAGES = {
    "sq": "Albanian", "am": "Amharic", "ar": "Arabic", "bn": "Bengali", "bg": "Bulgarian", "zh": "Chinese",
    "hr": "Croatian", "cs": "Czech", "nl": "Dutch", "fa": "Farsi or Dari", "fr": "French", "de": "German",
    "el": "Greek", "gu": "Gujarati", "hi": "Hindi", "hu": "Hungarian", "it": "Italian", "ku": "Kurdish (Kurmanji)",
    "ckb": "Kurdish (Sorani)", "lv": "Latvian", "lt": "Lithuanian", "ne": "Nepali", "ps": "Pashto", "pl": "Polish",
    "pt": "Portuguese", "pa": "Punjabi", "ro": "Romanian", "ru": "Russian", "sr": "Serbian", "sk": "Slovak",
    "so": "Somali", "es": "Spanish", "sw": "Swahili", "ta": "Tamil", "ti": "Tigrinya", "tr": "Turkish",
    "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "cy": "Welsh",
}  # fmt: skip


def language_to_read(screening: Any, reading: Any = None) -> str:
    """The language, other than English, that whoever decides must read; `und` if the screen does not know it; empty for
    English, and for an answer without words. What a reader said in their `reading` goes before the screen."""
    if reading and reading.language:
        return "" if reading.language == ENGLISH else str(reading.language)
    language = screening.language.partition("-")[0] if screening else ""
    if language == UNKNOWN:
        return UNKNOWN if any(reason.get("rule") == "language" for reason in screening.reasons) else ""
    return "" if language == ENGLISH else language


def name_language(code: str) -> str:
    try:
        return LANGUAGES.get(code) or str(get_language_info(code)["name"])
    except KeyError:
        return "a language that the screen does not know"


def languages_read_by(reader: Any) -> frozenset[str]:
    chosen = ReaderLanguages.objects.filter(reader=reader).values_list("languages", flat=True).first()
    return frozenset({ENGLISH, *(chosen or ())})


def list_language_names(reader: Any) -> list[str]:
    """The names of the languages that this reader reads beside English."""
    return sorted(name_language(code) for code in languages_read_by(reader) - {ENGLISH})


def list_readers_of(language: str) -> list[Any]:
    rows = ReaderLanguages.objects.values_list("reader", "languages")
    return list(reader_coverage.list_trained_readers().filter(pk__in=[pk for pk, them in rows if language in them]))


def is_readable_in(reads: Container[str], order: ReadingOrder, said: str | None) -> bool:
    """Whether an answer is in one of these languages, as a reader `said` or else as the screen says."""
    if said:
        return said in reads
    language = order.language.removesuffix("-Latn")
    return not order.flagged if language == UNKNOWN else not language or language in reads
