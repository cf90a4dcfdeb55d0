from types import SimpleNamespace

import pytest

from insights.coding.codebooks import approve_version, load_codebook
from insights.coding.counted_codes import codes_of_people_by_theme, current_codes_by_theme
from insights.coding.models import Code, CodeSource, Theme
from insights.coding.theme_hierarchy import find_hierarchy_problems, map_sub_themes, nest_sub_themes
from insights.corpus.models import Text
from insights.exports.figures_sheet import COLUMNS, iterate_figure_rows
from insights.exports.pdf.release_report_paper import context_of
from insights.exports.release_document import build_theme_documents
from insights.releases.actions import create_release, publish_release
from insights.releases.chosen_quotes.arrangement import _find_stances
from insights.releases.people import people_by_theme
from insights.search.search_scopes import AnswerSearch
from insights.search.search_terms import parse_terms
from tests.insights.releases.test_release import TODAY


def row(parent="", family="places", label="A theme"):
    return {"parent": parent, "family": family, "label": label}


@pytest.mark.parametrize(
    "rows, wrong",
    [
        ({"buses": row(), "late": row("buses")}, {}),
        ({"late": row("buses")}, {"late": "is no theme of this version"}),
        ({"late": row("late")}, {"late": "not its own sub-theme"}),
        ({"buses": row(), "late": row("buses"), "later": row("late")}, {"later": "is a sub-theme itself"}),
        ({"a": row("b"), "b": row("a")}, {"a": "is a sub-theme itself", "b": "is a sub-theme itself"}),
        ({"buses": row(), "late": row("buses", family="times")}, {"late": "in the family of its theme"}),
    ],
)
def test_there_is_one_level_of_sub_themes_in_the_family_of_their_theme(rows, wrong):
    found = dict(find_hierarchy_problems(rows))
    assert found.keys() == wrong.keys()
    assert all(words in found[slug] for slug, words in wrong.items())


def entry(slug, parent="", codebook=1):
    return SimpleNamespace(theme=SimpleNamespace(slug=slug, codebook_id=codebook), parent=parent)


def test_sub_themes_follow_their_theme_in_the_order_given_and_none_is_lost():
    rows = [entry("late", "buses"), entry("lights"), entry("few", "buses"), entry("buses"), entry("stops", "trams")]
    placed = [(one.theme.slug, under) for one, under in nest_sub_themes(rows)]
    assert placed == [("lights", False), ("buses", False), ("late", True), ("few", True), ("stops", False)]
    elsewhere = [entry("buses", codebook=2), entry("late", "buses")]
    assert [under for _, under in nest_sub_themes(elsewhere)] == [False, False]


@pytest.fixture
def under_rare(answered, officer, colleague):
    """“Staff” is a sub-theme of “Rare”; one person speaks of both."""
    rows = [{"slug": slug, "label": slug.capitalize(), "family": ""} for slug in ("lights", "staff", "rare")]
    rows[1]["parent"] = "rare"
    version = load_codebook(slug="seed", name="Seed", themes=rows, by=officer)
    for by in (officer, colleague):
        approve_version(version=version, by=by)
    staff = Text.objects.filter(text__startswith="staff").order_by("text").first()
    Text.objects.filter(text="rare number 76").update(respondent=staff.respondent)
    return answered


def test_who_speaks_of_a_sub_theme_speaks_of_its_theme_and_counts_once(under_rare):
    people = {theme.slug: people_by_theme(under_rare).get(theme.pk, set()) for theme in Theme.objects.all()}
    assert (len(people["staff"]), len(people["rare"])) == (26, 4 + 26 - 1)
    assert people["staff"] < people["rare"]
    version = create_release(consultation=under_rare, by=None, today=TODAY)
    shown = {row["label"]: row["value"] for row in version.theme_rows()}
    assert (shown["Staff"], shown["Rare"]) == (26, 29)


