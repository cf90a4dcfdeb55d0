"""A daily figure stands still until enough people moved it, and the day of a step reveals nobody.

The attacker sees the page each morning and knows when each person answered.
"""

import random
from collections import Counter
from itertools import product

import pytest

from insights.disclosure.steady_figures import (
    FIRST_SHOWN,
    LEAST_MOVE,
    MOST_HIDDEN,
    MOST_LAG,
    WHOLE_TABLE,
    WIDTH,
    SteadyTable,
    renew_steady_table,
    steady_value,
)

DRAWS = range(WIDTH)


def no_draw(figure, shown):
    return 0


def rounded(count):
    return (count + 2) // 5 * 5


def history(start, arrivals, draws, shown):
    """Shown figures of each morning, while this number of people of the group comes each day, with a draw for each
    step."""
    seen, count, draws = [], start, iter(draws)
    draw = next(draws)
    for people in arrivals:
        count += people
        now = steady_value(count, shown, draw)
        if now != shown:
            shown, draw = now, next(draws)
        seen.append(shown)
    return tuple(seen)


def told_apart(one, other):
    """Distance of two distributions, 0 to 1: the best attacker's gain on a fair bet between them."""
    one, other = Counter(one), Counter(other)
    return sum(abs(one[seen] - other[seen]) for seen in one | other) / (2 * one.total())


def test_a_figure_begins_where_every_first_line_rounds_alike():
    assert [steady_value(count, None, 0) for count in (0, 30, FIRST_SHOWN - 1, FIRST_SHOWN)] == [None, None, None, 35]
    assert {steady_value(FIRST_SHOWN + draw, None, draw) for draw in DRAWS} == {35}
    assert steady_value(MOST_HIDDEN, None, WIDTH - 1) is None
    assert steady_value(MOST_HIDDEN + 1, None, WIDTH - 1) is not None


@pytest.mark.parametrize("draw", DRAWS)
def test_a_figure_keeps_its_number_until_enough_people_moved_it(draw):
    assert steady_value(40 + LEAST_MOVE + draw - 1, 40, draw) == 40
    assert steady_value(40 + LEAST_MOVE + draw, 40, draw) == 55, "all lines of a step round to the same number"
    assert steady_value(100 - LEAST_MOVE - draw, 100, draw) == 85
    assert 40 + LEAST_MOVE + draw - 1 - 40 <= MOST_LAG


@pytest.mark.parametrize("draw", range(WIDTH))
def test_a_first_line_of_its_own_rounds_alike_too_and_does_not_hide_again_what_it_showed(draw):
    assert steady_value(LEAST_MOVE + draw - 1, None, draw, first=LEAST_MOVE) is None
    assert steady_value(LEAST_MOVE + draw, None, draw, first=LEAST_MOVE) == 15
    assert steady_value(15 + LEAST_MOVE + draw, 15, draw, first=LEAST_MOVE) == 30


def test_a_figure_that_fell_below_the_base_is_hidden():
    assert steady_value(20, 40, 0) is None


def test_between_two_shown_numbers_lie_eleven_people_or_more():
    rng = random.Random(11)
    for _ in range(300):
        count, shown, behind = 0, None, {}
        for _ in range(120):
            count += rng.choice((0, 0, 1, 1, 2, 3, 9, 25))
            now = steady_value(count, shown, rng.randrange(WIDTH))
            if now != shown:
                behind[count] = now
            shown = now
        counts = sorted(behind)
        assert all(later - earlier >= LEAST_MOVE - 2 for earlier, later in zip(counts, counts[1:], strict=False))
        assert all(abs(count - shown) <= 2 for count, shown in behind.items())


def test_the_day_of_a_step_leaves_each_count_that_rounding_allows_as_likely_as_before():
    """One person of the group comes each day, which the attacker knows; they do not know how many there were."""
    for day in range(4, 9):
        assert sorted(_counts_at_the_step(day)) == [133, 134, 135, 136, 137]


