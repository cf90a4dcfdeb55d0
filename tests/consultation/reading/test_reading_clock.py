"""No move drops the clock of a flagged answer: the rule itself, and random histories by every verb that moves one."""

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from consultation.access import NotAllowed
from consultation.reading import actions, batch_decisions, reading_clock, reading_queue, screening_sweep, tasks
from consultation.reading.models import Reading, ReadingDecision, ReadingOrder, Screening
from consultation.responses.models import RUNNING_CLOCK, STANDING_CLOCK, Answer, AnswerState
from consultation.responses.vault import generate_key_pair
from consultation.safeguarding import actions as safeguarding
from consultation.safeguarding.clocks import LONDON, write_slot
from consultation.safeguarding.models import CaseState, TriageCase
from consultation.safeguarding.states import TAKEN_BACK
from tests.consultation.safeguarding.conftest import close, decide

START = datetime(2026, 11, 23, 9, 0, tzinfo=LONDON)
READERS = st.sampled_from([0, 1])
MORE_TIME = st.sampled_from([timedelta(minutes=1), timedelta(minutes=11), timedelta(hours=3), timedelta(days=3)])
REASONS = st.sampled_from(["", "x"])


@pytest.mark.parametrize("state", AnswerState)
@pytest.mark.parametrize("due", [None, START, START + timedelta(hours=1)])
def test_a_clock_runs_stands_or_has_ended(sent, state, due):
    answer = sent("Please")
    screening_sweep.screen_unread(START)
    Screening.objects.update(order=[True, "T2", ""], clock=due and write_slot(due))
    reading_clock.move_with_clock(answer, state, START)
    after, asked_for = Screening.objects.get().due, reading_clock.order_due(ReadingOrder(True, "T2", ""), START)
    if state in RUNNING_CLOCK:
        assert after == (due or asked_for)
    else:
        assert after == (due if state in STANDING_CLOCK else None)


def test_every_state_is_named_once():
    ended = {AnswerState.RELEASED}
    assert {*RUNNING_CLOCK, *STANDING_CLOCK, *ended} == set(AnswerState)
    assert len(RUNNING_CLOCK) + len(STANDING_CLOCK) + len(ended) == len(AnswerState)


