"""Any verbs by any leads in any order, on real tables: no path skips a clock, a second view, or a closing
requirement."""

import contextlib
from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from consultation.access import NotAllowed
from consultation.audit.models import AuditEntry
from consultation.safeguarding import actions, clocks, states
from consultation.safeguarding.models import CaseState, Priority, TriageCase
from consultation.safeguarding.reassignment import actions as reassignment
from consultation.safeguarding.referrals import actions as referring
from tests import factories
from tests.consultation.safeguarding.conftest import close, read, refer

pytestmark = pytest.mark.any_database

START = datetime(2026, 11, 23, 9, 0, tzinfo=clocks.LONDON)
LEADS, REASONS = st.sampled_from([0, 1]), st.sampled_from(["", "x"])
TEN_MINUTES = timedelta(minutes=10)
MORE_TIME = st.sampled_from([TEN_MINUTES, timedelta(hours=3), timedelta(days=3)])


class AnyWay(RuleBasedStateMachine):
    """Two leads and a case. What was promised is kept beside it in plain Python, and compared after each step."""

    leads: list = []
    answer = None

    @initialize(priority=st.sampled_from(Priority.values))
    def begin(self, priority):
        TriageCase.objects.all().delete()
        self.now, self.viewers, self.readers = START, set(), set()
        self.case = actions.open_case(answer=self.answer, by=self.leads[0], priority=priority, now=self.now)
        self.promised = self.case.due_at

    def tried(self, verb, by, **arguments):
        """Whether the verb was allowed; a refusal changes nothing."""
        before = TriageCase.objects.filter(pk=self.case.pk).values().get()
        try:
            verb(case=self.case, by=self.leads[by], **arguments)
        except NotAllowed:
            assert TriageCase.objects.filter(pk=self.case.pk).values().get() == before
            return False
        self.case.refresh_from_db()
        return True

    @rule(by=LEADS, more=MORE_TIME)
    def claim(self, by, more):
        self.now += more
        if self.tried(actions.claim_case, by, now=self.now):
            self.viewers = set()

    @rule(to=st.sampled_from(CaseState.values), by=LEADS, reason=REASONS, more=MORE_TIME)
    def any_move(self, to, by, reason, more):
        self.move(to, by, reason, more)

    @rule(data=st.data(), by=LEADS)
    def a_move_of_the_table(self, data, by):
        self.move(data.draw(st.sampled_from(sorted(states.MOVES[CaseState(self.case.state)]))), by, "x", TEN_MINUTES)

    @rule(by=LEADS)
    def read(self, by):
        if self.tried(actions.view_case_texts, by, reason="x"):
            self.readers.add(by)

    @rule(by=LEADS)
    def sign_in_again(self, by):
        """What was opened before counts no more."""
        lead = self.leads[by]
        lead.last_login = timezone.now()
        lead.save(update_fields=["last_login"])
        self.readers.discard(by)

    @rule(
        by=LEADS, agency=st.sampled_from(["CEOP", "police 999", "LADO"]), reference=st.sampled_from(["", "R"]),
        phone=st.sampled_from(["", "Ms Hall"]), days=st.sampled_from([None, -1, 0, 3, 9999]), reason=REASONS,
    )  # fmt: skip
    def refer(self, by, agency, reference, phone, days, reason):
        chase_on = None if days is None else self.now.date() + timedelta(days=days)
        told = {"agency": factories.agency(agency), "reference": reference, "by_phone_to": phone, "chase_on": chase_on}
        before = self.case.state
        if self.tried(referring.refer_case, by, reason=reason, now=self.now, **told):
            assert by in self.readers and (reference or phone) and days in (0, 3)
            assert reason or before != "second-view"

    @rule(by=LEADS, decision=REASONS)
    def agency_decides(self, by, decision):
        for referral in self.case.referrals.filter(decided_at=None)[:1]:
            with contextlib.suppress(NotAllowed):
                referring.record_referral_decision(
                    referral=referral, by=self.leads[by], decision=decision, now=self.now
                )

    @rule(by=LEADS, to=st.sampled_from([None, 0, 1]))
    def pass_on(self, by, to):
        """Passing on gives nobody more time, and no view to whoever did not give it."""
        assignee = None if to is None else self.leads[to]
        with contextlib.suppress(NotAllowed):
            reassignment.reassign_everything(by=self.leads[by], to=assignee, message="x", now=self.now)
        self.case.refresh_from_db()

    def move(self, to, by, reason, more):
        self.now += more
        before = self.case.state
        if not self.tried(actions.move_case, by, to=to, reason=reason, now=self.now):
            return
        assert by in self.readers or to == "new", "nobody decides on words that they have not opened"
        assert reason or "second-view" not in (before, to), "each view has its own note"
        if to == "second-view":
            self.viewers = {by}
        elif to in ("no-concern", "learning-only"):
            self.viewers |= {by}

    @rule(
        by=LEADS, outcome=st.sampled_from(states.OUTCOMES), reason=REASONS,
        duty=st.sampled_from(["", *states.REPORTING_DUTY_CHOICES]), reference=st.sampled_from(["", "R"]),
    )  # fmt: skip
    def close(self, by, outcome, reason, duty, reference):
        said = {"outcome": outcome, "reason": reason, "reporting_duty": duty, "reference": reference}
        if self.tried(actions.close_case, by, now=self.now, **said):
            assert by in self.readers
            assert all(decided for _, decided in self.case.list_referrals())

    @rule(by=LEADS, to=st.sampled_from(["second-view", "no-concern"]))
    def claim_and_decide(self, by, to):
        """The usual way, which random verbs seldom find."""
        self.read(by)
        self.claim(by, TEN_MINUTES)
        self.move(to, by, "x", TEN_MINUTES)

    @rule(by=LEADS, more=MORE_TIME)
    def reopen(self, by, more):
        self.now += more
        if self.tried(actions.reopen_case, by, why="Again.", now=self.now):
            self.viewers, self.promised = set(), self.case.due_at

    @rule(by=LEADS, priority=st.sampled_from(Priority.values))
    def raise_priority(self, by, priority):
        if self.tried(actions.raise_priority, by, priority=priority, why="x", now=self.now):
            assert self.case.due_at <= self.promised
            self.promised = self.case.due_at

    @rule(by=LEADS, priority=st.sampled_from(Priority.values), more=MORE_TIME)
    def second_concern(self, by, priority, more):
        self.now += more
        ran = self.case.state in states.RUNNING_CLOCK
        same = self.case.state in ("new", "claimed")
        actions.open_case(answer=self.answer, by=self.leads[by], priority=priority, now=self.now)
        self.case.refresh_from_db()
        assert self.case.due_at <= self.promised if ran else self.case.due_at > self.now
        self.promised = self.case.due_at
        self.viewers = self.viewers if same else set()

    @invariant()
    def two_leads_said_no_concern_on_t1(self):
        if getattr(self, "case", None) is None or self.case.priority != "T1":
            return
        if self.case.state in ("no-concern", "learning-only") or self.case.outcome == "false positive":
            assert len(self.viewers) == 2

    @invariant()
    def the_clock_was_never_moved_out(self):
        if getattr(self, "case", None) is not None and self.case.state in states.RUNNING_CLOCK:
            assert self.case.due_at == self.promised

    @invariant()
    def what_is_closed_has_all_that_closing_needs(self):
        if getattr(self, "case", None) is None or self.case.state != "closed":
            return
        assert self.case.outcome and self.case.reason and self.case.reporting_duty
        assert self.case.decided_by and self.case.closed_at
        if self.case.outcome in states.REFERRALS:
            assert self.case.reference and (self.case.outcome, True) in self.case.list_referrals()

    @invariant()
    def every_move_was_in_the_table(self):
        if getattr(self, "case", None) is None:
            return
        last = AuditEntry.objects.filter(verb="triage transition", object_id=str(self.case.pk)).last()
        if last is not None:
            assert states.is_move_allowed(last.data["before"], last.data["after"])


