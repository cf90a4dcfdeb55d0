"""What to hide is proposed after the screening and apart from it: it delays no flag, and no reader goes without."""

import pytest
from django.urls import reverse

from consultation.reading import actions, redaction, redaction_sweep, screening_sweep, tasks
from consultation.reading.models import Screening
from consultation.reading.redaction_sweep import redact_screened
from consultation.reading.screening_sweep import screen_unread
from consultation.responses.models import Answer

WORDS = "Call me on 07700 900123 please."


@pytest.fixture
def stuck(monkeypatch):
    """The redaction trips over each text."""
    monkeypatch.setattr(redaction, "propose_spans", lambda *text, **more: 1 / 0)


def test_a_cry_is_flagged_before_anything_is_redacted(sent, stuck):
    answer = sent("I am scared of him and I want to die.")
    assert screen_unread() == 1
    row = Screening.objects.get(pk=answer.pk)
    assert (row.flagged, row.spans) == (True, None)
    answer.refresh_from_db()
    assert answer.screening.due is not None


def test_answers_are_redacted_in_the_order_of_their_keys_flagged_or_not_and_each_once(sent, monkeypatch):
    answers = [sent(f"More lights {number}.", soon=number % 2) for number in range(4)]
    screen_unread()
    monkeypatch.setattr(redaction_sweep, "BATCH", 1)
    for number, key in enumerate(sorted(answer.pk for answer in answers)):
        assert Screening.objects.filter(pk=key, spans__isnull=True).exists()
        assert redact_screened(seconds=0) == 1
        assert Screening.objects.filter(spans__isnull=False).count() == number + 1
        assert Screening.objects.filter(pk=key, spans__isnull=False).exists()
    assert tasks.redact_screened() is True and redact_screened() == 0


def test_a_reader_who_is_faster_than_the_sweep_gets_the_proposals(sent, reader):
    answer = sent(WORDS)
    screen_unread()
    actions.lease_next_unread(reader)
    assert actions.open_answer_text(answer=answer, by=reader) == WORDS
    assert [span["type"] for span in Screening.objects.get(pk=answer.pk).spans] == ["PHONE"]


def test_an_answer_with_proposals_is_opened_without_the_officers_words(
    sent, reader, monkeypatch, django_assert_num_queries
):
    answer = sent(WORDS)
    screen_unread()
    redact_screened()
    monkeypatch.setattr(redaction_sweep, "load_known_words", lambda: pytest.fail("loaded for no text"))
    assert actions.open_answer_text(answer=answer, by=reader) == WORDS
    with django_assert_num_queries(1):
        redaction_sweep.redact_answer(answer)


def test_an_opened_answer_is_asked_once_whether_the_reader_may_see_it(sent, reader, monkeypatch):
    answer, asked = sent(WORDS), []
    visible_to = actions.reading_queue.visible_to
    monkeypatch.setattr(actions.reading_queue, "visible_to", lambda one: asked.append(one) or visible_to(one))
    actions.open_answer_text(answer=answer, by=reader)
    assert asked == [reader]


def test_the_desk_shows_them_to_such_a_reader(sent, client_as):
    sent(WORDS)
    screen_unread()
    client_as("moderator").get(reverse("reading:desk"), follow=True)
    assert Screening.objects.get().spans


def test_what_the_rules_trip_over_is_flagged_and_due(sent, stuck):
    """Nobody may take it for a text without names."""
    answer = sent("More lights.")
    screen_unread()
    assert not Screening.objects.get(pk=answer.pk).flagged
    assert redact_screened() == 1
    row = Screening.objects.get(pk=answer.pk)
    assert (row.flagged, row.priority, row.spans, row.reasons[0]["rule"]) == (True, "T2", [], "screen")
    answer.refresh_from_db()
    assert answer.screening.due is not None
    assert redact_screened() == 0


def test_nothing_is_redacted_where_no_key_is_and_it_waits(sent, settings):
    sent(WORDS)
    screen_unread()
    settings.ANSWER_OPEN_KEYS = []
    assert redact_screened() == 0
    assert tasks.redact_screened() is False


def test_a_text_that_is_sealed_to_another_key_holds_up_no_other(sent, monkeypatch):
    locked, other = sent("Locked."), sent(WORDS)
    screen_unread()
    Answer.objects.filter(pk=locked.pk).update(sealed=b"of another key" * 9)
    assert redact_screened() == 1
    assert Screening.objects.get(pk=other.pk).spans and Screening.objects.get(pk=locked.pk).spans is None


def test_an_answer_that_nobody_can_screen_here_keeps_the_sweep_from_being_caught_up(sent, settings):
    assert tasks.screen_unread() is True
    sent(WORDS)
    settings.ANSWER_OPEN_KEYS = []
    assert tasks.screen_unread() is False


def test_a_flag_waits_for_49_others_at_most(sent, monkeypatch):
    """What is screened is stored in small steps: of 120 answers 50, 100, 120 are there after each."""
    for number in range(120):
        sent(f"More lights {number}.")
    stored, act = [], screening_sweep.screen_answers

    def screen_and_count(answers, now):
        locked = act(answers, now)
        stored.append(Screening.objects.count())
        return locked

    monkeypatch.setattr(screening_sweep, "screen_answers", screen_and_count)
    assert screen_unread() == 120
    assert stored == [50, 100, 120]


def test_those_who_want_to_be_read_soon_are_screened_first_but_no_flood_with_that_box(sent, monkeypatch):
    flood = [sent(f"Junk {number}", soon=True, excluded_from_figures=True) for number in range(3)]
    calm, soon = sent("More lights."), sent(WORDS, soon=True)
    monkeypatch.setattr(screening_sweep, "BATCH", 1)
    for count, first in ((1, soon), (2, calm)):
        screen_unread(seconds=0)
        assert Screening.objects.count() == count and Screening.objects.filter(pk=first.pk).exists()
    assert screen_unread() == len(flood)
