"""Polls are drawn once for the replies that are there: to ask every day tells no more than to ask once."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insights.polls.poll_tables import LABELS, TOO_FEW, describe_poll_table, renew_poll_table

DAY = date(2027, 3, 3)


def reply(numbers):
    """Replies of different people: {choice: number}."""
    chosen = [choice for choice, number in numbers.items() for _ in range(number)]
    return [(UUID(int=place), choice) for place, choice in enumerate(chosen)]


def ask_daily(replies, poll, days):
    """The tables that stand on these days (offsets) after a sweep on each, as the pictures store them."""
    table, frozen, made_on = None, 0, None
    for day in days:
        today = DAY + timedelta(days=day)
        found = renew_poll_table(replies, poll, today, frozen=frozen, made_on=made_on)
        if found is not None:
            table, frozen, made_on = found, len(replies), today
        yield table


@given(
    st.fixed_dictionaries(dict.fromkeys(LABELS, st.integers(0, 12))),
    st.integers(0, 10_000),
    st.integers(1, 60),
)
def test_asking_every_day_shows_what_asking_once_shows(numbers, poll, days):
    found = list(ask_daily(reply(numbers), f"check/{poll}", range(days)))
    assert all(table == found[0] for table in found)


def test_a_refusal_is_remembered_until_enough_others_have_replied():
    """Of 26 replies one draw in eight shows, and each other one would on some later day."""
    replies = reply({"yes": 13, "no": 13})
    refused = next(
        f"check/{poll}" for poll in range(99) if "refused" in next(ask_daily(replies, f"check/{poll}", [0]))
    )
    assert all("refused" in table for table in ask_daily(replies, refused, range(0, 400, 7)))
    assert any("refused" not in renew_poll_table(replies, refused, DAY + timedelta(days=day)) for day in range(60))
    more = reply({"yes": 23, "no": 20})
    assert renew_poll_table(more, refused, DAY + timedelta(days=6), frozen=26, made_on=DAY) is None
    assert renew_poll_table(more, refused, DAY + timedelta(days=7), frozen=26, made_on=DAY)["base"]
    few_more = reply({"yes": 17, "no": 18})
    assert renew_poll_table(few_more, refused, DAY + timedelta(days=70), frozen=26, made_on=DAY) is None


@pytest.mark.parametrize("number", [0, 1, 22])
def test_what_no_noise_could_show_is_not_drawn(number):
    assert renew_poll_table(reply({"yes": number}), "check/1", DAY) is None


def test_a_refused_poll_reads_as_one_with_too_few_replies():
    refused = {"base": None, "refused": "Fewer than 30 people answered.", "rows": []}
    assert describe_poll_table(refused, {}) == describe_poll_table({}, {}) == TOO_FEW
