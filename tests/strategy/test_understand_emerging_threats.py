"""1.7: which themes the same people spoke of, with small counts withheld; and new words, which coders take or decline."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from consultation.audit.models import AuditEntry
from insights.coding.codebooks.models import MarkedPhrase
from insights.coding.desk.actions import confirm_many_texts
from insights.coding.discovery import new_words
from insights.coding.discovery.actions import decline_new_word, propose_again, take_new_word
from insights.coding.discovery.new_words import find_new_words
from insights.coding.models import Theme, ThemeEntry
from insights.corpus.actions import take_released_texts
from insights.corpus.models import Text
from insights.disclosure.disclosure_rules import NEARLY_ALL, NEARLY_ALL_OF_ROW
from insights.releases.actions import create_release, publish_release
from insights.strategy.points.point_provisions import get_served_point
from insights.workspace.group_comparison import theme_pairs
from tests import factories
from tests.insights.conftest import codebook, colleague, officer, parks  # noqa: F401

POINT = "understand-emerging-threats"
SAID = (
    *["lights staff and the ginnel"] * 6,
    *["lights staff"] * 34,
    *["lights rare"] * 3,
    *["lights"] * 5,
    *["rare"] * 35,
    *["staff"] * 5,
    *["zzyzx rare"] * 4,
)


@pytest.fixture
def texts(parks, codebook, officer, no_noise):  # noqa: F811
    """88 people; 40 of them spoke of lights and staff, 3 of lights and something rare."""
    page, version = parks
    factories.responses(version, [({"d": "1"}, {"q-c": words}) for words in SAID], reader=officer)
    take_released_texts()
    themes = {theme.slug: theme for theme in Theme.objects.all()}
    choices = [(text, [themes[word] for word in text.text.split() if word in themes]) for text in Text.objects.all()]
    confirm_many_texts(consultation=page, choices=choices, by=officer)
    ThemeEntry.objects.filter(theme__slug="staff").update(links=[{"strand": 1, "sub_point": POINT}])
    return page


@pytest.fixture
def released_pairs(texts, officer, colleague):  # noqa: F811
    made = create_release(consultation=texts, by=officer, today=date(2026, 11, 25))
    return publish_release(release=made, by=colleague)


def test_of_a_pair_that_nearly_all_spoke_of_no_number_is_told_and_it_is_evidence(client_as, released_pairs):
    figure = released_pairs.figures.get(kind="themes-with", key="all")
    names = [row["label"] for row in figure.table["rows"]]
    for one, other, symbol in (("Lights", "Staff", NEARLY_ALL_OF_ROW), ("Staff", "Lights", NEARLY_ALL)):
        cell = figure.table["rows"][names.index(one)]["cells"][names.index(other)]
        cell |= {"value": None, "percent": None, "symbol": symbol}
    released_pairs.figures.filter(pk=figure.pk).update(table=figure.table)
    html = " ".join(client_as("planner").get(f"/insights/said-together/?point={POINT}").content.decode().split())
    assert "Lights<br>Staff" in html and "nearly all who spoke of one" in html and "about 40" not in html
    proofs = next(one for one in get_served_point(POINT).provisions if one.key == "together").proofs
    assert [one.label for one in proofs] == [f"Lights with Staff ({released_pairs})"]


def test_a_pair_that_may_be_chance_stands_with_its_point_alone_and_says_so(client_as, released_pairs, monkeypatch):
    monkeypatch.setattr(theme_pairs, "list_clear_differences", lambda table: (1, []))
    planner = client_as("planner")
    html = " ".join(planner.get(f"/insights/said-together/?point={POINT}").content.decode().split())
    assert "Lights<br>Staff" in html and "about 40" in html and "it may be chance" in html and "Rare" not in html
    assert "Lights<br>Staff" not in " ".join(planner.get("/insights/said-together/").content.decode().split())
    point = get_served_point(POINT)
    assert next(one for one in point.provisions if one.key == "together").holds
    assert "beside what chance would give" in point.offer and "more than by chance" not in point.offer


def test_the_point_holds_while_a_pair_with_a_theme_of_it_is_shown(released_pairs):
    def together():
        return next(one for one in get_served_point(POINT).provisions if one.key == "together")

    assert [one.label for one in together().proofs] == [f"Lights with Staff ({released_pairs})"]
    ThemeEntry.objects.filter(theme__slug="staff").update(links=[])
    assert not together().holds, "a table of themes of other points is no proof"


def words_of(consultation):
    return {one.word: one.people for one in find_new_words(consultation)}


def test_pairs_said_together_more_than_by_chance_are_listed_and_small_ones_withheld(client_as, released_pairs):
    html = " ".join(client_as("planner").get(f"/insights/said-together/?point={POINT}").content.decode().split())
    assert "Lights<br>Staff" in html and "about 40" in html
    assert f">about {round(48 * 45 / len(SAID))}<" in html.replace("> ", ">").replace(" <", "<"), (
        "48 spoke of one, 45 of other"
    )
    assert "Rare" not in html
    assert "Some pairs have no number" in html
    table = released_pairs.figures.get(kind="themes-with").table
    cells = {
        (row["label"], column["label"]): cell
        for row in table["rows"]
        for column, cell in zip(table["columns"], row["cells"], strict=True)
    }
    assert cells["Lights", "Staff"]["value"] == 40
    assert cells["Lights", "Rare"]["value"] is cells["Rare", "Lights"]["value"] is None, "three people"
    every = " ".join(client_as("planner").get("/insights/said-together/").content.decode().split())
    assert "Some pairs have no number" in every and ">about 3<" not in every


def test_a_pair_is_never_shown_above_the_total_of_one_of_its_themes(client_as, released_pairs):
    figure = released_pairs.figures.get(kind="themes-with")
    for row in figure.table["rows"]:
        row |= {"value": 31, "coded": row["value"]} if row["label"] == "Staff" else {}
    figure.save()
    html = " ".join(client_as("planner").get("/insights/said-together/").content.decode().split())
    assert "no number: " in html and "about 40" not in html
    assert "machine-coded" in html, "which explains why the two were counted otherwise"


def test_a_new_word_that_few_use_is_not_proposed(texts):
    assert words_of(texts) == {"ginnel": 6}, "four people wrote the other, and the rest is known"


def test_a_coder_takes_a_new_word_into_the_draft(client_as, texts):
    coder = client_as("engagement_officer")
    page = f"/insights/discovery/of/{texts.slug}/words/"
    assert "ginnel" in coder.get(page).content.decode()
    theme = Theme.objects.get(slug="lights")
    assert coder.post(page, {"word": "ginnel"}).status_code == 422, "without a theme"
    assert coder.post(page, {"word": "ginnel", "theme": theme.pk}, follow=True).status_code == 200
    draft = ThemeEntry.objects.get(theme=theme, version__status="draft")
    assert "ginnel" in draft.examples
    assert words_of(texts) == {}
    assert AuditEntry.objects.filter(verb="new word taken into a draft").count() == 1
    Text.objects.filter(text__contains="ginnel").first().delete()
    Text.objects.filter(text__contains="ginnel").first().delete()
    draft.refresh_from_db()
    assert "ginnel" not in draft.examples, "four people have it now"


def test_a_declined_word_is_remembered_until_it_is_proposed_again_or_few_have_said_it(client_as, texts, officer):  # noqa: F811
    coder = client_as("engagement_officer")
    page = f"/insights/discovery/of/{texts.slug}/words/"
    coder.post(f"{page}decline/", {"word": "ginnel"})
    assert words_of(texts) == {}
    assert "Propose it again" in coder.get(page).content.decode()
    coder.post(f"{page}again/", {"word": "ginnel"})
    assert words_of(texts) == {"ginnel": 6}
    with pytest.raises(ValidationError, match="already"):
        propose_again(consultation=texts, word="ginnel", by=officer)
    decline_new_word(consultation=texts, word="ginnel", by=officer)
    for text in list(Text.objects.filter(text__contains="ginnel")[:2]):
        text.delete()
    assert not MarkedPhrase.objects.exists(), "no word is kept that four people have said"


def test_new_words_without_permission(client_as, texts, person):
    for verb in (decline_new_word, propose_again):
        with pytest.raises(PermissionDenied):
            verb(consultation=texts, word="ginnel", by=person("planner"))
    with pytest.raises(PermissionDenied):
        take_new_word(consultation=texts, word="ginnel", theme=Theme.objects.first(), by=person("planner"))
    assert client_as("planner").get(f"/insights/discovery/of/{texts.slug}/words/").status_code == 403


def test_what_is_not_proposed_cannot_be_decided(texts, officer):  # noqa: F811
    with pytest.raises(ValidationError, match="not proposed"):
        decline_new_word(consultation=texts, word="zzyzx", by=officer)
    assert not MarkedPhrase.objects.exists()


def test_the_same_people_are_read_each_time_and_a_decision_reads_those_who_say_the_word(
    texts, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(new_words, "MOST_TEXTS", 40)
    assert words_of(texts) == words_of(texts)
    with django_assert_num_queries(1):
        assert new_words.may_be_decided(texts, "ginnel")
    assert not any(new_words.may_be_decided(texts, word) for word in ("zzyzx", "staff", "ginnel staff", ""))
