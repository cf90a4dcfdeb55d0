"""Help entries in the language of the page; what nobody has translated is English and says so."""

import re
from html import unescape

import pytest
import yaml
from django.utils.translation import override

from consultation.access import NotAllowed
from consultation.interface_text import LANGUAGES
from consultation.interface_text.actions import confirm_texts, correct_text
from consultation.interface_text.models import ProposedCorrection
from consultation.interface_text.translation_corrections import cached_corrections, digest_correction
from consultation.interface_text.translation_review import get_review_row, list_review_rows
from consultation.safeguarding.help import entry_words
from consultation.safeguarding.help.directory import SEED_FILE, HelpEntryCard, load_help_entries
from consultation.safeguarding.models import HelpEntry

OTHERS = [language.code for language in LANGUAGES if language.code != "en"]
ROWS = yaml.safe_load(SEED_FILE.read_text(encoding="utf-8"))["entries"]
SEED = [{name: value for name, value in row.items() if name != "district"} for row in ROWS]
ENGLISH = 'lang="en"'
CHILDLINE = "Under 19"


def said(card):
    return [card.for_whom, card.sms or card.text, card.leaves_trace, *([] if card.always else [card.hours])]


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("row", SEED, ids=[row["slug"] for row in SEED])
def test_what_each_line_of_the_seed_is_for_and_how_to_reach_it_is_said_in_every_language(row, language):
    card = HelpEntryCard(HelpEntry(**row))
    with override("en"):
        in_english = said(card)
    with override(language):
        for own, english in zip(said(card), in_english, strict=True):
            assert ENGLISH not in own and (not english or own != english), own


def test_words_that_an_officer_changed_are_english_and_say_so_until_they_are_translated():
    with override("ur"):
        assert entry_words.say_in_page_language("Under 20 & kind") == (
            '<span lang="en" dir="ltr">Under 20 &amp; kind</span>'
        )
        assert entry_words.say_in_page_language("") == ""


@pytest.mark.django_db
def test_an_officer_s_own_words_are_translated_by_one_person_and_shown_by_another(
    client, home, person, django_capture_on_commit_callbacks
):
    load_help_entries()
    own = {"name": "Police & rescue", "for_whom": "Girls who like to talk", "hours": "When school is open"}
    HelpEntry.objects.filter(slug="999").update(name=own["name"])
    entry = HelpEntry.objects.create(slug="our-hub", text="Ask at the desk", leaves_trace="It is quiet", **own)
    writer, reader = person("engagement_officer"), person("engagement_officer")
    client.force_login(writer)
    listed = {row.english: row for row in list_review_rows("ur") if row.key.startswith("own.")}
    assert set(listed) == {*own.values(), entry.text, entry.leaves_trace} - {""} and len(listed) == 5
    row = listed[entry.for_whom]
    assert row.state == "missing" and entry.name in row.where
    client.post(f"/staff/languages/ur/words/{row.key}/", {"text": "بات & لڑکیاں", "checker": "Asma"})
    with override("ur"):
        assert ENGLISH in HelpEntryCard(entry).for_whom, "nobody else has read it"
    waiting = ProposedCorrection.objects.get(language="ur", key=row.key)
    seen = {row.key: digest_correction(waiting)}
    with pytest.raises(NotAllowed):
        confirm_texts(language="ur", seen=seen, by=writer)
    with django_capture_on_commit_callbacks(execute=True):
        confirm_texts(language="ur", seen=seen, by=reader)
    with override("ur"):
        assert HelpEntryCard(entry).for_whom == "بات &amp; لڑکیاں"
        assert ENGLISH in HelpEntryCard(entry).leaves_trace, "still in English, and says so"
        assert get_review_row("ur", row.key).state == "checked"
        entry.for_whom = "Girls and boys who like to talk"
        assert ENGLISH in HelpEntryCard(entry).for_whom, "new English asks for new words"
    with override("pl"):
        assert ENGLISH in HelpEntryCard(entry).hours


def test_the_card_of_999_says_who_comes_in_every_language():
    entry = HelpEntry(**SEED[0])
    for language in OTHERS:
        with override(language):
            name = HelpEntryCard(entry).name
        assert entry.slug == "999" and name and ENGLISH not in name, language


def test_hours_name_the_days_and_keep_their_numbers_together():
    written = "Mon-Thu 8:30-17:00, Fri 8:30-16:30"
    with override("pl"):
        assert entry_words.say_hours(written) == (
            'Poniedziałek–Czwartek <bdi dir="ltr">08:30–17:00</bdi>, Piątek <bdi dir="ltr">08:30–16:30</bdi>'
        )
        assert ENGLISH in entry_words.say_hours("When the school is open")
    with override("en"):
        assert written in entry_words.say_hours(written)


@pytest.mark.parametrize(("written", "says"), [("SHOUT to 85258", "SHOUT"), ("88247", "88247"), ("Press 55", "")])
def test_what_to_text_is_said_and_nothing_else_is_taken_for_a_number(written, says):
    with override("ur"):
        shown = entry_words.say_sms(written)
    assert says in shown and bool(shown) == bool(says)


@pytest.mark.django_db
def test_the_page_of_another_language_keeps_the_names_and_marks_them_alone_as_english(client, home):
    load_help_entries()
    page = client.get("/ur/help/").content.decode()
    places = page[page.index('id="places"') : page.index("data-print")]
    marked = re.findall(r'lang="en"[^>]*>([^<]+)<', unescape(places))
    assert sorted(marked) == sorted(row["name"] for row in SEED if row["slug"] != "999")
    assert "19 سال سے کم عمر" in places and CHILDLINE not in places


@pytest.mark.django_db
def test_a_speaker_s_correction_is_what_the_page_says(client, home, person, django_capture_on_commit_callbacks):
    load_help_entries()
    officer, key = person("engagement_officer"), entry_words.KEYS[CHILDLINE]
    with django_capture_on_commit_callbacks(execute=True):
        row = correct_text(language="ur", key=key, text="انیس سے کم", checker="Asma", by=officer)
        confirm_texts(language="ur", seen={key: digest_correction(row)}, by=person("engagement_officer"))
    cached_corrections.clear()
    assert "انیس سے کم" in client.get("/ur/help/").content.decode()


@pytest.mark.django_db
def test_a_page_with_nothing_to_type_says_nothing_of_typed_words(client, home):
    load_help_entries()
    find = re.search(r'<form class="find".*?</form>', client.get("/en/help/").content.decode(), re.DOTALL)[0]
    assert "<select" in find and "<input" not in find and "<textarea" not in find
    assert "words you type" not in find
    assert "We do not keep the words you type here." in client.get("/en/search/").content.decode()
