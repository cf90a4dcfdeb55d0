"""Any verbs by any leads in any order, on real tables: no path skips a clock, a second view, or a closing
requirement."""

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from consultation.access import NotAllowed
from consultation.audit.models import AuditEntry
from consultation.safeguarding import actions, clocks, states
from consultation.safeguarding.models import CaseState, Priority, TriageCase
from tests.consultation.safeguarding.conftest import close

START = datetime(2026, 11, 23, 9, 0, tzinfo=clocks.LONDON)
LEADS = st.sampled_from([0, 1])
TEN_MINUTES = timedelta(minutes=10)
MORE_TIME = st.sampled_from([TEN_MINUTES, timedelta(hours=3), timedelta(days=3)])


class AnyWay(RuleBasedStateMachine):
    """Two leads and a case. What was promised is kept beside it in plain Python, and compared after each step."""

    leads: list = []
    answer = None

    @initialize(priority=st.sampled_from(Priority.values))
    def begin(self, priority):
        TriageCase.objects.all().delete()
        self.now, self.viewers = START, set()
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

    @rule(to=st.sampled_from(CaseState.values), by=LEADS, reason=st.sampled_from(["", "x"]), more=MORE_TIME)
    def any_move(self, to, by, reason, more):
        self.move(to, by, reason, more)

    @rule(data=st.data(), by=LEADS)
    def a_move_of_the_table(self, data, by):
        self.move(data.draw(st.sampled_from(sorted(states.MOVES[CaseState(self.case.state)]))), by, "x", TEN_MINUTES)

    def move(self, to, by, reason, more):
        self.now += more
        if not self.tried(actions.move_case, by, to=to, reason=reason, now=self.now):
            return
        if to == "second-view":
            self.viewers = {by}
        elif to in ("no-concern", "learning-only"):
            self.viewers |= {by}

    @rule(
        by=LEADS, outcome=st.sampled_from(states.OUTCOMES), reason=st.sampled_from(["", "x"]),
        duty=st.sampled_from(["", *states.REPORTING_DUTY_CHOICES]), reference=st.sampled_from(["", "R"]),
    )  # fmt: skip
    def close(self, by, outcome, reason, duty, reference):
        self.tried(
            actions.close_case,
            by,
            outcome=outcome,
            reason=reason,
            reporting_duty=duty,
            reference=reference,
            now=self.now,
        )

    @rule(by=LEADS, to=st.sampled_from(["second-view", "no-concern"]))
    def claim_and_decide(self, by, to):
        """The usual way, which random verbs seldom find."""
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
        assert self.case.reference or self.case.outcome not in states.REFERRALS

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
    "close": lambda case, by: close(case, by, states.outcomes_for(case.state)[0]),
    "reopen": lambda case, by: actions.reopen_case(case=case, by=by, why="Again."),
    "raise": lambda case, by: actions.raise_priority(case=case, by=by, priority="T1", why="Tonight."),
    "note": lambda case, by: actions.add_case_note(case=case, by=by, text="x"),
    "see": lambda case, by: actions.view_case_texts(case=case, by=by, reason="x"),
    "print": lambda case, by: actions.print_case(case=case, by=by, to="CEOP", with_notes=False, reason="x"),
}


def _move_to(to):
    return lambda case, by: actions.move_case(case=case, by=by, to=to, reason="x")


VERBS |= {to: _move_to(to) for to in ("new", "second-view", "referred", "contacted", "learning-only", "no-concern")}
LEADS_TO = {"claim": "claimed", "close": "closed", "reopen": "reopened"}
ANY_STATE = {"note", "see", "print"}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", WAY_TO)
def test_every_verb_in_every_state(answer, lead, state, verb):
    case = actions.open_case(answer=answer, by=lead, priority="T2")
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
        allowed = states.is_move_allowed(state, to) and not own_view
    if allowed:
        VERBS[verb](case, lead)
        case.refresh_from_db()
        assert case.state == (state if verb in ANY_STATE or verb == "raise" else to)
    else:
        with pytest.raises(NotAllowed):
            VERBS[verb](case, lead)
        case.refresh_from_db()
        assert case.state == state
