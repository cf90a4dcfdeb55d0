"""The demo's translations, as far as a program can tell: complete, in their script, with fixed parts unchanged."""

import re

import pytest
from django.conf import settings

from cms.demo import demo_consultations

OTHERS = [code for code, _ in settings.LANGUAGES if code != "en"]
TRANSLATED = {
    data["slug"]: data for data in demo_consultations.list_written_consultations() if data.get("translations")
}
SCRIPTS = {"ur": "\u0600-\u06ff", "ar": "\u0600-\u06ff", "bn": "\u0980-\u09ff", "pa": "\u0a00-\u0a7f"}
# In these languages a past or conditional verb shows whether the reader is a girl or a boy.
GENDERED = {
    "pl": r"(łaś|łeś|łabyś|łbyś|łam|łem)\b",
    "sk": r"(\w(al|la|il|el|ol)) (si|som|by si|by som)\b|\b(si|som|by si|by som) (\w+(al|la|il|el|ol))\b",
}
cases = pytest.mark.parametrize(("slug", "language"), [(slug, language) for slug in TRANSLATED for language in OTHERS])


def strings(slug, language):
    return TRANSLATED[slug]["translations"][language]["strings"]


def test_two_consultations_are_written_in_every_language():
    assert set(TRANSLATED) == {"safe-in-bradford", "somewhere-to-go"}
    assert all(set(data["translations"]) == set(OTHERS) for data in TRANSLATED.values())


@cases
def test_it_has_the_same_strings_as_the_others_and_is_marked(slug, language):
    translation = TRANSLATED[slug]["translations"][language]
    assert list(translation["strings"]) == list(strings(slug, "sk"))
    assert (translation["machine"], translation["checked_by"]) == (True, None)
    assert all(said and said == said.strip() for said in translation["strings"].values())


@cases
def test_numbers_childline_and_braces_stay(slug, language):
    kept = re.compile(r"\d+|Childline|[{}]")
    for path, said in strings(slug, language).items():
        assert sorted(kept.findall(said)) == sorted(kept.findall(strings(slug, "pl")[path])), path


@cases
def test_it_is_in_its_own_script_and_no_longer_than_a_phone_bears(slug, language):
    for path, said in strings(slug, language).items():
        if language in SCRIPTS:
            assert not re.search(r"[A-Za-z]", said.replace("Childline", "")), path
            assert re.search(f"[{SCRIPTS[language]}]", said) or said.isnumeric(), path
        assert len(said) <= 2.2 * len(strings(slug, "ur")[path]) + 8, path


@cases
def test_it_speaks_to_a_girl_and_a_boy_alike(slug, language):
    for path, said in strings(slug, language).items():
        assert language not in GENDERED or not re.search(GENDERED[language], said), f"{path}: {said}"


@cases
def test_steps_of_a_scale_differ(slug, language):
    said = strings(slug, language)
    for question in TRANSLATED[slug]["questions"]:
        for part, choices in (
            ("r", question.get("rows")),
            ("c", question.get("columns")),
            ("o", question.get("options")),
        ):
            named = [said.get(f"q.{question['id']}.{part}.{choice['id']}") for choice in choices or ()]
            named = [name for name in named if name]
            assert len(set(named)) == len(named), question["id"]
