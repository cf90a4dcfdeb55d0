from datetime import timedelta

import pytest
from django.utils import timezone

from consultation import handover
from consultation.access import NotAllowed
from consultation.audit.models import AuditEntry
from consultation.reading import actions, reading_queue, redaction_spans
from consultation.reading.models import REPORTED, Lease, Reading, Screening
from consultation.reading.redaction_sweep import redact_screened
from consultation.reading.screening_sweep import screen_unread
from consultation.responses.models import Answer, AnswerState
from consultation.responses.signals import text_recalled
from consultation.safeguarding import actions as safeguarding
from consultation.safeguarding.models import TriageCase
from tests.consultation.safeguarding.conftest import close, decide

PLAIN = "More lights in the park would be good."


def verbs():
    return list(AuditEntry.objects.order_by("seq").values_list("verb", flat=True))


def span(text, words, kind="PERSON"):
    start = text.index(words)
    return {"start": start, "end": start + len(words), "type": kind, "why": ""}


def test_screening_writes_offsets_and_no_words(sent):
    answer = sent("My worker Kieran Doyle said call 07700 900123.")
    assert screen_unread() == 1
    assert Screening.objects.get(pk=answer.pk).spans is None
    assert redact_screened() == 1
    row = Screening.objects.get(pk=answer.pk)
    phone = next(found for found in row.spans if found["type"] == "PHONE")
    assert "My worker Kieran Doyle said call 07700 900123."[phone["start"] : phone["end"]] == "07700 900123"
    stored = f"{row.spans} {row.reasons}"
    assert "07700" not in stored and "Kieran" not in stored


def test_screening_is_idempotent(sent):
    sent(PLAIN)
    assert screen_unread() == 1
    assert screen_unread() == 0


def test_the_soon_box_always_flags_and_starts_a_clock(sent):
    answer = sent(PLAIN, soon=True)
    screen_unread()
    row = Screening.objects.get(pk=answer.pk)
    answer.refresh_from_db()
    assert row.flagged and row.priority == "T2"
    assert row.reasons[0]["category"] == "soon"
    assert answer.screening.due is not None and answer.screening.due.minute == 0


def test_an_unflagged_answer_keeps_no_time(sent):
    answer = sent(PLAIN)
    screen_unread()
    answer.refresh_from_db()
    assert not answer.screening.flagged and answer.screening.due is None


def test_text_that_the_screen_cannot_read_is_flagged(sent):
    answer = sent("Nagyon szeretném, ha több lámpa lenne az utcánkban este, mert sötét van.")
    screen_unread()
    assert Screening.objects.get(pk=answer.pk).flagged


def test_a_screen_that_fails_flags(sent, monkeypatch):
    from consultation.reading import screening

    monkeypatch.setattr(screening, "screen_texts", lambda *args, **kwargs: 1 / 0)
    answer = sent(PLAIN)
    assert screen_unread() == 1
    assert Screening.objects.get(pk=answer.pk).flagged


def test_an_answer_that_the_screen_trips_over_hides_no_other(sent, monkeypatch):
    from consultation.reading import screening

    whole = screening.screen_texts

    def trips(texts, **kwargs):
        return 1 / 0 if "Trips" in texts else whole(texts, **kwargs)

    monkeypatch.setattr(screening, "screen_texts", trips)
    tripped, other = sent("Trips"), sent(PLAIN)
    assert screen_unread() == 2
    assert Screening.objects.get(pk=tripped.pk).reasons[0]["label"] == "The screen could not read it"
    assert not Screening.objects.get(pk=other.pk).flagged


def test_nothing_is_screened_where_no_key_is(sent, settings):
    answer = sent(PLAIN)
    settings.ANSWER_OPEN_KEYS = []
    assert screen_unread() == 0
    assert not Screening.objects.filter(pk=answer.pk).exists()


def test_flagged_first_then_the_older_day(sent, reader):
    today = timezone.localdate()
    late, early = sent(PLAIN, day=today), sent("A bench near the bus stop.", day=today - timedelta(days=3))
    soon = sent("Please", soon=True, day=today)
    screen_unread()
    order = []
    for _ in range(3):
        answer = actions.lease_next_unread(reader)
        order.append(answer.pk)
        actions.decide_answer(answer=answer, by=reader, decision="clear", spans=[], note="They are well.")
    assert order == [soon.pk, early.pk, late.pk]
    assert actions.lease_next_unread(reader) is None


def test_two_readers_never_get_the_same_answer(sent, reader, colleague):
    sent(PLAIN), sent("A bench.")
    first, second = actions.lease_next_unread(reader), actions.lease_next_unread(colleague)
    assert first.pk != second.pk
    assert actions.lease_next_unread(reader).pk == first.pk
    assert actions.lease_next_unread(colleague).pk == second.pk


