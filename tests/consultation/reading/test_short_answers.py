"""Short answers without findings are read several at once, yet leased, confirmed and undone one by one."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from consultation.audit.models import AuditEntry
from consultation.reading import actions, short_answers
from consultation.reading.models import Reading, Screening
from consultation.responses.models import Answer, AnswerState
from tests import factories


@pytest.fixture
def calm(sent):
    """calm("words", ...): short answers that the screen found nothing in."""

    def make(*texts, **fields):
        answers = [sent(words, **fields) for words in texts]
        for answer in answers:
            Screening.objects.create(answer=answer, order=[False, "", ""], engine="test")
        return answers

    return make


WORDS = ("More lights.", "More buses.", "A bench.", "Bins.")


def shown(reader):
    return {one.answer.pk for one in short_answers.lease_short_answers(reader)}


def test_short_answers_come_together(calm, reader):
    answers = calm(*WORDS)
    assert shown(reader) == {answer.pk for answer in answers}
    assert short_answers.has_enough_short_answers(reader, None)


@pytest.mark.parametrize(
    "change",
    [
        {"order": [True, "T3", ""]},
        {"spans": [{"start": 0, "end": 3, "type": "PERSON", "why": ""}]},
        {"copy": True},
    ],
)
def test_what_was_flagged_proposed_or_copied_is_read_alone(calm, reader, change):
    answer, *others = calm(*WORDS)
    Screening.objects.filter(pk=answer.pk).update(**change)
    assert shown(reader) == {one.pk for one in others}


def test_what_is_long_or_asked_to_be_read_soon_or_unscreened_is_read_alone(calm, sent, reader):
    others = calm(*WORDS)
    calm("word " * 40), calm("Please.", soon=True), sent("Not screened.")
    assert shown(reader) == {one.pk for one in others}


def test_length_is_counted_in_characters_of_any_script(calm, reader):
    urdu, butterflies = calm("ہماری گلی میں روشنی کم ہے۔ " * 5, "🦋" * short_answers.LONGEST)
    assert shown(reader) == {urdu.pk, butterflies.pk}
    calm("🦋" * (short_answers.LONGEST + 1))
    assert shown(reader) == {urdu.pk, butterflies.pk}


def test_one_page_is_one_question(calm, home, reader):
    calm(*WORDS)
    _, version = factories.consultation(home, slug="other", items=[factories.question("a", "long_text")])
    calm("Elsewhere.", version=version)
    found = short_answers.lease_short_answers(reader)
    assert len({one.answer.response.version_id for one in found}) == 1


def test_nine_at_most_and_a_reload_shows_the_same(calm, reader):
    calm(*[f"Number {n}." for n in range(12)])
    first = shown(reader)
    assert len(first) == 9 and shown(reader) == first
    assert AuditEntry.objects.filter(verb="raw text viewed").count() == 9


def test_two_readers_see_different_ones(calm, reader, colleague):
    calm(*[f"Number {n}." for n in range(12)])
    assert not shown(reader) & shown(colleague)


def test_clearing_together_leaves_a_trace_for_each_and_waits_ten_minutes(calm, reader):
    answers, now = calm(*WORDS), timezone.now()
    short_answers.lease_short_answers(reader)
    assert short_answers.clear_short_answers(answers=answers, by=reader, now=now) == 4
    assert AuditEntry.objects.filter(verb="answer cleared").count() == 4
    assert actions.release_due_answers(now + timedelta(minutes=9)) == 0
    assert actions.release_due_answers(now + timedelta(minutes=10)) == 4
    assert set(Reading.objects.values_list("text", flat=True)) == set(WORDS)


def test_what_is_not_open_on_this_desk_is_not_cleared(calm, reader, colleague):
    answers = calm(*WORDS)
    short_answers.lease_short_answers(colleague)
    assert short_answers.clear_short_answers(answers=answers, by=reader) == 0
    assert Answer.objects.unread().count() == 4


def test_all_or_none_when_one_goes_to_triage_first(calm, reader):
    answers = calm(*WORDS)
    short_answers.lease_short_answers(reader)
    Screening.objects.filter(pk=answers[0].pk).update(
        order=[True, "T3", ""], reasons=[{"category": "x"}], spans=[{"start": 0, "end": 2, "type": "PERSON"}]
    )
    with pytest.raises(actions.NeedsReason):
        short_answers.clear_short_answers(answers=answers, by=reader)
    assert Answer.objects.unread().count() == 4


def test_what_was_taken_out_is_read_alone_by_whoever_comes_first(calm, reader, colleague):
    answers = calm(*WORDS)
    short_answers.lease_short_answers(reader)
    short_answers.exclude_from_batches(answers=answers[:1], by=reader)
    assert answers[0].pk not in shown(reader)
    assert actions.lease_next_unread(colleague) == answers[0]


# The page


def page(desk):
    return desk.get(reverse("reading:short")).content.decode()


def test_the_page_shows_words_escaped_with_a_tick_and_a_key_each(desk, calm):
    calm("<b>More</b> lights.", *WORDS[1:])
    text = page(desk)
    assert "&lt;b&gt;More&lt;/b&gt;" in text and text.count('name="clear"') == 4
    assert [f"<kbd>{n}</kbd>" in text for n in (1, 4, 5)] == [True, True, False]


def test_ticked_are_cleared_and_the_others_come_one_by_one(desk, calm):
    answers = calm(*WORDS)
    page(desk)
    keys = [str(answer.pk) for answer in answers]
    reply = desk.post(reverse("reading:short"), {"shown": keys, "clear": keys[1:], "do": "clear"}, follow=True)
    assert "The others are read one by one" in reply.content.decode() and "More lights." in reply.content.decode()
    assert set(Reading.objects.values_list("answer_id", flat=True)) == {answer.pk for answer in answers[1:]}
    assert "Undo the last 3 together: cleared" in reply.content.decode()
    as_one = Reading.objects.values_list("together", flat=True).first()
    desk.post(reverse("reading:undo-together", args=[as_one]))
    assert Answer.objects.unread().count() == 4 and not Reading.objects.exists()


def test_undo_after_the_release_changes_nothing(desk, calm):
    answers = calm(*WORDS)
    page(desk)
    desk.post(reverse("reading:short"), {"shown": [a.pk for a in answers], "clear": [a.pk for a in answers]})
    as_one = Reading.objects.values_list("together", flat=True).first()
    actions.release_due_answers(timezone.now() + timedelta(minutes=10))
    desk.post(reverse("reading:undo-together", args=[as_one]))
    assert set(Answer.objects.values_list("state", flat=True)) == {AnswerState.RELEASED}


def test_all_of_them_one_by_one(desk, calm):
    answers = calm(*WORDS)
    page(desk)
    keys = [str(answer.pk) for answer in answers]
    reply = desk.post(reverse("reading:short"), {"shown": keys, "clear": keys, "do": "none"})
    assert reply.url == reverse("reading:desk") and not Reading.objects.exists()


@pytest.mark.each_on_postgresql
@pytest.mark.parametrize(
    "keys", [["x"], [""], ["0" * 36], ["' OR 1=1 --"], ["00000000-0000-0000-0000-000000000000"] * 99]
)
def test_ids_that_are_none_clear_nothing(desk, calm, keys):
    calm(*WORDS)
    reply = desk.post(reverse("reading:short"), {"shown": keys, "clear": keys, "do": "clear"})
    assert reply.status_code == 302 and not Reading.objects.exists()


def test_no_short_answers_leads_back_to_the_desk(desk, sent):
    sent("word " * 60)
    reply = desk.get(reverse("reading:short"), follow=True)
    assert "No short answers wait" in reply.content.decode()


def test_without_the_key_it_says_so(desk, calm, settings):
    calm(*WORDS)
    settings.ANSWER_OPEN_KEYS = []
    assert desk.get(reverse("reading:short")).status_code == 503


def test_an_answer_that_cannot_wait_comes_before_the_short_ones(desk, calm):
    first, *_ = calm(*WORDS)
    Screening.objects.filter(pk=first.pk).update(order=[True, "T1", ""])
    reply = desk.get(reverse("reading:short"))
    assert reply.status_code == 302 and reply.url == reverse("reading:desk")
