"""Readers keep their place on the desk, are not hurried, and can pause."""

import re

import pytest
from django.urls import reverse

from consultation.responses.models import AnswerState
from tests.consultation.reading.test_desk import TEXT, fields, page_of

pytestmark = pytest.mark.any_database


def test_marks_and_note_survive_a_reload(desk, sent):
    answer = sent(TEXT)
    desk.post(page_of(answer), fields(desk.get(page_of(answer)), do="select:2-8", kind="NICKNAME", note="Ask Jo."))
    reply = desk.get(page_of(answer))
    assert b'value="2:8:NICKNAME:1"' in reply.content and b">Ask Jo.</textarea>" in reply.content


def test_a_note_is_kept_while_it_is_written(desk, sent):
    answer = sent(TEXT)
    reply = desk.post(page_of(answer), fields(desk.get(page_of(answer)), do="keep", note="Half a thou"))
    assert reply.status_code == 204
    assert b">Half a thou</textarea>" in desk.get(page_of(answer)).content


def test_whoever_was_signed_out_comes_back_to_the_same_answer_and_hears_it(desk, sent):
    answer = sent(TEXT)
    form = fields(desk.get(page_of(answer)), do="select:2-8", kind="NICKNAME")
    desk.post(page_of(answer), form)
    desk.logout()
    reply = desk.post(page_of(answer), form | {"do": "clear"})
    assert reply.status_code == 302 and reply.url.startswith("/accounts/login/")
    desk.force_login(desk.user, backend="django.contrib.auth.backends.ModelBackend")
    back = desk.get(page_of(answer) + "?was=out")
    assert b"your last press did nothing" in back.content and b'value="2:8:NICKNAME:1"' in back.content
    answer.refresh_from_db()
    assert answer.state == AnswerState.UNREAD


@pytest.mark.parametrize("name", ["keys", "away"])
def test_a_press_after_signing_out_leads_to_a_page_that_exists(client, home, name):
    reply = client.post(reverse(f"reading:{name}"))
    assert "next=/staff/reading/%3Fwas%3Dout" in reply.url


@pytest.mark.slow
def test_an_undone_decision_keeps_what_was_marked(desk, sent):
    answer = sent(TEXT)
    form = fields(desk.get(page_of(answer)), do="clear", note="A worker.")
    desk.post(page_of(answer), form | {"span": [*form["span"], "9:13:NICKNAME:1"]})
    desk.post(reverse("reading:undo", args=[answer.pk]))
    reply = desk.get(page_of(answer))
    assert b'value="9:13:NICKNAME:1"' in reply.content and b">A worker.</textarea>" in reply.content


@pytest.mark.slow
def test_what_a_reader_marked_is_for_that_reader_alone(desk, client_as, sent):
    answer = sent(TEXT)
    desk.post(page_of(answer), fields(desk.get(page_of(answer)), do="select:2-8", kind="NICKNAME"))
    desk.post(page_of(answer), {"do": "next"})
    other = client_as("moderator").get(page_of(answer))
    assert b"NICKNAME:1" not in other.content


def test_what_is_left_comes_back_later_and_not_before_the_rest(desk, sent):
    for words in ("More lights.", "A longer lunch.", "New swings."):
        sent(words)
    first = desk.get(reverse("reading:desk")).url
    second = desk.post(first, {"do": "next"}).url
    third = desk.post(second, fields(desk.get(second), do="clear", note="A test.")).url
    assert len({first, second, third}) == 3, "what was left is not the very next"
    assert desk.post(third, fields(desk.get(third), do="clear", note="A test.")).url == first, (
        "and it is not forgotten"
    )


def test_the_only_one_left_is_not_hidden(desk, sent):
    answer = sent("One.")
    reply = desk.post(page_of(answer), {"do": "next"}, follow=True)
    assert b"Nothing else waits" in reply.content and b"One." in reply.content


def test_going_back_without_having_left_anything_says_so(desk, sent):
    reply = desk.post(page_of(sent("One.")), {"do": "back"}, follow=True)
    assert b"You have left no other answer" in reply.content


# No hurry, and a way out


def test_no_page_of_an_answer_counts_what_waits_or_what_is_done(desk, sent):
    answers = [sent(f"Answer number {word}.") for word in ("one", "two", "three", "four")]
    text = re.sub(r"<[^>]+>", " ", desk.get(page_of(answers[0])).content.decode())
    assert not re.search(r"\b[0-9]+ of [0-9]+|\b4\b|unread|per hour|target", text)


def test_a_break_gives_the_answer_back_and_shows_no_words(desk, client_as, sent):
    answer = sent("My secret words")
    desk.get(page_of(answer))
    reply = desk.post(reverse("reading:away"), follow=True)
    assert b"away from the desk" in reply.content and b"My secret words" not in reply.content
    assert b"My secret words" in client_as("moderator").get(page_of(answer)).content


def test_the_guide_lists_every_key_of_the_desk_and_tells_of_practice(desk, sent):
    guide, page = desk.get(reverse("reading:guide")).content.decode(), desk.get(page_of(sent("Hi."))).content.decode()
    keys = {key.upper() for key in re.findall(r'data-key="(\w)"', page)} | set("MYSU")
    listed = set(re.findall(r"<kbd>([A-Z])</kbd>", guide))
    assert keys <= listed
    assert "Seeded answers" in guide and "not real" in guide


def test_what_waits_is_counted_for_those_who_ask(desk, sent):
    sent("One."), sent("Two.")
    assert b"2 unread" in desk.get(reverse("reading:waiting")).content
