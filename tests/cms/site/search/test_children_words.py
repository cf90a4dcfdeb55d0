"""Help comes first on the search page, and a child's own words lead to the help that fits."""

import pytest
import yaml
from django.conf import settings

from cms.site.search.children_words import find_needs
from consultation.safeguarding.help.directory import load_help_entries
from consultation.safeguarding.help.needs import CHILDRENS_WORDS, NEEDS


@pytest.mark.parametrize(
    ("typed", "needs"),
    [
        ("nudes", ["online"]),
        ("he sent my nudes", ["online"]),
        ("dad hits me", ["hurt"]),
        ("Kill myself", ["low"]),
        ("i want to kill myself!!", ["low"]),
        ("bullying", ["talk"]),
        ("being bullied at school", ["talk"]),
        ("ran away", ["away"]),
        ("county lines", ["crime"]),
        ("parks", []),
        ("kill the lights", []),
        ("myself", []),
        ("", []),
    ],
)
def test_a_childs_words_mean_a_need(typed, needs):
    assert find_needs(typed, "en") == needs


@pytest.mark.parametrize(
    ("language", "typed", "need"),
    [
        ("pl", "chcę się zabić, samobójstwo", "low"),
        ("ur", "وہ مجھے مارتا ہے", "hurt"),
        ("ar", "يضربني", "hurt"),
        ("bn", "আত্মহত্যা", "low"),
        ("sk", "šikanujú ma", "talk"),
        ("ro", "mă bate", "hurt"),
        ("pa", "ਬਲੈਕਮੇਲ", "online"),
        ("pa", "nudes", "online"),
    ],
)
def test_in_the_language_of_the_page_and_in_english(language, typed, need):
    assert need in find_needs(typed, language)


def test_every_language_has_words_and_every_need_is_known():
    words = yaml.safe_load(CHILDRENS_WORDS.read_text(encoding="utf-8"))
    assert set(words) == {code for code, _ in settings.LANGUAGES}
    assert {need for needs in words.values() for need in needs} <= set(NEEDS) == set(words["en"])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "place"),
    [("nudes", "Report Remove"), ("hits me", "Childline"), ("kill myself", "PAPYRUS"), ("bullying", "Childline")],
)
def test_the_right_help_stands_before_what_was_found(client, home, typed, place):
    load_help_entries()
    page = client.post("/en/search/", {"words": typed}).content.decode()
    before, _, after = page.partition('id="help"')
    places, _, found = after.partition("</ul>")
    assert "Get help now</h2>" in before and place in places and 'id="found"' not in before + places
    assert "Forced Marriage" not in places or typed == "hits me"


@pytest.mark.django_db
def test_help_comes_first_for_any_words(client, home):
    page = client.post("/en/search/", {"words": "have your say"}).content.decode()
    assert "Get help now</h2>" in page.partition('id="found"')[0]
