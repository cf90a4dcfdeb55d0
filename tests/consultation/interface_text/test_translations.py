"""Translations follow domain/VOICE_GUIDE.md, as far as a program can tell."""

import re
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import get_language_info

from consultation.interface_text import gettext_catalogue

OTHERS = [code for code, _ in settings.LANGUAGES if code != "en"]
FIELDS = ("text", "easy_read")
KEPT = ("999", "0800 1111", "SHOUT", "85258", "55", "Childline")
# The reader as a man or a woman: endings that past tenses, adjectives and "you can" take. Prose escapes them all.
GENDERED = {
    "pl": r"\w+(łeś|łaś|łbyś|łabyś)\b|\b(powinieneś|powinnaś|gotowy|gotowa|pewien|pewna|zmuszany|zmuszana)\b",
    "sk": r"\b(mohol|mohla|chcel|chcela|napísal|napísala|poslal|poslala|vybral|vybrala) (by )?si\b|\bistý si\b",
    "ur": r"(?:^|[۔؟:،] |\b(?:تو|کہ|پھر) )آپ (?!کے|کا|کی|کو|سے|نے|سب)[^۔؟:،]*(تے|تی|چکے|چکی|رہے|رہی) (ہیں|تھے|تھیں)",
    "pa": r"ਤੁਸੀਂ [^।?:,]*(ਸਕਦੇ|ਸਕਦੀਆਂ|ਚਾਹੁੰਦੇ|ਚਾਹੁੰਦੀਆਂ|ਚੁੱਕੇ|ਰਹੇ) (ਹੋ|ਸੀ)",
    "ro": r"\bești (sigur|sigură|obligat|obligată|gata pregătit)\b",
    "ar": r"(?<![\w\u064B-\u0652])(اضغط|اضغطي|اكتب|اكتبي|اختر|اختاري|اقرأ|اقرئي|انتظر|اتصل|قل)\b",
}
STATIC = [Path(settings.BASE_DIR) / app / "static" for app in ("consultation", "cms", "insights")]
FOR_THE_PRINTER = {
    "paper.css",
    "poster.css",
}  # WeasyPrint knows no logical properties; the file says both directions itself
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|inset|scroll-(?:margin|padding))-(?:left|right)(?:-\w+)?|left|right"
    r"|border-(?:top|bottom)-(?:left|right)-radius)\s*:|(?:text-align|float|clear)\s*:\s*(?:left|right)\b"
)


@pytest.fixture(scope="module")
def english():
    return gettext_catalogue.load_interface_strings()["strings"]


@pytest.fixture(scope="module", params=OTHERS)
def translated(request):
    return request.param, gettext_catalogue.load_translation(request.param)["strings"]


def both(english, strings):
    """(key, field, English, translation) of every text that differs from field to field."""
    for entry in english:
        for field in FIELDS if entry["easy_read"] != entry["text"] else FIELDS[:1]:
            yield entry["key"], field, entry[field], (strings.get(entry["key"]) or {}).get(field)


def test_every_public_word_has_its_translation_easy_read_too(english, translated):
    language, strings = translated
    assert [f"{language} {key} {field}" for key, field, _, said in both(english, strings) if not said] == []


def test_nothing_is_translated_that_english_no_longer_says(english, translated):
    assert set(translated[1]) <= {entry["key"] for entry in english}


def test_numbers_to_call_and_names_stay_as_they_are(english, translated):
    language, strings = translated
    lost = [
        f"{language} {key} {field}: {token}"
        for key, field, original, said in both(english, strings)
        for token in KEPT
        if re.search(rf"(?<!\w){token}(?!\w)", original) and token not in (said or "")
    ]
    assert lost == []


def test_no_word_is_given_twice():
    """The later one would silently take the earlier one's place, on every page that shows it."""
    folder = Path(settings.BASE_DIR) / "consultation" / "interface_text"
    files = {folder / "interface.yaml": r"(?m)^- key: (\S+)$"}
    files |= dict.fromkeys(sorted((folder / "translations").glob("*.yaml")), r"(?m)^  (\S+):$")
    given = {file.name: Counter(re.findall(pattern, file.read_text("utf-8"))) for file, pattern in files.items()}
    assert all(len(keys) > 500 for keys in given.values())
    assert [(name, key) for name, keys in given.items() for key, times in keys.items() if times > 1] == []


@pytest.mark.parametrize("translated", GENDERED, indirect=True)
def test_no_translation_makes_the_reader_a_boy_or_a_girl(english, translated):
    language, strings = translated
    pattern = GENDERED[language]
    found = [f"{key}: {said}" for key, _, _, said in both(english, strings) if said and re.search(pattern, said)]
    assert found == []


@pytest.mark.parametrize("scale", ["faces", "agree"])
def test_the_steps_of_a_scale_differ_and_mirror_each_other(translated, scale):
    """Equal steps: what the outer labels add to the inner ones is the same words on both sides."""
    steps = [translated[1][f"{scale}.{place}"]["text"] for place in range(1, 6)]
    assert len(set(steps)) == 5
    if scale == "agree":
        a_lot, a_bit, _, less, least = (Counter(re.findall(r"\w[\w\u0900-\u0DFF]*", step.lower())) for step in steps)
        assert a_lot & least, (steps[0], steps[4])
        assert a_bit & less, (steps[1], steps[3])


def test_machine_words_are_marked_as_such(translated):
    assert all(isinstance(row["machine"], bool) for row in translated[1].values())


def test_styles_follow_the_direction_of_the_language():
    """Left and right are never named: start and end turn with Urdu and Arabic."""
    found = [
        f"{path.name}: {match[0]}"
        for folder in STATIC
        for path in sorted(folder.rglob("*.css"))
        if path.name not in FOR_THE_PRINTER
        for match in PHYSICAL.finditer(re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S))
    ]
    assert found == []


@pytest.mark.parametrize("code", [code for code, _ in settings.LANGUAGES])
def test_django_knows_the_name_of_every_language(code):
    """Tasks, decisions and results name a language by `get_language_info`, which fails on one that it does not know."""
    assert get_language_info(code)["name"]
