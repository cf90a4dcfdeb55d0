"""The table of moves is the one of the domain's controls, and no way through it skips a second view."""

import os
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from consultation.safeguarding import policies, states
from consultation.safeguarding.models import CaseState, Priority

SHARED = Path(os.environ.get("VOICE_SHARED", settings.BASE_DIR.parent / "shared"))
CONTROLS = SHARED / "domain" / "controls.yaml"
ALL = list(CaseState.values)
TRUTH = {
    "new": {"claimed"},
    "claimed": {"second-view", "referred", "contacted", "learning-only", "no-concern", "new"},
    "second-view": {"referred", "contacted", "learning-only", "no-concern"},
    "referred": {"closed"},
    "contacted": {"referred", "closed"},
    "learning-only": {"closed"},
    "no-concern": {"closed"},
    "closed": {"reopened"},
    "reopened": {"claimed"},
}


@pytest.mark.parametrize("state", ALL)
@pytest.mark.parametrize("to", ALL)
def test_move(state, to):
    assert states.allows(state, to) == (to in TRUTH[state])


@pytest.mark.skipif(not CONTROLS.exists(), reason="the domain's controls are not beside this checkout")
def test_the_table_is_the_one_of_the_domain():
    triage = yaml.safe_load(CONTROLS.read_text())["triage"]
    assert {str(state): set(map(str, row)) for state, row in states.MOVES.items()} == {
        state: set(row) for state, row in triage["transitions"].items()
    }
    assert set(triage["outcomes"]) == set(states.OUTCOMES)
    assert triage["states"] == ALL


def may(state, to, priority, first_view_by=None, by=1):
    return policies.may_move(state=state, to=to, priority=priority, first_view_by=first_view_by, by=by) == ""


@pytest.mark.parametrize("priority", Priority.values)
def test_no_concern_straight_from_claimed_is_for_t2_and_t3(priority):
    assert may("claimed", "no-concern", priority) == (priority != "T1")


@pytest.mark.parametrize(("first", "by", "allowed"), [(1, 2, True), (1, 1, False), (None, 1, False)])
def test_a_second_view_is_by_another_lead(first, by, allowed):
    assert may("second-view", "no-concern", "T1", first, by) is allowed


def test_false_positive_is_an_outcome_of_no_concern_alone():
    offering = [state for state in ALL if states.FALSE_POSITIVE in states.outcomes_of(state)]
    assert offering == ["no-concern"]


GOOD = {"state": "referred", "outcome": "LADO", "reason": "Why", "reporting_duty": "yes", "reference": "R1"}


@pytest.mark.parametrize(
    ("changed", "allowed"),
    [
        ({}, True),
        ({"reason": "  "}, False),
        ({"outcome": ""}, False),
        ({"outcome": "false positive"}, False),
        ({"reporting_duty": ""}, False),
        ({"reporting_duty": "maybe"}, False),
        ({"reference": " "}, False),
        ({"state": "claimed"}, False),
        ({"state": "second-view"}, False),
        ({"state": "closed"}, False),
        ({"state": "contacted", "outcome": "existing worker told", "reference": ""}, False),
        ({"state": "learning-only", "outcome": "support text changed", "reference": ""}, True),
        ({"state": "no-concern", "outcome": "false positive", "reference": ""}, True),
        ({"state": "no-concern", "outcome": "LADO"}, False),
    ],
)
def test_what_closing_needs(changed, allowed):
    assert (policies.may_close(**(GOOD | changed)) == "") is allowed


@given(st.sampled_from(["", *Priority.values]), st.sampled_from(["", *Priority.values]))
def test_a_priority_is_only_ever_raised(one, other):
    result = policies.more_urgent(one, other)
    assert all(result <= known for known in (one, other) if known)


class TwoLeadsAndACase(RuleBasedStateMachine):
    """Any two leads, any moves in any order, on a T1 case: remembering who said "no concern" first."""

    def __init__(self):
        super().__init__()
        self.state, self.first_view_by, self.viewers = "new", None, set()

    @rule(to=st.sampled_from(ALL), by=st.sampled_from([1, 2, 3]))
    def move(self, to, by):
        if not may(self.state, to, "T1", self.first_view_by, by):
            return
        self.state = to
        if to == "second-view":
            self.first_view_by, self.viewers = by, {by}
        elif to == "no-concern":
            self.viewers = self.viewers | {by}
        elif to in ("claimed", "reopened"):
            self.first_view_by, self.viewers = None, set()

    @invariant()
    def no_concern_was_seen_by_two(self):
        if self.state == "no-concern":
            assert len(self.viewers) == 2


TestTwoLeadsAndACase = TwoLeadsAndACase.TestCase
