"""Phrases that a codebook learns from coders' marks: proposed, taken by hand, and never those of a few people."""

import uuid

import pytest
from django.core.exceptions import ValidationError

from consultation.audit.models import AuditEntry
from consultation.responses.signals import response_withdrawn, text_recalled
from insights.coding.codebooks.actions import begin_draft
from insights.coding.codebooks.editing.actions import merge_theme, take_marked_phrase, undo_theme_act
from insights.coding.codebooks.marked_phrases import propose_marked_phrases
from insights.coding.codebooks.models import MarkedPhrase
from insights.coding.desk.actions import confirm_codes
from insights.coding.models import ThemeEntry
from insights.corpus.models import Text

DARK = "It is Pitch Black by the steps"


@pytest.fixture
def mark(text, theme, officer):
    """mark(answer, words): a coder marks these words of it for lights."""

    def do(answer, words, of=None):
        found, lights = text(answer, of=of), theme("lights")
        start = answer.index(words)
        confirm_codes(text=found, themes=[lights], by=officer, spans={lights.pk: [[start, start + len(words)]]})
        return found

    return do


@pytest.fixture
def marked(mark, text):
    """Three of five people's answers with these words are marked, and one answer that is unlike all others."""
    people = [mark(f"{DARK}, number {n}", "Pitch Black") for n in range(3)] + [text(DARK), text(DARK.lower())]
    for _ in range(2):
        mark("our secret den is dark", "secret den is dark", of=uuid.UUID(int=7))
    return people


def lights(version):
    return version.entries.select_related("theme", "version__codebook").get(theme__slug="lights")


def proposed(version):
    return {one.phrase: one.times for one in propose_marked_phrases(lights(version))}


def test_words_that_coders_marked_and_five_people_wrote_are_proposed(marked, draft):
    assert proposed(draft) == {"pitch black": 3}


def test_words_of_fewer_than_five_people_are_never_proposed(marked, draft):
    marked[-1].delete()
    assert proposed(draft) == {}


def test_one_person_who_writes_words_five_times_is_one_person(mark, draft):
    for _ in range(6):
        mark("our secret den is dark", "secret den", of=uuid.UUID(int=7))
    assert proposed(draft) == {}


def test_no_tag_that_stands_for_a_name_is_proposed(mark, draft):
    for _ in range(5):
        mark("ask [WORKER 1] about lamps", "[WORKER 1] about lamps")
    assert set(proposed(draft)) == {"lamps"}


def test_a_longer_phrase_stands_for_its_parts_and_for_what_is_known(mark, draft, officer):
    for n in range(5):
        mark(f"{n}: the broken street lamp flickers", "the broken street lamp")
    assert set(proposed(draft)) == {"broken street lamp"}
    take_marked_phrase(entry=lights(draft), phrase="broken street lamp", to="examples", by=officer)
    assert "broken street lamp" not in proposed(draft)


@pytest.mark.slow
def test_words_that_coders_mark_for_other_themes_are_not_this_ones(mark, draft, theme, officer):
    for n in range(9):
        found, slug = mark(f"{n} street", "street"), "lights" if n < 3 else "shops"
        confirm_codes(text=found, themes=[theme(slug)], by=officer, spans={theme(slug).pk: [[2, 8]]})
    assert proposed(draft) == {}


def test_nothing_is_added_until_a_person_takes_it_and_then_the_draft_alone_has_it(marked, draft, officer):
    assert lights(draft).examples == []
    take_marked_phrase(entry=lights(draft), phrase="pitch black", to="keywords", by=officer)
    assert (lights(draft).keywords, lights(draft.based_on).keywords) == (["pitch black"], [])
    assert AuditEntry.objects.filter(verb="marked phrase taken into a draft").exists()
    for phrase, to in (("secret den", "examples"), ("pitch black", "examples"), ("pitch black", "label")):
        with pytest.raises(ValidationError, match="not proposed any more"):
            take_marked_phrase(entry=lights(draft), phrase=phrase, to=to, by=officer)


def stored_phrases(book):
    entries = ThemeEntry.objects.filter(version__codebook=book)
    acts = [act.before for version in book.versions.all() for act in version.acts.all()]
    return str([*entries.values_list("examples", "keywords"), *acts])


def test_withdrawn_words_leave_no_phrase_of_fewer_than_five_people_behind(marked, draft, book, officer, both):
    entry = lights(draft)
    entry.examples = ["my own example"]
    entry.save()
    take_marked_phrase(entry=lights(draft), phrase="pitch black", to="examples", by=officer)
    both(draft)
    other = begin_draft(codebook=book, by=officer)
    staff = other.entries.get(theme__slug="staff")
    act = merge_theme(entry=lights(other), into=staff, why="w", by=officer)
    assert stored_phrases(book).count("pitch black") == 4  # in force, merged, gained, and as it was
    response_withdrawn.send(sender=None, respondent=marked[0].respondent)
    assert "pitch black" not in stored_phrases(book)
    assert "my own example" in stored_phrases(book)
    assert not MarkedPhrase.objects.exists()
    assert AuditEntry.objects.filter(verb="codebook phrase removed with words that were taken back").exists()
    act.refresh_from_db()
    undo_theme_act(act=act, by=officer)
    assert lights(other).examples == ["my own example"]


def test_what_five_others_still_say_stays(marked, text, draft, book, officer):
    text(f"{DARK} too")
    take_marked_phrase(entry=lights(draft), phrase="pitch black", to="examples", by=officer)
    text_recalled.send(sender=None, answer=marked[0].pk)
    assert lights(draft).examples == ["pitch black"]
    text_recalled.send(sender=None, answer=marked[1].pk)
    assert lights(draft).examples == []


def test_texts_that_are_deleted_at_once_leave_no_phrase_of_fewer_than_five_people_behind(marked, text, draft, officer):
    """Neither alone would leave fewer; retention deletes many at once."""
    text(f"{DARK} too")
    take_marked_phrase(entry=lights(draft), phrase="pitch black", to="examples", by=officer)
    Text.objects.filter(pk__in=[one.pk for one in marked[:2]]).delete()
    assert lights(draft).examples == []
    assert not MarkedPhrase.objects.exists()


def test_the_page_says_how_often_words_were_marked_and_takes_them(marked, draft, officer, client):
    client.force_login(officer)
    url = f"/insights/codebooks/seed/versions/{draft.number}/themes/lights/phrases/"
    html = client.get(url).content.decode()
    assert "Coders marked these words 3 times." in html
    assert "secret den" not in html
    assert client.post(url, {"phrase": "pitch black", "to": "examples"}).status_code == 302
    assert lights(draft).examples == ["pitch black"]
    assert "No new words" in client.get(url).content.decode()
