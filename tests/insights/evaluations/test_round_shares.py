"""No change is claimed where the intervals of two rounds overlap, whatever was answered."""

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation.domain.confidence_intervals import wilson_interval
from insights.disclosure.disclosure_rules import DEFAULT, DFE, HIDDEN, NEARLY_ALL, NHS, ONS, fewer_than
from insights.evaluations.measured_questions import ENDS
from insights.evaluations.round_shares import FEWER, LEAST_PEOPLE, MORE, UNTOLD, RoundShare, read_share, tell_change

numbers = st.one_of(st.none(), st.integers(5, 300))


FEW = fewer_than(5)


def cell(value, symbol=FEW):
    return {"value": value, "symbol": symbol if value is None else ""}


shares = st.builds(
    lambda counts, people: read_share([cell(count) for count in counts], people, DEFAULT),
    st.lists(numbers, min_size=1, max_size=2),
    st.integers(LEAST_PEOPLE, 600),
)


@given(shares, shares)
def test_no_change_is_claimed_where_the_intervals_overlap(before, after):
    change = tell_change(before, after)
    apart = before.high < after.low or after.high < before.low
    assert (change.claim != UNTOLD) == apart
    if change.claim == MORE:
        assert change.points > 0 and change.low > 0
    elif change.claim == FEWER:
        assert change.points < 0 and change.high < 0


@given(shares, shares)
def test_a_change_back_is_the_same_change(one, other):
    there, back = tell_change(one, other), tell_change(other, one)
    assert there.points == -back.points
    assert (there.claim == UNTOLD) == (back.claim == UNTOLD) and (there.claim != back.claim or there.claim == UNTOLD)


@given(st.lists(numbers, min_size=1, max_size=5), st.integers(0, LEAST_PEOPLE - 1))
def test_below_thirty_people_there_is_no_share(counts, people):
    assert read_share([cell(count) for count in counts], people, DEFAULT) is None
    assert read_share([cell(count) for count in counts], None, DEFAULT) is None


@given(st.lists(numbers, min_size=1, max_size=2), st.integers(LEAST_PEOPLE, 600), st.integers(0, 4))
def test_the_interval_includes_whatever_a_hidden_number_may_be(counts, people, hidden):
    shown = [cell(count) for count in counts]
    share = read_share(shown, people, DEFAULT)
    true = min(people, sum(hidden if count is None else count for count in counts))
    low, high = wilson_interval(true, people, noise=sqrt(len(counts) * DEFAULT.variance)).percent()
    assert share.low <= low and high <= share.high and 0 <= share.low <= share.percent <= share.high <= 100


def test_a_number_that_is_nearly_everyone_has_no_share():
    assert read_share([cell(None, NEARLY_ALL)], 80, DEFAULT) is None


@pytest.mark.parametrize("rules", [ONS, DFE, NHS], ids=["ons", "dfe", "nhs"])
@pytest.mark.parametrize("symbol", [HIDDEN, fewer_than(8)])
def test_what_rules_without_noise_hide_may_be_large_and_has_no_share(rules, symbol):
    """They hide a second, large number beside a small one: read as small, it made 80 % of "agree" an 8 %."""
    assert read_share([cell(None, symbol), cell(40)], 80, rules) is None


def test_what_hides_more_has_a_wider_interval():
    """A hard question names nothing under ten; the words in the number's place say so."""
    soft, hard = (read_share([cell(None, fewer_than(least))], 80, DEFAULT) for least in (5, 10))
    assert soft.low == hard.low == 0 and hard.high > soft.high


def test_rules_that_round_are_read_with_the_doubt_of_rounding():
    assert read_share([cell(40)], 80, ONS) == RoundShare(50, 39, 61, 80)


def test_change_is_told_with_its_interval():
    change = tell_change(RoundShare(41, 31, 52, 88), RoundShare(80, 69, 88, 84))
    assert (change.claim, change.in_points) == (MORE, "+39 (+23 to +52)")
    assert tell_change(RoundShare(50, 40, 60, 90), RoundShare(40, 30, 50, 90)).claim == UNTOLD


@pytest.mark.parametrize(
    ("name", "counted"), [("agreement", {"agree-lot", "agree-bit"}), ("faces", {"4", "5"}), ("yesno", {"yes"})]
)
def test_the_ends_are_those_of_the_scales_that_officers_choose(name, counted):
    from consultation.surveys.type_registry import find_type

    assert ENDS[frozenset(find_type(name).steps)][0] == counted