def test_what_a_colleague_decided_a_moment_ago_is_not_taken_and_not_called_seen(sent, reader, colleague):
    answer = sent(PLAIN)
    seen_in_the_queue = Answer.objects.get(pk=answer.pk)
    actions.decide_answer(answer=answer, by=colleague, decision="clear", spans=[])
    assert not reading_queue.lease_answer(seen_in_the_queue, reader)
    assert not Lease.objects.exists() and "raw text viewed" not in verbs()


def test_a_lease_ends_by_itself(sent, reader, colleague):
    answer = sent(PLAIN)
    assert actions.lease_next_unread(reader) == answer
    assert actions.lease_next_unread(colleague) is None
    Lease.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert actions.lease_next_unread(colleague) == answer
    with pytest.raises(NotAllowed):
        actions.decide_answer(answer=answer, by=reader, decision="clear", spans=[])


def test_clearing_stores_the_confirmed_redaction_and_waits(sent, reader):
    text = "Kieran is leaving at Easter."
    answer = sent(text)
    now = timezone.now()
    reading = actions.decide_answer(answer=answer, by=reader, decision="clear", spans=[span(text, "Kieran")], now=now)
    assert "Kieran" not in reading.text and reading.text.endswith("is leaving at Easter.")
    assert reading.quotable and not reading.released
    assert reading.release_at == now + timedelta(minutes=10)
    assert answer.state == AnswerState.CLEARED
    assert list(handover.iter_released_texts()) == []


def test_the_audit_log_holds_ids_and_no_words(sent, reader):
    text = "Kieran is leaving."
    answer = sent(text)
    actions.open_answer_text(answer=answer, by=reader)
    actions.decide_answer(
        answer=answer, by=reader, decision="clear", spans=[span(text, "Kieran")], note="Kieran is a worker"
    )
    entry = AuditEntry.objects.get(verb="answer cleared")
    assert (entry.actor, entry.object_id) == (str(reader.pk), str(answer.pk))
    assert "raw text viewed" in verbs()
    assert "Kieran" not in str(list(AuditEntry.objects.values()))


def test_changing_the_proposal_is_recorded_without_how_many_names_the_words_have(sent, reader):
    answer = sent("Call 07700 900123 please.")
    screen_unread()
    redact_screened()
    actions.decide_answer(answer=answer, by=reader, decision="clear", spans=[])
    entry = AuditEntry.objects.get(verb="redaction changed")
    assert (entry.object_id, entry.data) == (str(answer.pk), {})


def test_release_when_the_time_to_undo_is_over(sent, reader):
    answer = sent(PLAIN)
    now = timezone.now()
    actions.decide_answer(answer=answer, by=reader, decision="clear", spans=[], now=now)
    assert actions.release_due_answers(now + timedelta(minutes=9, seconds=59)) == 0
    assert actions.release_due_answers(now + timedelta(minutes=10)) == 1
    assert actions.release_due_answers(now + timedelta(minutes=10)) == 0
    answer.refresh_from_db()
    assert answer.state == AnswerState.RELEASED
    assert [(row.id, row.text, row.quotable) for row in handover.iter_released_texts()] == [(answer.pk, PLAIN, True)]


def test_never_quote_is_released_and_not_quotable(sent, reader):
    answer = sent(PLAIN)
    actions.decide_answer(
        answer=answer, by=reader, decision="never_quote", spans=[], now=timezone.now() - timedelta(hours=1)
    )
    actions.release_due_answers()
    assert [row.quotable for row in handover.iter_released_texts()] == [False]


@pytest.mark.parametrize("decision", ["hold", "triage", "not_used"])
def test_what_is_not_cleared_stores_no_text_and_is_never_released(sent, reader, decision):
    answer = sent(PLAIN)
    reading = actions.decide_answer(answer=answer, by=reader, decision=decision, spans=[])
    assert reading.text == "" and reading.release_at is None
    assert actions.release_due_answers(timezone.now() + timedelta(days=1)) == 0
    assert list(handover.iter_released_texts()) == []


def test_undo_before_release(sent, reader):
    answer = sent(PLAIN)
    actions.decide_answer(answer=answer, by=reader, decision="clear", spans=[])
    actions.undo_decision(answer=answer, by=reader)
    assert answer.state == AnswerState.UNREAD
    assert not Reading.objects.filter(pk=answer.pk).exists()
    assert actions.release_due_answers(timezone.now() + timedelta(days=1)) == 0
    assert actions.lease_next_unread(reader) == answer


