"""Names in Urdu, Arabic, Bengali and Gurmukhi scripts, without capitals, and in Polish, Slovak and Romanian cases.

Written from grammars and lists, not checked by native speakers.
"""

import re
from collections.abc import Iterator

from consultation.reading.redaction.gazetteers import (
    first_names,
    fold_accents,
    names_in_other_scripts,
    words_in_other_scripts,
)
from consultation.reading.redaction.person_vocabulary import WORKER
from consultation.reading.redaction.personal_data_spans import Span

TITLES = re.compile(
    r"(?:(?<![^\W\d_])(?:مس|میڈم|سر|مسٹر|مسز|ڈاکٹر|استاد|استانی|قاری|مولانا|مولوی|الأستاذة|الأستاذ|الدكتورة|الدكتور"
    r"|الآنسة|السيدة|السيد|المعلمة|المعلم|الشيخ|ਮਿਸਟਰ|ਮੈਡਮ|ਮਿਸ|ਮਿਸਿਜ਼|ਸਰ|ਡਾਕਟਰ|ਭਾਈ|ਗਿਆਨੀ|মিস|মিস্টার|মিসেস|ডাক্তার"
    r"|ডা\.|হুজুর|ইমাম)\s+(?P<after>[^\W\d_][\w\u0A01-\u0A71\u0980-\u09FF\u064B-\u0652]*)"
    r"|(?P<before>[^\W\d_][^\s،,.।]{0,40})\s+(?P<title>باجی|آپا|صاحب|صاحبہ|میڈم|انکل|آنٹی|ਜੀ|ਮੈਡਮ|ਸਰ|ਅੰਟੀ|ਅੰਕਲ|আপা|স্যার"
    r"|ম্যাডাম|ভাই|আপু|মিস|আন্টি|আঙ্কেল|সাহেব))(?![^\W\d_])"
)
WORD = re.compile(r"[\u0621-\u06D3\u064B-\u0652\u0670]+|[\u0980-\u09FF]+|[\u0A00-\u0A7F]+")
KIN = re.compile(
    r"(?<![^\W\d_])(?:(?:میر[یاے]|ہمار[یاے]|اس کی|اس کا|چھوٹ[یاے]|بڑ[یاے])\s+(?:\S+\s+)??(?:بیٹی|بیٹا|بیٹے|بھائی|بہن"
    r"|سہیلی|دوست|کزن|چچا|ماموں|خالہ|شوہر|بیوی|بھتیج[یاے]|بھانج[یاے]|نام|کلاس فیلو)|چچا|ماموں|خالہ|پھوپھو|تایا|سہیلی"
    r"|دوست|کزن|نام"
    r"|(?:و|ب|ل|ك)?(?:ابني|بنتي|ابنتي|أخي|اخي|أختي|اختي|صديقي|صديقتي|زوجي|زوجتي|جاري|جارتي|خالي|خالتي|عمي|عمتي|زميلي"
    r"|زميلتي|طفلي|طفلتي|حفيدي|حفيدتي|ولدي|اسمي|اسمه|اسمها|يدعى|تدعى|رفيقتي|رفيقي|صاحبي|صاحبتي)|(?:ابن|بنت"
    r"|ولد)\s+(?:عمي|خالي|أختي|أخي|جيراننا|جارنا|الجيران)"
    r"|(?:আমার|আমাদের|তার|ওর)\s+(?:\S+\s+)??(?:মেয়ে|মেয়ে|মেয়ের|ছেলে|ছেলের|ভাই|বোন|বন্ধু|বান্ধবী|স্বামী|চাচা|মামা"
    r"|খালা|নাম|ভাগ্নে|ভাগ্নি|নাতি|নাতনি|ভাতিজা|পোলা|মাইয়া|কাজিন)|চাচা|মামা|বান্ধবী|বন্ধু|ছেলে|মেয়ে|মেয়ে"
    r"|(?:ਮੇਰ[ੀਾੇ]|ਸਾਡ[ੀਾੇ]|ਉਸਦ[ੀਾੇ])\s+(?:\S+\s+)??(?:ਧੀ|ਪੁੱਤਰ|ਪੁੱਤ|ਭਰਾ|ਭੈਣ|ਸਹੇਲੀ|ਦੋਸਤ|ਬੇਟੀ|ਬੇਟਾ|ਮੁੰਡਾ|ਮੁੰਡੇ|ਕੁੜੀ"
    r"|ਚਾਚਾ|ਮਾਮਾ|ਮਾਸੀ|ਨਾਮ|ਨਾਂ|ਨਾਂਅ|ਪਤੀ|ਘਰਵਾਲਾ|ਕਜ਼ਨ)|ਚਾਚਾ|ਮਾਮਾ|ਸਹੇਲੀ)"
    r"\s+(?P<name>[\u0621-\u06D3\u064B-\u0652\u0980-\u09FF\u0A00-\u0A7F]{2,})"
)
NAME_IS = re.compile(r"(?:نام|নাম|ਨਾਮ|ਨਾਂ|اسمي|اسمه|اسمها)\s*$")
# Words that must follow a name in Urdu and Gurmukhi.
AFTER_KIN = re.compile(
    r"\s*(?:$|[،,.।!؟?۔]|(?:کو|نے|کی|کا|کے|سے|اور|ہے|کہ|بہت|رات|میں|مسجد|پر|بھی|ਨੂੰ|ਨੇ|ਦੀ|ਦਾ|ਦੇ|ਤੋਂ|ਅਤੇ|ਹੈ"
    r"|ਬਹੁਤ|ਘਰੋਂ|ਵੀ|ਸਕੂਲ|ਰਾਤ|ਕੋਲ|ਨਾਲ)(?![^\W\d_]))"
)
BENGALI_CASES = ("কে", "র", "ের", "এর", "রা", "কেও", "ও", "দের", "ই")
BENGALI_VERB = re.compile(r"(?:ে|তে|ছে|য়|য়|ছি|ছিল|লাম|বে|না|তো|নি)$")
ARABIC_VERB = re.compile(r"^(?:[يتن]|ال|وال|بال|لل|في|ب?ي)")
LATIN = {
    "pl": ("owi", "iem", "kiem", "ami", "om", "em", "ę", "ą", "y", "i", "o", "e", "u", "a", "ie"),
    "sk": ("ovi", "ovej", "om", "ou", "u", "a", "e", "i", "y", "ke", "vi"),
    "ro": ("ului", "ul", "lui", "ei", "iei", "a", "u", "ule", "o"),
}
LATIN_LANGUAGES = frozenset({"pl", "sk", "cs", "ro"})


