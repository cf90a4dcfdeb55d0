"""Sub-themes in a draft: in its files, its form, its acts and their undo."""

import pytest
from django.core.exceptions import ValidationError

from insights.coding.codebooks.actions import begin_draft
from insights.coding.codebooks.codebook_overview import compare_versions, entries_in_order, group_entries_by_family
from insights.coding.codebooks.codebook_parsing import build_csv_rows, parse_codebook, write_codebook_yaml
from insights.coding.codebooks.editing.actions import (
    change_theme,
    merge_theme,
    move_theme,
    retire_theme,
    shift_theme,
    split_theme,
    undo_theme_act,
)
from insights.coding.codebooks.theme_entry_rows import row_of_entry


@pytest.fixture
def draft(book, officer):
    """Buses and noise are sub-themes of staff."""
    version = begin_draft(codebook=book, by=officer)
    for slug in ("buses", "noise"):
        put_under(version, slug, "staff", officer)
    return version


def entry(version, slug):
    return version.entries.select_related("theme").get(theme__slug=slug)


def put_under(version, slug, parent, by):
    found = entry(version, slug)
    return change_theme(entry=found, row=row_of_entry(found) | {"parent": parent}, by=by)


def parents(version):
    return dict(version.entries.exclude(parent="").values_list("theme__slug", "parent"))


def test_a_sub_theme_stands_under_its_theme_and_goes_up_and_down_there(draft, officer):
    def shown():
        return [found.theme.slug for _, entries in group_entries_by_family(draft) for found in entries]

    assert shown() == ["lights", "staff", "buses", "noise", "shops"]
    shift_theme(entry=entry(draft, "noise"), up=True, by=officer)
    assert shown() == ["lights", "staff", "noise", "buses", "shops"]
    shift_theme(entry=entry(draft, "shops"), up=True, by=officer)
    assert shown() == ["lights", "shops", "staff", "noise", "buses"]


@pytest.mark.parametrize(
    "slug, parent, says",
    [
        ("shops", "buses", "is a sub-theme itself"),
        ("staff", "shops", "is a sub-theme itself"),
        ("shops", "x", "no theme"),
    ],
)
def test_no_sub_theme_has_sub_themes(draft, officer, slug, parent, says):
    with pytest.raises(ValidationError, match=says):
        put_under(draft, slug, parent, officer)


def test_sub_themes_go_with_their_theme_to_another_family_and_back(draft, officer):
    act = move_theme(entry=entry(draft, "staff"), family="people", why="w", by=officer)
    assert {found.family for found in draft.entries.all() if found.parent} == {"people"}
    undo_theme_act(act=act, by=officer)
    assert set(draft.entries.values_list("family", flat=True)) == {"places"}
    with pytest.raises(ValidationError, match="stands in the family of its theme"):
        move_theme(entry=entry(draft, "buses"), family="people", why="w", by=officer)


def test_a_sub_theme_takes_the_family_of_its_theme(draft, officer):
    found = put_under(draft, "shops", "staff", officer)
    change_theme(entry=found, row=row_of_entry(found) | {"family": "elsewhere"}, by=officer)
    assert entry(draft, "shops").family == "places"


@pytest.mark.parametrize(
    "into, after",
    [
        ("shops", {"buses": "shops", "noise": "shops"}),
        ("buses", {"noise": "buses"}),
    ],
)
def test_the_sub_themes_of_a_merged_theme_go_to_the_theme_that_stays_and_come_back(draft, officer, into, after):
    before = parents(draft)
    act = merge_theme(entry=entry(draft, "staff"), into=entry(draft, into), why="w", by=officer)
    assert parents(draft) == after
    undo_theme_act(act=act, by=officer)
    assert parents(draft) == before


def test_the_sub_themes_of_a_theme_that_goes_become_themes_and_come_back(draft, officer):
    before, parts = parents(draft), [{"label": "One"}, {"label": "Two"}]
    for act in (
        retire_theme(entry=entry(draft, "staff"), why="w", by=officer),
        lambda: split_theme(entry=entry(draft, "staff"), parts=parts, why="w", by=officer),
    ):
        act = act() if callable(act) else act
        assert parents(draft) == {}
        undo_theme_act(act=act, by=officer)
        assert parents(draft) == before


def test_the_parts_of_a_split_sub_theme_are_sub_themes(draft, officer):
    split_theme(entry=entry(draft, "buses"), parts=[{"label": "Late"}, {"label": "Few"}], why="w", by=officer)
    assert parents(draft) == {"late": "staff", "few": "staff", "noise": "staff"}


def test_what_an_undo_brings_back_stands_under_no_theme_that_is_gone(draft, officer):
    act = retire_theme(entry=entry(draft, "buses"), why="w", by=officer)
    put_under(draft, "noise", "", officer)
    put_under(draft, "staff", "shops", officer)
    undo_theme_act(act=act, by=officer)
    assert parents(draft) == {"staff": "shops"}


def test_files_hold_the_hierarchy_and_say_what_is_wrong_with_it(draft):
    entries = entries_in_order(draft)
    found = parse_codebook(write_codebook_yaml(draft, entries))
    assert not found.problems
    assert {theme["slug"]: theme["parent"] for theme in found.themes if theme["parent"]} == parents(draft)
    assert "staff" in next(row for row in build_csv_rows(entries) if row[0] == "buses")
    wrong = parse_codebook("id,label,family,parent\na,A,x,b\nb,B,x,a\nc,C,,d\nd,D,y,\n")
    assert [problem.where for problem in wrong.problems] == ["Theme a", "Theme b"]
    assert wrong.themes[2]["family"] == "y"


def test_a_difference_says_of_which_theme_it_is_a_sub_theme(draft):
    changes = [change for each in compare_versions(draft, draft.based_on) for change in each.changes]
    assert {(change.words, change.after) for change in changes} == {
        ("Changed the theme that it is a sub-theme of.", "staff")
    }


def test_the_form_offers_the_themes_that_are_no_sub_themes(draft, officer, client):
    client.force_login(officer)
    url = f"/insights/codebooks/seed/versions/{draft.number}/themes"
    html = client.get(f"{url}/shops/edit/").content.decode()
    assert 'value="lights"' in html and 'value="staff"' in html
    assert 'value="buses"' not in html and 'value="shops"' not in html
    assert client.post(f"{url}/add/", {"label": "Late", "parent": "staff", "gravity": "1"}).status_code == 302
    assert parents(draft)["late"] == "staff"
    page = client.get(f"/insights/codebooks/seed/versions/{draft.number}/").content.decode()
    assert page.count("Sub-theme") >= 3
