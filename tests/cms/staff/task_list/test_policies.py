"""Policies of the task list: tasks of each role, and days of reminders. No database."""

from datetime import date, timedelta

import pytest

from cms.staff.task_list.policies import (
    DueTask,
    group_tasks,
    is_news_owed,
    must_remind,
    reminder_step,
    visible_tasks,
)

TODAY = date(2027, 3, 3)
DAY = timedelta(days=1)


class Someone:
    def __init__(self, pk, *permissions):
        self.pk, self.permissions = pk, permissions

    def has_perm(self, name):
        return name in self.permissions


EDIT = "consultation.edit_consultation"
ME = Someone(1, EDIT)


def item(title, **more):
    return DueTask("Our answer", title, "/", "It is late.", **more)


def titles(items, **more):
    return [one.title for one in visible_tasks(items, user=ME, **more)]


def test_the_nearest_day_comes_first_and_what_has_none_comes_last():
    items = [item("c"), item("b", day=TODAY + DAY), item("a", day=TODAY - DAY)]
    assert titles(items, mine=True) == ["a", "b", "c"]


def test_mine_leaves_out_what_others_do_and_what_i_may_not_do_myself():
    items = [
        item("mine", people=frozenset({1})),
        item("another's", people=frozenset({2})),
        item("everyone's"),
        item("made by me", but_not=frozenset({1})),
    ]
    assert titles(items, mine=True) == ["everyone's", "mine"]
    assert titles(items, mine=False) == ["another's", "everyone's", "made by me", "mine"]


def test_nobody_is_shown_what_they_may_not_open():
    assert titles([item("a", permission="insights.publish_decision")], mine=False) == []


def test_what_is_due_on_one_day_for_one_reason_stands_together_and_none_is_lost():
    other = DueTask("Help", "e", "/", "It stays.", day=DAY + TODAY)
    items = [item("a", day=TODAY), item("b", day=TODAY), item("c", day=TODAY + DAY), other, item("d")]
    found = group_tasks(items)
    assert [(one.day, one.kind, [task.title for task in one.items]) for one in found] == [
        (TODAY, "Our answer", ["a", "b"]),
        (TODAY + DAY, "Our answer", ["c"]),
        (TODAY + DAY, "Help", ["e"]),
        (None, "Our answer", ["d"]),
    ]


@pytest.mark.parametrize(
    ("last_word", "next_update", "quiet"),
    [
        (TODAY, None, False),
        (TODAY - 90 * DAY, None, False),
        (TODAY - 91 * DAY, None, True),
        (TODAY - 5 * DAY, TODAY + DAY, False),
        (TODAY - 5 * DAY, TODAY, True),
        (TODAY - 91 * DAY, TODAY + 30 * DAY, True),
    ],
)
def test_a_decision_owes_news(last_word, next_update, quiet):
    assert is_news_owed(last_word=last_word, next_update=next_update, today=TODAY) is quiet


@pytest.mark.parametrize(
    ("left", "step"),
    [(11, None), (10, 10), (6, 10), (5, 5), (2, 5), (1, 1), (0, 0), (-1, -1), (-5, -1), (-6, -6), (-11, -11)],
)
def test_reminders_come_at_steps(left, step):
    assert reminder_step(left) == step


def test_one_reminder_a_step_and_none_is_lost_when_a_day_was_missed():
    assert must_remind(9, []) and not must_remind(8, [10]) and must_remind(5, [10]) and not must_remind(12, [])
    assert must_remind(-3, [10, 5, 1, 0]) and not must_remind(-4, [10, 5, 1, 0, -1])