def _counts_at_the_step(day):
    """Every count that is possible on the day of a step, for each way to reach it."""
    found = []
    for start, draw in product(range(118, 133), DRAWS):
        seen = history(start, [1] * 12, (draw, 0), 120)
        steps = [at for at, shown in enumerate(seen) if shown != 120]
        if steps and steps[0] == day:
            found.append(start + day + 1)
    return found


def test_rounding_anew_each_morning_would_tell_the_count_to_the_last_person():
    """Why it is not done: the same attacker knows the exact count on the day of a step."""
    possible = [start for start in range(118, 123) if rounded(start + 3) == 120 and rounded(start + 4) == 125]
    assert len(possible) == 1


@pytest.mark.parametrize("arrivals", [[1] * 45, [0, 1] * 25, [3] * 20, [0] * 10 + [1, 0, 0, 2, 5] * 8], ids=str)
def test_one_person_is_told_apart_no_better_than_by_one_rounding(arrivals):
    """The attacker knows what everybody chose who came since the number was shown, and looks every day for weeks. Did
    the one person, on the first day, choose this? One rounding to five, made once, lets them know in one case of five."""
    without, with_them = [], []
    for start in range(118, 123):
        for draws in product(DRAWS, repeat=4):
            more = (*draws, 0, 0)
            without.append(history(start, [0, *arrivals], more, 120))
            with_them.append(history(start, [1, *arrivals], more, 120))
    once = told_apart([rounded(n) for n in range(118, 123)], [rounded(n + 1) for n in range(118, 123)])
    assert once == pytest.approx(0.2)
    assert told_apart(without, with_them) <= once + 1e-9


def test_rounding_anew_would_tell_one_person_apart_for_certain():
    """The attacker who watched the last step knows the count, and then each step tells of one person."""
    known = 123  # the morning on which 120 became 125
    without = [rounded(known + day) for day in range(8)]
    with_them = [rounded(known + 1 + day) for day in range(8)]
    assert told_apart([tuple(without)], [tuple(with_them)]) == 1.0


def test_a_table_stands_still_until_its_whole_moves():
    first = renew_steady_table({"a": 60, "b": 50, "c": 40}, None, no_draw)
    assert (first.total, dict(first.groups)) == (150, {"a": 60, "b": 50, "c": 40})
    assert renew_steady_table({"a": 72, "b": 50, "c": 40}, first, no_draw) is first
    later = renew_steady_table({"a": 75, "b": 52, "c": 40}, first, no_draw)
    assert (later.total, dict(later.groups)) == (165, {"a": 75, "b": 50, "c": 40}), "two people move nothing"


def test_fewer_than_thirty_show_nothing_at_all():
    empty = renew_steady_table({"a": 20, "b": 9}, None, no_draw)
    assert empty == SteadyTable(None, {"a": None, "b": None}, few=True)


def test_a_small_group_is_hidden_and_not_what_is_left_over():
    found = renew_steady_table({"a": 100, "b": 60, "c": 4}, None, no_draw)
    assert found.groups["c"] is None
    assert list(found.groups.values()).count(None) == 2
    assert not found.few, "another is hidden beside it, so nobody may say which is the small one"


def test_where_all_that_is_hidden_is_few_it_may_be_said():
    found = renew_steady_table({"a": 100, "b": 12, "c": 4}, None, no_draw)
    assert found.few
    assert dict(found.groups) == {"a": 100, "b": None, "c": None}


def test_what_was_shown_is_not_hidden_by_the_growth_of_others():
    """`c` hides `b` with it. When `a` becomes the smaller one, `b` stays hidden in its place."""
    first = renew_steady_table({"a": 60, "b": 45, "c": 4}, None, no_draw)
    assert first.groups == {"a": 60, "b": None, "c": None}
    later = renew_steady_table({"a": 60, "b": 120, "c": 5}, first, no_draw)
    assert later.total == 185
    assert later.groups == {"a": 60, "b": None, "c": None}


def test_a_table_that_can_only_be_shown_by_hiding_what_was_seen_stays_as_it_was():
    first = renew_steady_table({"a": 60, "b": 50}, None, no_draw)
    assert renew_steady_table({"a": 160, "b": 3}, first, no_draw) is first


