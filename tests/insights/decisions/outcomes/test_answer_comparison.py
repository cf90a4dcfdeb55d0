"""One answer in two releases: the range of change is never too narrow, and a missing comparison has a reason."""

from itertools import product

import pytest

from consultation.domain.confidence_intervals import wilson_interval
from insights.decisions.outcomes.answer_comparison import (
    AnswerChange,
    IncomparableReason,
    ReleaseQuestion,
    compare_answers,
)


def asked(value, base=200, *, consultation=1, audience="children-young-people", title="Do you feel safe?", **more):
    percent = round(100 * value / base) if value is not None else None
    rows = [{"id": "yes", "label": "Yes", "value": value, "percent": percent}]
    return ReleaseQuestion(consultation, audience, title, {"base": base, "rows": rows} | more)


def test_a_clear_change_is_clear_and_a_small_one_is_not():
    found = compare_answers(asked(60), asked(120, consultation=2), "yes")
    assert isinstance(found, AnswerChange)
    assert (found.points, found.direction) == (30, "more")
    assert found.low < 30 < found.high
    assert compare_answers(asked(120), asked(60, consultation=2), "yes").direction == "fewer"
    assert compare_answers(asked(60), asked(62, consultation=2), "yes").direction == "same"


def test_the_range_covers_that_of_every_number_that_may_stand_behind_what_is_shown():
    found = compare_answers(asked(60), asked(90, consultation=2), "yes")
    for before, after in product(range(58, 63), range(88, 93)):
        one, other = wilson_interval(before, 200), wilson_interval(after, 200)
        difference = (after - before) / 2
        half = 100 * ((after / 200 - other.low) ** 2 + (one.high - before / 200) ** 2) ** 0.5
        assert found.low <= difference - half + 0.5, (before, after)


@pytest.mark.parametrize(
    ("before", "why"),
    [
        (None, IncomparableReason.FIRST),
        (asked(60, title="Are you safe?"), IncomparableReason.WORDS),
        (asked(60, audience="professionals"), IncomparableReason.PEOPLE),
        (asked(None), IncomparableReason.SMALL),
        (
            ReleaseQuestion(1, "children-young-people", "Do you feel safe?", {"refused": "Too few."}),
            IncomparableReason.SMALL,
        ),
        (
            ReleaseQuestion(
                1, "children-young-people", "Do you feel safe?", {"base": 200, "rows": [{"id": "yes", "label": "Ja"}]}
            ),
            IncomparableReason.CHOICES,
        ),
    ],
)
def test_it_says_why_nothing_can_be_compared(before, why):
    assert compare_answers(before, asked(120, consultation=2), "yes") == why