def test_no_undo_after_release_or_by_another(sent, reader, colleague):
    answer = sent(PLAIN)
    actions.decide_answer(answer=answer, by=reader, decision="clear", spans=[])
    with pytest.raises(NotAllowed):
        actions.undo_decision(answer=answer, by=colleague)
    actions.release_due_answers(timezone.now() + timedelta(minutes=10))
    with pytest.raises(NotAllowed):
        actions.undo_decision(answer=answer, by=reader)


def test_a_held_answer_is_read_by_a_colleague(sent, reader, colleague):
    answer = sent(PLAIN)
    actions.decide_answer(answer=answer, by=reader, decision="hold", spans=[])
    assert actions.lease_next_awaiting_colleague(reader) is None
    with pytest.raises(NotAllowed):
        actions.decide_answer(answer=answer, by=reader, decision="clear", spans=[])
    assert actions.lease_next_awaiting_colleague(colleague) == answer
    actions.decide_answer(answer=answer, by=colleague, decision="clear", spans=[])
    assert answer.state == AnswerState.CLEARED


def test_undoing_a_colleagues_answer_to_a_question_holds_it_again(sent, reader, colleague):
    answer = sent(PLAIN)
    actions.decide_answer(answer=answer, by=reader, decision="hold", spans=[])
    actions.decide_answer(answer=answer, by=colleague, decision="clear", spans=[])
    actions.undo_decision(answer=answer, by=colleague)
    assert answer.state == AnswerState.AWAITING_COLLEAGUE
    assert Reading.objects.get(pk=answer.pk).text == ""
    with pytest.raises(NotAllowed):
        actions.decide_answer(answer=answer, by=reader, decision="clear", spans=[])


def test_triage_opens_a_case_and_takes_the_answer_off_the_desk(sent, reader):
    answer = sent(PLAIN)
    actions.decide_answer(
        answer=answer, by=reader, decision="triage", spans=[], note="It sounds like a hint.", priority="T1"
    )
    case = TriageCase.objects.get(answer=answer)
    assert (case.priority, case.why, case.opened_by) == ("T1", "It sounds like a hint.", reader)
    assert answer.state == AnswerState.TRIAGE
    assert actions.lease_next_unread(reader) is None
    with pytest.raises(NotAllowed):
        actions.undo_decision(answer=answer, by=reader)


def test_a_handle_with_a_sign_of_harm_needs_a_reason_to_be_cleared(sent, reader):
    answer = sent("message @tash.w08 she knows")
    Screening.objects.create(
        answer=answer, order=[True, "T2", ""], engine="test",
        reasons=[{"rule": "x", "category": "contact", "label": "x", "start": 0, "end": 1}],
        spans=[{"start": 8, "end": 17, "type": "HANDLE", "why": ""}],
    )  # fmt: skip
    with pytest.raises(actions.NeedsReason):
        actions.decide_answer(answer=answer, by=reader, decision="clear", spans=[])
    answer.refresh_from_db()
    assert answer.state == AnswerState.UNREAD
    actions.decide_answer(answer=answer, by=reader, decision="clear", spans=[], note="A singer's public account.")
    assert answer.state == AnswerState.CLEARED


def false_positive(case, lead):
    safeguarding.claim_case(case=case, by=lead)
    decide(case, lead, "no-concern", reason="A song.")
    close(case, lead, "false positive", reason="A song lyric.", reporting_duty="not-applicable")


def test_a_false_positive_comes_back_and_is_never_quoted(sent, reader, person):
    answer = sent(PLAIN)
    actions.decide_answer(answer=answer, by=reader, decision="triage", spans=[])
    false_positive(answer.case, person("safeguarding_lead"))
    assert actions.lease_next_unread(reader) == answer
    reading = actions.decide_answer(answer=answer, by=reader, decision="clear", spans=[], quotable=True)
    assert reading.was_triaged and not reading.quotable


def test_reopening_a_case_takes_a_released_answer_back_at_once(sent, reader, person):
    lead, answer = person("safeguarding_lead"), sent(PLAIN)
    actions.decide_answer(answer=answer, by=reader, decision="triage", spans=[])
    false_positive(case := answer.case, lead)
    actions.decide_answer(answer=answer, by=reader, decision="clear", spans=[])
    actions.release_due_answers(timezone.now() + timedelta(minutes=10))
    recalled = []
    listener = lambda *, answer, **kwargs: recalled.append(answer)  # noqa: E731
    text_recalled.connect(listener)
    try:
        safeguarding.reopen_case(case=case, by=lead, why="A teacher rang.")
    finally:
        text_recalled.disconnect(listener)
    answer.refresh_from_db()
    assert answer.state == AnswerState.TRIAGE and recalled == [answer.pk]
    assert list(handover.iter_released_texts()) == []