def test_a_proposed_sub_theme_counts_for_its_theme_and_a_person_confirms_both(under_rare, officer):
    rare, staff = Theme.objects.get(slug="rare"), Theme.objects.get(slug="staff")
    text = Text.objects.filter(text__startswith="lights").first()
    text.status.delete()
    text.codes.all().delete()
    version = Code.objects.first().version
    Code.objects.create(text=text, theme=staff, version=version, source=CodeSource.MODEL, confidence=0.9)
    assert text.pk in current_codes_by_theme(under_rare)[rare.pk]
    confirmed = codes_of_people_by_theme(under_rare)
    assert text.pk not in confirmed[rare.pk]
    by_person = Text.objects.filter(text__startswith="staff").first()
    assert by_person.pk in confirmed[staff.pk].keys() & confirmed[rare.pk].keys()


def test_words_of_sub_themes_are_among_the_first_quotes_of_their_theme(under_rare, monkeypatch):
    monkeypatch.setattr("insights.releases.released_quotes.quotable_count", lambda quotable, *_: quotable)
    release = create_release(consultation=under_rare, by=None, today=TODAY)
    first = list(release.quotes.filter(theme__slug="rare").order_by("place", "pk")[:2])
    assert {quote.text.split()[0] for quote in first} == {"rare", "staff"}
    assert all(quote.confirmed for quote in release.quotes.all())


def test_every_way_out_shows_a_sub_theme_under_its_theme(under_rare, officer, colleague, client):
    release = create_release(consultation=under_rare, by=officer, today=TODAY)
    publish_release(release=release, by=colleague, today=TODAY)
    client.force_login(officer)
    for url in (f"/insights/releases/{release.pk}/", "/insights/themes/"):
        html = client.get(url).content.decode()
        before, *under = html.split('class="under"')
        assert "Rare" in before and under and all("Staff" in row[:400] for row in under), url
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in iterate_figure_rows(release)]
    of_themes = {row["Answer id"]: row["Parent"] for row in rows if row["About"] == "themes"}
    assert of_themes == {"lights": "", "rare": "", "staff": "rare"}
    assert {row["Parent"] for row in rows if row["About"] == "question"} == {""}
    assert {one["code"]: one["parent"] for one in build_theme_documents(release)} == of_themes
    paper = context_of(str(release.pk), for_all=True, mark="")["themes"]["table"]["rows"]
    assert [(row["label"], row["under"]) for row in paper] == [("Lights", False), ("Rare", False), ("Staff", True)]


def test_coders_find_the_answers_of_sub_themes_under_their_theme(under_rare, officer, client):
    client.force_login(officer)
    text = Text.objects.filter(
        codes__theme__slug="lights"
    ).first()  # a chosen theme stands first, whatever it is under
    desk = client.get(f"/insights/coding/texts/{text.pk}/").content.decode()
    before, _, after = desk.partition('class="theme under"')
    assert "Rare" in before and "Staff" in after[:400] and 'class="theme under"' not in after
    search = AnswerSearch(theme=Theme.objects.get(slug="rare").pk)
    assert search.find(parse_terms("staff")).rows
    assert not AnswerSearch(theme=Theme.objects.get(slug="lights").pk).find(parse_terms("staff")).rows


def test_a_codebook_without_sub_themes_maps_none(codebook):
    assert map_sub_themes(codebook) == map_sub_themes(None) == {}


def test_who_takes_a_side_on_a_sub_theme_takes_it_on_its_theme(under_rare):
    by_people = Code.objects.by_people()
    rare, staff = Theme.objects.get(slug="rare"), Theme.objects.get(slug="staff")
    # Room for enough people under the theme for a table of stances.
    of_lights = by_people.filter(theme__slug="lights").values("pk")[:10]
    by_people.filter(pk__in=of_lights).update(theme=rare)
    by_people.filter(theme=staff).update(stance="disagrees")
    release = create_release(consultation=under_rare, by=None, today=TODAY)
    table = release.figures.get(kind="stance", key=str(rare.pk)).table
    against = next(row["value"] for row in table["rows"] if row["label"] == "Against")
    assert against == 26
    text = by_people.filter(theme=staff).first().text_id
    assert _find_stances(release)[rare.pk, text] == _find_stances(release)[staff.pk, text] == "disagrees"
