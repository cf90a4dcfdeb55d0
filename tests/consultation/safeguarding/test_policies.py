"""Policies of moves, as truth tables over plain values."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation.safeguarding import policies, states
from consultation.safeguarding.models import CaseState, ContactState, Priority

STATES = list(CaseState.values)


def may(state, to, priority="T1", claimed_by=1, first_view_by=None, by=1, unread=False):
    refused = policies.may_move(
        state=state,
        to=to,
        priority=priority,
        claimed_by=claimed_by,
        first_view_by=first_view_by,
        by=by,
        unread=unread,
    )
    return refused == ""


@pytest.mark.parametrize("priority", Priority.values)
@pytest.mark.parametrize("to", ["no-concern", "learning-only"])
def test_what_ends_without_help_straight_from_claimed_is_for_t2_and_t3(priority, to):
    """Else a T1 case that one lead thinks nothing of would be "learning only", and no second view needed."""
    assert may("claimed", to, priority) == (priority != "T1")


@pytest.mark.parametrize(("first", "by", "allowed"), [(1, 2, True), (1, 1, False), (None, 1, False)])
def test_a_second_view_is_by_another_lead(first, by, allowed):
    assert may("second-view", "no-concern", "T1", first_view_by=first, by=by) is allowed


@pytest.mark.parametrize("priority", Priority.values)
@pytest.mark.parametrize(
    ("to", "allowed"), [("no-concern", False), ("learning-only", False), ("referred", True), ("contacted", True)]
)
def test_whoever_gave_the_first_view_may_only_bring_help_sooner(priority, to, allowed):
    assert may("second-view", to, priority, first_view_by=1, by=1) is allowed
    assert may("second-view", to, priority, first_view_by=2, by=1)


@pytest.mark.parametrize("to", [to for to in STATES if states.is_move_allowed("claimed", to)])
def test_whoever_has_a_case_decides(to):
    assert may("claimed", to, "T2", claimed_by=1, by=1)
    assert may("claimed", to, "T2", claimed_by=2, by=1) is (to == "new")


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("to", STATES)
@pytest.mark.parametrize("priority", Priority.values)
@pytest.mark.parametrize("by", [1, 2, 3])
@pytest.mark.parametrize("unread", [True, False])
def test_nothing_is_allowed_that_the_table_does_not_have(state, to, priority, by, unread):
    """Every state, move, priority and lead, with lead 1 having it and lead 2 having viewed it first."""
    alone = state == "claimed" and to != "new" and by != 1
    unseen = to in ("no-concern", "learning-only") and priority == "T1" and state != "second-view"
    own_view = state == "second-view" and to in ("no-concern", "learning-only") and by == 2
    blind = unread and to not in ("claimed", "new", "reopened")
    expected = states.is_move_allowed(state, to) and not (alone or unseen or own_view or blind)
    assert may(state, to, priority, claimed_by=1, first_view_by=2, by=by, unread=unread) is expected


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("to", STATES)
@pytest.mark.parametrize("is_own", [True, False])
def test_all_but_giving_back_ones_own_needs_a_note_and_a_referral_says_to_whom(state, to, is_own):
    """D6: only an outcome with a reason stops a clock. “No concern”, “contacted” and “learning only” stopped it without."""
    expected = state == "second-view" if to == "referred" else not (to == "new" and is_own)
    assert policies.must_say_why(state=state, to=to, is_own=is_own) is expected


def test_a_referral_is_an_outcome_of_referred_alone():
    for outcome in states.REFERRALS:
        assert [state for state in STATES if outcome in states.outcomes_for(state)] == ["referred"]


def test_false_positive_is_an_outcome_of_no_concern_alone():
    assert [state for state in STATES if states.FALSE_POSITIVE in states.outcomes_for(state)] == ["no-concern"]


GOOD = {
    "state": "referred", "outcome": "LADO", "reason": "Why", "reporting_duty": "yes", "reference": "R1",
    "about_staff": True, "unread": False, "referrals": [("LADO", "LADO", True), ("CEOP", "CEOP", True)],
}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "allowed"),
    [
        ({}, True),
        ({"about_staff": False}, False),
        ({"about_staff": False, "outcome": "CEOP"}, True),
        ({"reason": "  "}, False),
        ({"outcome": ""}, False),
        ({"outcome": "false positive"}, False),
        ({"reporting_duty": ""}, False),
        ({"reporting_duty": "maybe"}, False),
        ({"reference": " "}, False),
        ({"state": "claimed"}, False),
        ({"state": "second-view"}, False),
        ({"state": "closed"}, False),
        ({"state": "contacted", "outcome": "existing worker told"}, False),
        ({"unread": True}, False),
        ({"referrals": []}, False),
        ({"referrals": [("CEOP", "CEOP", True)]}, False),
        ({"referrals": [("LADO", "LADO", False)]}, False),
        ({"referrals": [("LADO", "LADO", True), ("CEOP", "CEOP", False)]}, False),
        ({"referrals": [("LADO", "LADO", True), ("LADO", "LADO", True)]}, True),
        ({"state": "learning-only", "outcome": "support text changed", "reference": ""}, True),
        ({"state": "no-concern", "outcome": "false positive", "reference": "", "about_staff": False}, True),
        ({"state": "no-concern", "outcome": "false positive", "reference": ""}, False),
        ({"state": "no-concern", "outcome": "support text changed", "reference": ""}, True),
        ({"state": "no-concern", "outcome": "LADO"}, False),
    ],
)
def test_what_closing_needs(changed, allowed):
    assert (policies.may_close(**(GOOD | changed)) == "") is allowed


@given(
    st.sampled_from(STATES),
    st.sampled_from(["", *states.OUTCOMES, "x"]),
    st.sampled_from(["", " ", "Why"]),
    st.sampled_from(["", *states.REPORTING_DUTY_CHOICES, "x"]),
    st.sampled_from(["", " ", "R1"]),
    st.booleans(),
    st.booleans(),
    st.lists(st.tuples(st.just("x"), st.sampled_from(states.REFERRALS), st.booleans()), max_size=3),
)
def test_closing_is_never_possible_without_what_it_needs(
    state, outcome, reason, duty, reference, about_staff, unread, referrals
):
    refused = policies.may_close(
        state=state,
        outcome=outcome,
        reason=reason,
        reporting_duty=duty,
        reference=reference,
        about_staff=about_staff,
        unread=unread,
        referrals=referrals,
    )
    if not refused:
        assert not unread
        assert all(decided for *_, decided in referrals), "what was asked for is not forgotten"
        assert outcome not in states.REFERRALS or ("x", outcome, True) in referrals
        assert states.is_move_allowed(state, "closed") and outcome in states.OUTCOMES
        assert reason.strip() and duty in states.REPORTING_DUTY_CHOICES
        assert reference.strip() or outcome not in states.REFERRALS
        assert about_staff or outcome != "LADO"
        assert not (about_staff and outcome == states.FALSE_POSITIVE), "D7: it would be on that agency's desk"


TODAY = date(2026, 11, 24)
TOLD = {
    "outcome": "LADO", "agency": "lado", "reference": "R1", "by_phone_to": "", "chase_on": TODAY, "today": TODAY,
    "accused": "youthtrust",
}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "allowed"),
    [
        ({}, True),
        ({"reference": "", "by_phone_to": "Ms Hall"}, True),
        ({"reference": " ", "by_phone_to": " "}, False),
        ({"chase_on": None}, False),
        ({"chase_on": TODAY - timedelta(days=1)}, False),
        ({"chase_on": TODAY + timedelta(days=28)}, True),
        ({"chase_on": TODAY + timedelta(days=29)}, False),
        ({"accused": None}, False),
        ({"accused": None, "outcome": "CEOP", "agency": "ceop"}, True),
        ({"accused": "ceop", "outcome": "CEOP", "agency": "ceop"}, False),
        ({"outcome": states.ANOTHER_AGENCY, "agency": "kiteschool"}, True),
        ({"outcome": "a friend"}, False),
        ({"outcome": "", "agency": ""}, False),
        ({"outcome": states.FALSE_POSITIVE}, False),
    ],
)
def test_what_a_referral_needs(changed, allowed):
    assert (policies.may_refer(**(TOLD | changed)) == "") is allowed


@pytest.mark.parametrize(
    ("agency", "leads", "allowed"),
    [
        ("youthtrust", ["council", "youthtrust"], True),
        ("youthtrust", ["youthtrust"], False),
        ("youthtrust", [None, None], False),
        ("youthtrust", [], False),
        ("", ["council"], False),
    ],
)
def test_a_case_is_hidden_only_while_someone_is_left_who_sees_it(agency, leads, allowed):
    assert (policies.may_hide(agency=agency, lead_agencies=leads) == "") is allowed


@given(st.sampled_from(["", *Priority.values]), st.sampled_from(["", *Priority.values]))
def test_a_priority_is_only_ever_raised(one, other):
    result = policies.pick_more_urgent(one, other)
    assert all(result <= known for known in (one, other) if known)


@pytest.mark.parametrize("state", ContactState.values)
@pytest.mark.parametrize("to", ContactState.values)
@pytest.mark.parametrize("by", [1, 2])
def test_a_contact_request_is_handled_by_whoever_took_it(state, to, by):
    allowed = policies.may_handle_contact(state=state, to=to, claimed_by=1, by=by) == ""
    table = to in states.CONTACT_MOVES[state]
    assert allowed is (table and (by == 1 or state == "new" or to == "new"))