def find_names_in_other_scripts(text: str) -> Iterator[Span]:
    if text.isascii():
        return
    yield from _find_titled_names(text)
    yield from _find_names_beside_kin(text)
    known = names_in_other_scripts()
    for match in WORD.finditer(text):
        stem = _trim_to_listed_name(match.group(), known)
        if stem:
            end = match.start() + len(stem)
            kind = "WORKER" if WORKER.search(text[max(0, match.start() - 16) : match.start()]) else "PERSON"
            yield Span(match.start(), end, kind, "First name")


def _find_titled_names(text: str) -> Iterator[Span]:
    for match in TITLES.finditer(text):
        name = match["after"] or match["before"]
        unlike = match["title"] in ("ভাই", "صاحب", "ਜੀ") and name not in names_in_other_scripts()
        if len(name) > 1 and name not in words_in_other_scripts() and not unlike:
            yield Span(match.start(), match.end(), "WORKER", "Title and name")


def _find_names_beside_kin(text: str) -> Iterator[Span]:
    for match in KIN.finditer(text):
        name, known = match["name"], names_in_other_scripts()
        if name in words_in_other_scripts() or match.group().split()[-1] in words_in_other_scripts():
            continue
        bengali = "\u0980" <= name[0] <= "\u09ff"
        listed = _trim_to_listed_name(name, known)
        named = bool(NAME_IS.search(text[: match.start("name")]))
        if not listed and bengali and (BENGALI_VERB.search(name) and not named):
            continue
        if not listed and not bengali and _is_arabic_text(text, name) and ARABIC_VERB.match(name) and not named:
            continue
        if not listed and not bengali and not _is_arabic_text(text, name) and not AFTER_KIN.match(text, match.end()):
            continue
        end = match.start("name") + len(listed or name)
        yield Span(match.start("name"), end, "PERSON", "Name after a kin word")


def _is_arabic_text(text: str, name: str) -> bool:
    """Whether the text is Arabic: it has no letters that only Urdu has."""
    return "\u0600" <= name[0] <= "\u06ff" and not re.search("[ٹڈڑےہھکگیںپچ]", text)


def _trim_to_listed_name(word: str, known: frozenset[str]) -> str:
    """The listed name without a Bengali case ending; empty if there is none."""
    if word in known:
        return word
    if "\u0980" <= word[0] <= "\u09ff":
        for ending in BENGALI_CASES:
            if word.endswith(ending) and word[: -len(ending)] in known:
                return word[: -len(ending)]
    return ""


def is_inflected_name(word: str, language: str | None) -> bool:
    """Whether a word is an inflected first name: `Wiktorię`, `Samkovi`, `Kubusia`, `Mariei`."""
    names, bare = first_names(), word.casefold()
    endings = LATIN.get(language or "", ()) if language in LATIN else (*LATIN["pl"], *LATIN["sk"], *LATIN["ro"])
    for ending in endings:
        stem = bare.removesuffix(ending)
        if stem == bare or len(stem) < 3:
            continue
        if any(fold_accents(stem + back) in names for back in ("", "a", "o", "ia", "ek", "i")):
            return True
        if stem.endswith(("k", "c")) and fold_accents(stem[:-1] + "ek") in names:
            return True
    return False