class AnyHistory(RuleBasedStateMachine):
    """Two readers, a lead and one flagged answer. The earliest slot that it was ever due in is kept beside it."""

    people: list = []
    lead = answer = None

    @initialize(priority=st.sampled_from(["T1", "T2", "T3"]))
    def begin(self, priority):
        TriageCase.objects.all().delete()
        Reading.objects.all().delete()
        Screening.objects.update(order=[True, priority, ""], clock="", reported=False)
        self.now = START
        self.answer.refresh_from_db()
        self.answer.state = AnswerState.UNREAD
        self.answer.save()
        reading_clock.start_missing_clocks(self.now)
        self.answer.refresh_from_db()
        self.promised, self.promised_case = self.due, None

    @property
    def due(self):
        return Screening.objects.get(pk=self.answer.pk).due

    def stored(self):
        return [list(model.objects.filter(pk=self.answer.pk).values()) for model in (Answer, Screening)]

    def attempt(self, verb, **arguments):
        """Try a verb. One that is refused changes nothing."""
        before = self.stored()
        try:
            verb(answer=self.answer, **arguments)
        except NotAllowed:
            assert self.stored() == before
        self.answer.refresh_from_db()

    @rule(more=MORE_TIME)
    def wait(self, more):
        self.now += more

    @rule(by=READERS, decision=st.sampled_from(ReadingDecision.values), note=REASONS)
    def decide(self, by, decision, note):
        self.attempt(actions.decide_answer, by=self.people[by], decision=decision, spans=[], note=note, now=self.now)

    @rule(by=READERS, decision=st.sampled_from(["clear", "hold", "not_used"]), again=st.booleans())
    def decide_and_undo(self, by, decision, again):
        """The usual way, which random verbs seldom find; perhaps twice, so that nobody gains time by repeating it."""
        for _ in range(1 + again):
            self.decide(by, decision, "x")
            self.undo(by)

    @rule(by=READERS)
    def undo(self, by):
        self.attempt(actions.undo_decision, by=self.people[by], now=self.now)

    @rule(by=READERS)
    def take_back(self, by):
        self.attempt(actions.take_back_from_leads, by=self.people[by], now=self.now)

    @rule(by=READERS, again=st.booleans(), more=MORE_TIME)
    def send_and_take_back(self, by, again, more):
        """Perhaps twice, so that nobody gains time by repeating it; the invariants hold on the way too."""
        for _ in range(1 + again):
            self.decide(by, "triage", "x")
            self.nobody_gains_time()
            self.nobody_gains_time_with_the_leads()
            self.now += more
            self.take_back(by)

    @rule()
    def lead_claims_it(self):
        case = TriageCase.objects.filter(answer=self.answer, state=CaseState.NEW).first()
        if case is not None:
            safeguarding.claim_case(case=case, by=self.lead, now=self.now)
            self.answer.refresh_from_db()

    @rule(by=READERS)
    def open_and_leave(self, by):
        reading_queue.lease_answer(self.answer, self.people[by], self.now)
        actions.leave_for_later(answer=self.answer, by=self.people[by], now=self.now)

    @rule()
    def sweep(self):
        screening_sweep.screen_unread(self.now)
        actions.release_due_answers(self.now)
        reading_clock.erase_ended_clocks(self.now)
        reading_clock.start_missing_clocks(self.now)
        self.answer.refresh_from_db()

    @rule(concern=st.booleans())
    def recall(self, concern):
        self.attempt(actions.recall_answer, by=self.lead, concern=concern, now=self.now)

    @rule()
    def lead_returns_it(self):
        case = TriageCase.objects.filter(answer=self.answer, state=CaseState.NEW).first()
        if case is not None and case.priority != "T1":
            safeguarding.claim_case(case=case, by=self.lead, now=self.now)
            self.promised = None  # a lead has it: no reader can take it back
            decide(case, self.lead, CaseState.NO_CONCERN, now=self.now)
            close(case, self.lead, "false positive", now=self.now)
            self.answer.refresh_from_db()

    @rule()
    def lead_reopens_it(self):
        case = TriageCase.objects.filter(answer=self.answer, state=CaseState.CLOSED).first()
        if case is not None:
            safeguarding.reopen_case(case=case, by=self.lead, why="Again.", now=self.now)
            self.answer.refresh_from_db()

    @invariant()
    def flagged_and_undecided_has_priority_and_slot(self):
        if self.answer.state in RUNNING_CLOCK:
            screening = Screening.objects.get(pk=self.answer.pk)
            assert screening.flagged and screening.priority in ("T1", "T2", "T3")
            assert self.due is not None

    @invariant()
    def nobody_gains_time(self):
        """A slot moves to an earlier one alone, until an outcome that can no longer be taken back ends it."""
        sent = Reading.objects.filter(reading_queue.can_be_taken_back(self.now), pk=self.answer.pk)
        if self.due is None:
            assert not sent.exists(), "its reader may take it back"
            self.promised = None
        else:
            assert self.promised is None or self.due <= self.promised
            self.promised = self.due

    @invariant()
    def nobody_gains_time_with_the_leads(self):
        """Until a lead claims it, the deadline of a case moves to an earlier one alone, taken back or not."""
        case = TriageCase.objects.filter(answer=self.answer).first()
        if case is None or not (case.state == CaseState.NEW or case.outcome == TAKEN_BACK):
            self.promised_case = None
        else:
            assert self.promised_case is None or case.due_at <= self.promised_case
            self.promised_case = case.due_at

    @invariant()
    def with_the_leads_means_an_open_case(self):
        if self.answer.state == AnswerState.TRIAGE:
            assert TriageCase.objects.exclude(state=CaseState.CLOSED).filter(answer=self.answer).exists() or (
                TriageCase.objects.get(answer=self.answer).outcome not in ("false positive", TAKEN_BACK)
            )

    @invariant()
    def nothing_ended_without_a_person_and_a_reason(self):
        if self.answer.state in (AnswerState.CLEARED, AnswerState.NOT_USED, AnswerState.RELEASED):
            reading = Reading.objects.get(pk=self.answer.pk)
            assert reading.reader_id and (reading.note or reading.was_triaged)


@pytest.mark.slow
@pytest.mark.any_database
def test_no_history_drops_a_clock(sent, person):
    answer = sent("Please read this.", soon=True)
    screening_sweep.screen_unread(START)
    people = [person("moderator"), person("moderator")]
    lead = person("safeguarding_lead")
    machine = type("OfThisTest", (AnyHistory,), {"people": people, "lead": lead, "answer": answer})
    run_state_machine_as_test(
        machine, settings=settings(max_examples=80, stateful_step_count=25, suppress_health_check=list(HealthCheck))
    )


def test_a_flood_that_is_decided_together_and_undone_keeps_its_clocks(asked, sent, reader):
    words = "I want more lights in the park and a bench beside the pond please, soon."
    flood = [sent(words, soon=True, excluded_from_figures=True) for _ in range(6)]
    screening_sweep.screen_unread()
    due = {row.due for row in Screening.objects.all()}
    assert None not in due, "a copy that ranks last is due as well"
    wordings = batch_decisions.list_similar_wordings(flood[0], reader)
    together = batch_decisions.decide_wordings(wordings=wordings, by=reader, note="Copied from a poster.")
    assert batch_decisions.undo_batch(together=together, by=reader) == len(flood)
    assert set(Answer.objects.values_list("state", flat=True)) == {AnswerState.UNREAD}
    assert {row.due for row in Screening.objects.all()} == due


def test_a_slot_is_erased_when_its_decision_can_no_longer_be_undone(sent, reader):
    now, answer = START, sent("Please", soon=True)
    screening_sweep.screen_unread(now)
    answer.refresh_from_db()
    due = answer.screening.due
    actions.decide_answer(answer=answer, by=reader, decision="not_used", spans=[], note="A test of ours.", now=now)
    assert reading_clock.erase_ended_clocks(now + timedelta(minutes=9)) == 0
    answer.refresh_from_db()
    assert answer.screening.due == due
    assert reading_clock.erase_ended_clocks(now + timedelta(minutes=10)) == 1
    answer.refresh_from_db()
    assert answer.screening.due is None