@pytest.mark.slow
def test_any_verbs_by_any_leads_in_any_order(answer, person):
    people = [person("safeguarding_lead") for _ in range(2)]
    machine = type("OfThisTest", (AnyWay,), {"leads": people, "answer": answer})
    run_state_machine_as_test(
        machine,
        settings=settings(max_examples=80, stateful_step_count=25, suppress_health_check=list(HealthCheck)),
    )


# Each state by the shortest way, and every verb tried in it.
WAY_TO = {
    "new": [],
    "claimed": ["claim"],
    "second-view": ["claim", "second-view"],
    "referred": ["claim", "referred"],
    "contacted": ["claim", "contacted"],
    "learning-only": ["claim", "learning-only"],
    "no-concern": ["claim", "no-concern"],
    "closed": ["claim", "referred", "close"],
    "reopened": ["claim", "referred", "close", "reopen"],
}
VERBS = {
    "claim": lambda case, by: actions.claim_case(case=case, by=by),
    "close": lambda case, by: close_as_it_fits(case, by),
    "reopen": lambda case, by: actions.reopen_case(case=case, by=by, why="Again."),
    "raise": lambda case, by: actions.raise_priority(case=case, by=by, priority="T1", why="Tonight."),
    "referred": lambda case, by: refer(case, by, "CEOP", reason="x"),
    "note": lambda case, by: actions.add_case_note(case=case, by=by, text="x"),
    "see": lambda case, by: actions.view_case_texts(case=case, by=by, reason="x"),
    "print": lambda case, by: actions.print_case(
        case=case, by=by, to=factories.agency("CEOP"), with_notes=False, reason="x"
    ),
}


def close_as_it_fits(case, by):
    outcome = "CEOP" if case.state == "referred" else states.outcomes_for(case.state)[0]
    return close(case, by, outcome)


def _move_to(to):
    return lambda case, by: actions.move_case(case=case, by=by, to=to, reason="x")


VERBS |= {to: _move_to(to) for to in ("new", "second-view", "contacted", "learning-only", "no-concern")}
LEADS_TO = {"claim": "claimed", "close": "closed", "reopen": "reopened"}
ANY_STATE = {"note", "see", "print"}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", WAY_TO)
def test_every_verb_in_every_state(answer, lead, state, verb):
    case = actions.open_case(answer=answer, by=lead, priority="T2")
    read(case, lead)
    for step in WAY_TO[state]:
        VERBS[step](case, lead)
    assert case.state == state
    to = LEADS_TO.get(verb, verb)
    own_view = state == "second-view" and verb in ("no-concern", "learning-only")
    if verb in ANY_STATE:
        allowed = True
    elif verb == "raise":
        allowed = state in states.RUNNING_CLOCK
    else:
        allowed = (states.is_move_allowed(state, to) and not own_view) or verb == state == "referred"
    if allowed:
        VERBS[verb](case, lead)
        case.refresh_from_db()
        assert case.state == (state if verb in ANY_STATE or verb == "raise" else to)
    else:
        with pytest.raises(NotAllowed):
            VERBS[verb](case, lead)
        case.refresh_from_db()
        assert case.state == state
