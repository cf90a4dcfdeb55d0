"""The table of moves equals domain/controls.yaml, and no path skips a clock or a second view."""

import pytest

from consultation.safeguarding import states
from consultation.safeguarding.models import CaseState
from tests.domain_tables import CONTROLS

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
    assert states.is_move_allowed(state, to) == (to in TRUTH[state])


def test_the_table_is_the_one_of_the_domain():
    triage = CONTROLS["triage"]
    assert {str(state): set(map(str, row)) for state, row in states.MOVES.items()} == {
        state: set(row) for state, row in triage["transitions"].items()
    }
    assert set(triage["outcomes"]) == set(states.OUTCOMES)
    assert triage["states"] == ALL
    assert triage["taken_back"]["outcome"] == states.TAKEN_BACK not in states.OUTCOMES


def test_the_clock_runs_until_someone_acted_or_decided():
    assert set(states.RUNNING_CLOCK) == {"new", "reopened", "claimed", "second-view"}


@pytest.mark.parametrize("state", ALL)
def test_a_new_concern_finds_whoever_looks_before_anyone_has_decided(state):
    after = states.ON_A_NEW_CONCERN[CaseState(state)]
    assert after in ("new", "claimed", "reopened")
    assert after == state if state in ("new", "claimed") else after == "reopened"
