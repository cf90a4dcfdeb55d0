"""The handover gives insights what its name says, and nothing of a person who withdrew."""

from datetime import date, timedelta

import pytest

from consultation import handover
from consultation.reading.models import Reading
from consultation.responses.models import Channel, Response
from consultation.surveys.models import PublishedVersion
from consultation.surveys.schedule.models import DateChange, DateChangeKind
from tests import factories

DAY = timedelta(days=1)
THURSDAY = date(2026, 11, 26)


@pytest.mark.parametrize(("days", "working"), [(0, 0), (1, 1), (4, 2), (-1, -1), (-6, -4)])
def test_working_days_are_left_before_a_day_and_negative_after_it(days, working):
    assert handover.working_days_until(THURSDAY + days * DAY, THURSDAY) == working


@pytest.fixture
def page(home):
    feedback = THURSDAY + 60 * DAY
    return factories.consultation(home, items=[factories.question("a")], feedback_date=feedback)[0]


def test_channels_are_all_by_which_a_person_answers_and_no_group(page):
    uncounted = {Channel.GROUP, Channel.REPLY}
    assert {channel for channel, _ in handover.list_channel_options(page)} == set(Channel.values) - uncounted


def test_group_sessions_are_counted_apart_while_they_are_not_withdrawn(page):
    version = page.versions.get()
    assert handover.list_group_sessions(page) == []
    notes = Response.objects.create(version=version, language="en", day=THURSDAY, channel=Channel.GROUP)
    Response.objects.create(version=version, language="en", day=THURSDAY)
    assert handover.list_group_sessions(page) == [notes.pk]
    Response.objects.filter(pk=notes.pk).update(withdrawn=True)
    assert handover.list_group_sessions(page) == []


def test_moves_of_the_date_are_the_unbroken_run_to_the_date_of_today(page):
    first, second, third = (page.feedback_date + days * DAY for days in (-20, -10, 0))
    for was, now in ((first - DAY, first), (first, second), (second, third)):
        DateChange.objects.create(
            page=page, kind=DateChangeKind.ANSWER, was=was, now=now, why={"en": "We need time."}, made_on=THURSDAY
        )
    moves = handover.list_feedback_date_moves([page])[page.pk]
    assert [(move.was, move.now) for move in moves] == [(first - DAY, first), (first, second), (second, third)]
    page.feedback_date = third + DAY  # set anew in the editor
    assert handover.list_feedback_date_moves([page]) == {page.pk: []}


KEPT = [(channel, word) for channel in Channel.values for word in (True, False, None)]


@pytest.mark.parametrize("kept_by_reader", [True, False])
def test_words_are_quotable_only_where_reader_and_writer_agree(page, person, kept_by_reader):
    """A no is a no in every channel; unasked, the reader decides alone, but for imports and what a helper wrote down."""
    version, reader = page.versions.get(), person("moderator")
    for channel, word in KEPT:
        factories.response(version, texts={"q-a": f"{channel} {word}"}, reader=reader, channel=channel, may_quote=word)
    Reading.objects.update(quotable=kept_by_reader)
    found = {row.text: row.quotable for row in handover.iter_released_texts()}
    asked = {f"{channel} {word}" for channel, word in KEPT if word}
    unasked = {
        f"{channel} None"
        for channel in Channel.values
        if channel not in (Channel.IMPORT, Channel.GROUP, Channel.HELPED)
    }
    assert set(found) == {f"{channel} {word}" for channel, word in KEPT}
    assert {words for words, quotable in found.items() if quotable} == (asked | unasked if kept_by_reader else set())
    assert len(list(handover.iter_closed_answers(page))) == len(KEPT), "everyone counts either way"


def test_closed_answers_are_read_in_chunks_of_every_version_and_each_once(page, monkeypatch):
    monkeypatch.setattr(handover, "CHUNK", 3)
    first = page.versions.get()
    second = PublishedVersion.objects.create(
        page=page, number=2, content=first.content, published_at=first.published_at
    )
    for version, people in ((first, 7), (second, 3)):
        factories.responses(version, [({"a": "1"}, None)] * people)
    factories.response(first, closed={"a": "1"}, excluded_from_figures=True)
    found = [answers.respondent for answers in handover.iter_closed_answers(page)]
    countable = Response.objects.filter(excluded_from_figures=False)
    assert len(found) == 10 and set(found) == set(countable.values_list("pk", flat=True))
