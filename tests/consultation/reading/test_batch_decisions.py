"""A flood on the desk: after real answers, grouped by similarity, decided and undone together."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from consultation.audit.models import AuditEntry
from consultation.reading import actions, batch_decisions, flood_similarity, reading_queue
from consultation.reading.models import Reading, Screening
from consultation.reading.screening_sweep import screen_unread
from consultation.responses.models import Answer, AnswerState, Response

pytestmark = pytest.mark.django_db
SHOUT = "Buy my stuff, it is the best in town"
CRY = "He hits me every night and I am scared"


@pytest.fixture
def flooded(sent):
    """flooded(words, ...): held answers, screened."""

    def make(*texts):
        made = [sent(words, excluded_from_figures=True) for words in texts]
        screen_unread()
        return made

    return make


def marks(*texts):
    return {flood_similarity.similarity_mark(text) for text in texts}


def test_case_signs_numbers_and_repeated_letters_make_no_difference():
    assert len(marks("Buy my stuff!!!", "BUY  my, stuff 123", "buyyy my stuff :)")) == 1
    assert len(marks("Buy my stuff", "Buy my things")) == 2


def test_a_number_alone_is_not_compared():
    assert marks("07700 900123", "!!!") == {""}


def test_a_mark_tells_nothing_without_our_key(settings):
    before = flood_similarity.similarity_mark(SHOUT)
    settings.SECRET_KEY = "another key that is long enough to be one"
    assert not set(flood_similarity.similarity_mark(SHOUT).split(":")) & set(before.split(":"))


def test_only_what_is_held_is_marked(sent, flooded):
    sent(SHOUT)
    flooded(SHOUT)
    assert sorted(bool(mark) for mark in Screening.objects.values_list("alike", flat=True)) == [False, True]


def test_held_words_come_after_what_counts_and_copies_last(sent, flooded, reader):
    held = flooded(*[SHOUT] * 6, "Quite other words that came too fast")
    real = [sent("More lights by the gate"), sent("More benches too")]
    screen_unread()
    _, ordered = reading_queue.list_waiting(reader)
    assert set(ordered[:2]) == {answer.pk for answer in real}
    assert len(ordered) == len(held) + 2
    assert Screening.objects.filter(copy=True).count() == 3


def test_a_held_cry_keeps_its_place_while_there_is_no_flood_of_cries(sent, flooded, reader):
    sent("More lights by the gate")
    cry = flooded(CRY)[0]
    screen_unread()
    assert reading_queue.list_waiting(reader)[1][0] == cry.pk


def test_in_a_flood_of_cries_those_who_count_go_first(sent, flooded, reader, monkeypatch):
    monkeypatch.setattr(reading_queue, "FLOOD", 2)
    flooded(CRY, f"{CRY} of him", f"{CRY} of them all")
    Screening.objects.update(order=[True, "T1", ""])
    real = sent("I am not safe at home, he hurts me")
    screen_unread()
    Screening.objects.filter(pk=real.pk).update(order=[True, "T2", ""])
    assert reading_queue.list_waiting(reader)[1][0] == real.pk


def test_a_group_shows_every_wording_once_and_leaves_others_out(flooded, reader):
    answers = flooded(*[SHOUT] * 4, *[f"{SHOUT}, really"] * 2, "Something quite different altogether here")
    wordings = batch_decisions.list_similar_wordings(answers[0], reader)
    said = {one.text: one.times for one in wordings}
    assert said[SHOUT] == 4
    assert "Something quite different altogether here" not in said


def test_all_that_was_shown_is_put_aside_and_taken_back(flooded, reader):
    answers = flooded(*[SHOUT] * 5)
    decided = batch_decisions.decide_wordings(
        wordings=batch_decisions.list_similar_wordings(answers[0], reader), by=reader
    )
    assert not Answer.objects.unread().exists()
    assert Reading.objects.filter(together=decided, reader=reader, quotable=False).count() == 5
    entry = AuditEntry.objects.get(verb="answers not used, together")
    assert sorted(entry.data["answers"]) == sorted(str(answer.pk) for answer in answers)
    assert batch_decisions.undo_batch(together=decided, by=reader) == 5
    assert Answer.objects.unread().count() == 5
    assert not Reading.objects.exists()
    assert AuditEntry.objects.filter(verb="decision undone, together").exists()


def test_after_ten_minutes_or_by_another_it_is_not_taken_back(flooded, reader, colleague):
    answers = flooded(*[SHOUT] * 3)
    decided = batch_decisions.decide_wordings(
        wordings=batch_decisions.list_similar_wordings(answers[0], reader), by=reader
    )
    assert batch_decisions.undo_batch(together=decided, by=colleague) == 0
    later = timezone.now() + timedelta(minutes=11)
    assert batch_decisions.undo_batch(together=decided, by=reader, now=later) == 0


def test_what_a_colleague_has_open_stays(flooded, reader, colleague):
    answers = flooded(*[SHOUT] * 5)
    reading_queue.lease_answer(answers[2], colleague)
    batch_decisions.decide_wordings(wordings=batch_decisions.list_similar_wordings(answers[0], reader), by=reader)
    assert Answer.objects.unread().get() == answers[2]


def test_what_real_people_wrote_is_never_in_a_group(sent, flooded, reader):
    real = sent(SHOUT)
    answers = flooded(*[SHOUT] * 4)
    batch_decisions.decide_wordings(wordings=batch_decisions.list_similar_wordings(answers[0], reader), by=reader)
    assert Answer.objects.unread().get() == real
    assert batch_decisions.count_similar_answers(real, reader) == 0


def test_a_flag_is_not_put_aside_without_a_reason(flooded, reader):
    answers = flooded(*[CRY] * 4)
    wordings = batch_decisions.list_similar_wordings(answers[0], reader)
    with pytest.raises(actions.NeedsReason):
        batch_decisions.decide_wordings(wordings=wordings, by=reader)
    assert Answer.objects.unread().count() == 4
    batch_decisions.decide_wordings(wordings=wordings, by=reader, note="The words of a song.")
    assert {one.note for one in Reading.objects.all()} == {"The words of a song."}


def test_the_sweep_takes_real_words_first_also_those_that_came_meanwhile(sent, monkeypatch):
    from consultation.reading import screening_sweep

    monkeypatch.setattr(screening_sweep, "BATCH", 2)
    for n in range(6):
        sent(f"Junk number {n}", excluded_from_figures=True)
    real = [sent("More lights"), sent("More benches")]
    screen_unread(seconds=0)
    assert set(Screening.objects.values_list("pk", flat=True)) == {answer.pk for answer in real}
    late = sent("More buses")
    screen_unread(seconds=0)
    assert Screening.objects.filter(pk=late.pk).exists()
    assert screen_unread() == 5


# The pages


def group_of(answer):
    return reverse("reading:group", args=[answer.pk])


def test_the_page_of_an_answer_leads_to_those_alike(flooded, desk):
    answer = flooded(*[SHOUT] * 4)[0]
    html = desk.get(reverse("reading:answer", args=[answer.pk])).content.decode()
    assert "See the 4 that are alike" in html
    assert group_of(answer) in html


def test_the_preview_shows_wordings_and_the_audit_log_says_so(flooded, desk):
    answer = flooded(*[SHOUT] * 4, "<b>Buy</b> my stuff, it is the best in town")[0]
    html = desk.get(group_of(answer)).content.decode()
    assert SHOUT in html
    assert "<b>Buy</b>" not in html
    entry = AuditEntry.objects.get(verb="raw texts viewed together")
    assert entry.actor == str(desk.user.pk)
    assert entry.data["like"] >= 4


def test_one_press_puts_aside_what_is_ticked(flooded, desk):
    answer = flooded(*[SHOUT] * 4, *[f"{SHOUT} really"] * 3)[0]
    mark = Screening.objects.get(pk=answer.pk).alike
    reply = desk.post(group_of(answer), {"wording": [mark]}, follow=True)
    assert "4 answers are read, and not used" in reply.content.decode()
    assert Answer.objects.unread().count() == 3
    done = desk.get(reverse("reading:done")).content.decode()
    assert "4 answers: read, not used" in done


def test_undo_is_on_the_desk_and_on_the_page_of_what_was_done(flooded, desk):
    answer = flooded(*[SHOUT] * 4)[0]
    mark = Screening.objects.get(pk=answer.pk).alike
    reply = desk.post(group_of(answer), {"wording": [mark]}, follow=True)
    assert "Undo the last 4 together" in reply.content.decode()
    decided = Reading.objects.values_list("together", flat=True)[0]
    reply = desk.post(reverse("reading:undo-together", args=[decided]), follow=True)
    assert "4 answers are unread again" in reply.content.decode()
    assert Answer.objects.unread().count() == 4
    reply = desk.post(reverse("reading:undo-together", args=[decided]), follow=True)
    assert "The time to undo is over" in reply.content.decode()


def test_nothing_ticked_and_a_flag_without_a_note_are_told(flooded, desk):
    answer = flooded(*[CRY] * 4)[0]
    mark = Screening.objects.get(pk=answer.pk).alike
    assert desk.post(group_of(answer), {}).status_code == 422
    reply = desk.post(group_of(answer), {"wording": [mark], "note": "  "})
    assert reply.status_code == 422
    assert "Say in the note why nobody needs help" in reply.content.decode()
    assert Answer.objects.unread().count() == 4


def test_a_group_that_is_gone_leads_back_to_the_desk(sent, desk):
    reply = desk.get(group_of(sent("Only me")), follow=True)
    assert "No other answers like this one wait" in reply.content.decode()


def test_figures_know_nothing_of_the_held(flooded, asked):
    from consultation import handover

    flooded(*[SHOUT] * 12)
    assert list(handover.iter_closed_answers(asked[0])) == []
    assert Response.objects.filter(excluded_from_figures=True).count() == 12
    assert set(Answer.objects.values_list("state", flat=True)) == {AnswerState.UNREAD}