def test_a_name_left_in_takes_a_released_answer_back_to_the_top_of_the_desk(sent, reader, person):
    other, answer = sent("A bench."), sent(PLAIN)
    screen_unread()
    actions.decide_answer(answer=answer, by=reader, decision="clear", spans=[])
    actions.release_due_answers(timezone.now() + timedelta(minutes=10))
    actions.recall_answer(answer=answer, by=person("planner"), concern=False)
    assert list(handover.iter_released_texts()) == []
    assert actions.lease_next_unread(reader) == answer
    assert Answer.objects.get(pk=other.pk).state == AnswerState.UNREAD


def test_reporting_released_words_is_one_way(sent, reader, person):
    answer, planner = sent(PLAIN), person("planner")
    actions.decide_answer(answer=answer, by=reader, decision="clear", spans=[])
    actions.release_due_answers(timezone.now() + timedelta(minutes=10))
    assert handover.report_released_text(answer=answer.pk, by=planner, concern=True) is None
    assert handover.report_released_text(answer=answer.pk, by=planner, concern=True) is None
    assert list(handover.iter_released_texts()) == []
    assert AuditEntry.objects.get(verb="answer recalled").data == {"concern": True}
    case = TriageCase.objects.get(answer=answer)
    assert case.opened_by == planner and case.priority == "T2"


def test_a_name_left_in_starts_a_clock_even_where_nothing_was_screened(sent, reader, person):
    answer = sent(PLAIN)
    actions.decide_answer(answer=answer, by=reader, decision="clear", spans=[])
    assert not Screening.objects.filter(pk=answer.pk).exists()
    actions.recall_answer(answer=answer, by=person("planner"), concern=False)
    assert answer.screening.due is not None and Screening.objects.get(pk=answer.pk).flagged


def test_a_name_left_in_is_reported_on_a_process_without_keys(sent, reader, person, settings):
    answer = sent("I am scared to go home. He hits me every night.")
    screen_unread()
    actions.decide_answer(answer=answer, by=reader, decision="clear", spans=[], note="Looked.")
    before = Screening.objects.get(pk=answer.pk).reasons
    keys, settings.ANSWER_OPEN_KEYS = settings.ANSWER_OPEN_KEYS, []
    actions.recall_answer(answer=answer, by=person("planner"), concern=False)
    settings.ANSWER_OPEN_KEYS = keys
    screening = Screening.objects.get(pk=answer.pk)
    assert screening.list_reasons() == [REPORTED, *before] and before


def test_reported_words_whose_original_is_erased_are_gone_for_good(sent, reader, person):
    answer = sent(PLAIN)
    actions.decide_answer(answer=answer, by=reader, decision="clear", spans=[])
    actions.release_due_answers(timezone.now() + timedelta(minutes=10))
    Answer.objects.filter(pk=answer.pk).update(sealed=b"")
    actions.recall_answer(answer=answer, by=person("planner"), concern=False)
    assert answer.state == AnswerState.NOT_USED and actions.lease_next_unread(reader) is None
    assert list(handover.iter_released_texts()) == []


def test_a_concern_about_an_answer_whose_case_was_closed_opens_it_again(sent, reader, person):
    answer, planner = sent(PLAIN), person("planner")
    actions.decide_answer(answer=answer, by=reader, decision="triage", spans=[])
    case = TriageCase.objects.get(answer=answer)
    false_positive(case, person("safeguarding_lead"))
    actions.decide_answer(answer=answer, by=reader, decision="clear", spans=[])
    actions.release_due_answers(timezone.now() + timedelta(minutes=10))
    handover.report_released_text(answer=answer.pk, by=planner, concern=True)
    case.refresh_from_db()
    assert case.state == "reopened" and TriageCase.objects.count() == 1


def test_a_span_outside_the_text_is_refused(sent, reader):
    answer = sent("Hi")
    for start, end, kind in ((0, 3, "PERSON"), (-1, 1, "PERSON"), (1, 1, "PERSON"), (0, 1, "SECRET")):
        with pytest.raises(redaction_spans.InvalidSpan):
            actions.decide_answer(
                answer=answer, by=reader, decision="clear", spans=[{"start": start, "end": end, "type": kind}]
            )


def test_redaction_after_an_emoji_is_exact(sent, reader):
    text = "🦋🦋 tell Tasha 👩‍👧 and Tasha again"
    answer = sent(text)
    marked = [{"start": at, "end": end, "type": "PERSON"} for at, end in redaction_spans.find_words(text, "tasha")]
    reading = actions.decide_answer(answer=answer, by=reader, decision="clear", spans=marked)
    assert "asha" not in reading.text
    assert reading.text.startswith("🦋🦋 tell [PERSON") and " 👩‍👧 and [PERSON" in reading.text
    assert reading.text.endswith("] again")
