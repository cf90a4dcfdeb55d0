"""Pictures of each gallery state, their paths, and the report of a missing one."""

import sys

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from tests.gallery import gallery_builder, gallery_server
from tests.gallery.command import Command
from tests.gallery.gallery_registry import FACES, GalleryState, all_states
from tests.gallery.gallery_viewports import (
    DARK,
    FORCED,
    FURTHER,
    LIGHT,
    WIDTHS,
    choose_languages,
    plan_visits,
)

pytestmark = pytest.mark.any_database
MOST_PICTURES = 1470


def state(**more):
    return GalleryState(name="before-home", title="Home", about="", face="before", drive=lambda scene: None, **more)


def taken(one, languages=("en", "ur"), widths=WIDTHS):
    return [
        (visit.language, visit.script, look.width, look.colours)
        for visit in plan_visits(one, languages, widths)
        for look in visit.looks
    ]


def test_the_first_language_is_shown_in_every_look_and_others_on_a_phone():
    assert taken(state()) == [
        ("en", True, 320, LIGHT),
        ("en", True, 320, DARK),
        ("en", True, 768, LIGHT),
        ("en", True, 1280, LIGHT),
        ("en", True, 768, FORCED),
        ("ur", True, 320, LIGHT),
    ]


def test_each_state_is_seen_in_one_language_more_and_each_face_in_all():
    assert {"en", "ur", *FURTHER} == {code for code, _ in settings.LANGUAGES}
    further = {}
    for place, one in enumerate(all_states()):
        first, second, third = choose_languages(place)
        assert (first, second) == ("en", "ur")
        if len({visit.language for visit in plan_visits(one, (first, second, third), WIDTHS)}) == 3:
            further.setdefault(one.face, []).append(third)
    assert further.keys() == FACES.keys() - {"staff", "points"}
    assert all(set(seen) == set(FURTHER) for seen in further.values() if len(seen) >= len(FURTHER))


def test_the_pictures_are_not_without_end():
    taken = [look for one in all_states() for visit in plan_visits(one, ("en", "ur"), WIDTHS) for look in visit.looks]
    assert len(taken) < MOST_PICTURES


def test_states_have_names_of_their_own_and_words_for_people():
    """Each is a section of its own on the gallery's page, and its name is that of its pictures' files."""
    states = all_states()
    assert len({one.name for one in states}) == len({one.title for one in states}) == len(states) > 100
    assert {one.face for one in states} == set(FACES)
    assert all(one.title and one.about for one in states)


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(FileExistsError):
        gallery_builder.prepare_output_folder(tmp_path)
    assert (tmp_path / "thesis.txt").exists()


def test_an_old_gallery_makes_room_for_a_new_one(tmp_path):
    gallery_builder.prepare_output_folder(tmp_path / "gallery")
    (tmp_path / "gallery" / "old.png").write_bytes(b"")
    gallery_builder.prepare_output_folder(tmp_path / "gallery")
    assert not (tmp_path / "gallery" / "old.png").exists()


def test_without_playwright_it_says_how_to_get_it(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "playwright.sync_api", None)
    with pytest.raises(CommandError, match="Playwright is not installed"):
        call_command(Command(), out=tmp_path)


def test_without_a_browser_it_says_how_to_get_one(monkeypatch, tmp_path):
    monkeypatch.setattr(gallery_server.shutil, "which", lambda name: None)
    with pytest.raises(CommandError, match="apt-get install chromium"):
        call_command(Command(), out=tmp_path)


@pytest.mark.django_db
def test_a_site_that_is_no_demo_is_left_alone(settings, tmp_path):
    settings.DEMO = False
    with pytest.raises(CommandError, match="not a demo"):
        call_command(Command(), site="http://127.0.0.1:1", out=tmp_path)