def test_every_look_of_a_growing_table_leaves_a_small_group_ten_wide_and_unsays_nothing():
    """What the numbers of one morning leave open about a small group, over many mornings of many consultations."""
    rng = random.Random(5)
    looks = 0
    for _ in range(12):
        weights = [rng.choice((1, 2, 8, 30, 60)) for _ in range(rng.randint(2, 6))]
        counts, shown = dict.fromkeys(map(str, range(len(weights))), 0), None
        for _ in range(12):
            for group in rng.choices(list(counts), weights, k=rng.choice((4, 20, 40))):
                counts[group] += 1
            before, shown = (
                shown,
                renew_steady_table(counts, shown, lambda figure, value: (len(figure) + value) % WIDTH),
            )
            if shown is not before and shown.total is not None:
                looks += 1
                assert all(width >= 10 for width in _widths(counts, shown))
                assert not before or _seen(before) <= _seen(shown)
    assert looks > 50


def _seen(found):
    return {group for group, value in found.groups.items() if value is not None}


def _widths(counts, shown):
    """Of each small hidden group: how far apart its fewest and its most people lie, for who takes every shown number for
    as exact as rounding leaves it (a held one is less so, and the true count must be possible)."""
    open_ = [(counts[group], value) for group, value in shown.groups.items() if value is not None]
    least = sum(min(count, value - 2) for count, value in open_)
    most = sum(max(count, value + 2) for count, value in open_)
    hidden = [group for group, value in shown.groups.items() if value is None]
    most_hidden = MOST_HIDDEN if shown.few else shown.total
    for group in hidden:
        if counts[group] < 10:
            low = max(0, shown.total - 2 - most - most_hidden * (len(hidden) - 1))
            yield min(most_hidden, shown.total + 2 - least) - low


def test_who_told_no_group_hides_none_of_those_who_did():
    found = renew_steady_table({"a": 100, "b": 60, "not": 3}, None, no_draw, unsaid="not")
    assert (found.total, dict(found.groups)) == (165, {"a": 100, "b": 60, "not": None})
    assert renew_steady_table({"a": 100, "b": 60, "not": 40}, None, no_draw, unsaid="not").groups["not"] == 40


def test_a_small_group_stays_hidden_though_nobody_left_the_question_out():
    found = renew_steady_table({"a": 100, "b": 60, "c": 4, "not": 0}, None, no_draw, unsaid="not")
    assert list(found.groups.values()) == [100, None, None, None]


def test_the_whole_is_drawn_apart_from_its_groups():
    asked = []
    renew_steady_table({"a": 60, "b": 50}, None, lambda figure, shown: asked.append((figure, shown)) or 0)
    assert asked[0] == (WHOLE_TABLE, 0)
    assert {figure for figure, _ in asked} == {WHOLE_TABLE, "a", "b"}


def test_the_only_group_of_a_table_is_its_whole_and_has_no_line_of_its_own():
    """Drawn apart, one number would have two lines: hidden by the one and shown by the other, it lies between them."""
    late = {WHOLE_TABLE: 0, "all": WIDTH - 1}
    found = renew_steady_table({"all": FIRST_SHOWN}, None, lambda figure, shown: late[figure])
    assert (found.total, dict(found.groups)) == (35, {"all": 35})
    later = renew_steady_table({"all": 35 + LEAST_MOVE}, found, lambda figure, shown: late[figure])
    assert later.groups["all"] == later.total == 50


def test_what_is_called_few_begins_at_a_drawn_line():
    """`b` is hidden beside `c`. Whether it is few must not step for everyone at the same number."""
    told = {
        draw: [renew_steady_table({"a": 100, "b": b, "c": 4}, None, lambda f, s, d=draw: d).few for b in range(30, 40)]
        for draw in DRAWS
    }
    assert len({tuple(each) for each in told.values()}) == WIDTH
    assert all(each[0] and not each[-1] for each in told.values())