def test_a_flagged_answer_that_lost_its_clock_gets_one_and_says_so(sent, caplog):
    answer = sent("Please", soon=True)
    screening_sweep.screen_unread()
    Screening.objects.update(clock="")
    assert reading_clock.start_missing_clocks() == 1
    answer.refresh_from_db()
    assert answer.screening.due is not None
    assert "1 flagged answers had no clock" in caplog.text
    assert reading_clock.start_missing_clocks() == 0


def test_a_name_is_reported_where_no_key_is_and_its_flag_shortens_the_clock_soon(sent, reader, lead, settings):
    answer = sent("Please")
    screening_sweep.screen_unread(START)
    Screening.objects.update(order=[True, "T1", ""])
    actions.decide_answer(answer=answer, by=reader, decision="clear", spans=[], note="Read.", now=START)
    actions.release_due_answers(START + timedelta(hours=1))
    assert Screening.objects.get().due is None
    keys, settings.ANSWER_OPEN_KEYS = settings.ANSWER_OPEN_KEYS, []
    actions.recall_answer(answer=answer, by=lead, concern=False, now=START)
    settings.ANSWER_OPEN_KEYS = keys
    t1, t2 = (reading_clock.order_due(ReadingOrder(True, each, ""), START) for each in ("T1", "T2"))
    row = Screening.objects.get()
    assert (row.due, row.priority, row.reading_order.flagged) == (t2, "T1", True)
    assert reading_clock.start_missing_clocks(START) == 0
    assert Screening.objects.get().due == t1 < t2


@pytest.mark.parametrize(("before", "after"), [("", "T2"), ("T3", "T2"), ("T2", "T2"), ("T1", "T1")])
def test_a_wish_to_be_read_soon_that_comes_after_the_screen_is_flagged_and_due(sent, before, after):
    """By Back and a second Send. The page said that somebody reads it soon, and the desk never heard of it."""
    answer = sent("The park is nice.")
    screening_sweep.screen_unread(START)
    order = ReadingOrder(bool(before), before, "en")
    Screening.objects.update(order=list(order), clock=write_slot(reading_clock.order_due(order, START)))
    was_due = Screening.objects.get().due
    Answer.objects.filter(pk=answer.pk).update(soon=True)
    assert screening_sweep.flag_late_wishes(START) == (before != after)
    row = Screening.objects.get()
    assert (row.flagged, row.priority) == (True, after)
    asked_for = reading_clock.order_due(ReadingOrder(True, after, ""), START)
    assert row.due == reading_clock.earlier_slot(was_due, asked_for)
    assert [reason["category"] for reason in row.reasons].count("soon") == (before != after)
    assert screening_sweep.flag_late_wishes(START) == 0


def test_a_wish_never_lowers_what_was_flagged_higher_meanwhile(sent, monkeypatch):
    """The sweep had seen the answer unflagged; a name was reported, or a lead was asked, before it held the row."""
    answer = sent("The park is nice.")
    screening_sweep.screen_unread(START)
    seen = {answer.pk: ReadingOrder(False, "", "en")}
    monkeypatch.setattr(screening_sweep, "open_reading_orders", lambda rows: seen)
    Screening.objects.update(order=[True, "T1", "en"])
    Answer.objects.filter(pk=answer.pk).update(soon=True)
    assert screening_sweep.flag_late_wishes(START) == 0
    assert Screening.objects.get().priority == "T1"


def test_a_wish_beside_findings_that_are_sealed_to_a_lost_key_stops_no_screening(sent, settings):
    answer = sent("The park is nice.")
    screening_sweep.screen_unread(START)
    kept, settings.ANSWER_SEAL_KEY = settings.ANSWER_SEAL_KEY, generate_key_pair()[0]
    Screening.objects.update(reasons=[], clock="")
    settings.ANSWER_SEAL_KEY = kept
    sealed = Screening.objects.get().__dict__["reasons"]
    Answer.objects.filter(pk=answer.pk).update(soon=True)
    waiting = sent("The pond is nice.")
    tasks.screen_unread()
    assert Screening.objects.filter(pk=waiting.pk).exists()
    row = Screening.objects.get(pk=answer.pk)
    assert row.priority == "T2" and row.due is not None
    assert bytes(row.__dict__["reasons"]) == bytes(sealed), "it may be found again with its key"


def test_the_screens_sweep_flags_late_wishes_and_none_that_was_decided(sent, reader):
    waiting, decided = sent("The park is nice."), sent("The pond is nice.")
    tasks.screen_unread()
    actions.decide_answer(answer=decided, by=reader, decision="clear", spans=[])
    Answer.objects.update(soon=True)
    tasks.screen_unread()
    assert [row.pk for row in Screening.objects.all() if row.flagged] == [waiting.pk]
