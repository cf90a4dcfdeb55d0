"""Harm of years ago has a clock of its own, which never gives a case more time, and words for the survivor."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation.access import NotAllowed
from consultation.audit.models import AuditEntry
from consultation.domain.calendar import bank_holidays
from consultation.interface_text import get_text
from consultation.safeguarding import actions, clocks
from consultation.safeguarding.case_categories.actions import set_category
from consultation.safeguarding.help.needs import HARMED_AS_A_CHILD, NEEDS
from consultation.safeguarding.models import CaseCategory, CaseNote
from tests.consultation.safeguarding.conftest import close, decide, opened, read
from tests.domain_tables import CONTROLS

LATE = datetime(2026, 11, 30, 16, 0, tzinfo=clocks.LONDON)  # a Monday
AGREED = CONTROLS["triage"]["categories"]


def test_the_agreed_categories_are_those_of_the_code_with_words_and_a_list():
    assert set(AGREED) == set(CaseCategory.values)
    assert get_text(AGREED["non-recent"]["support_text"]) != AGREED["non-recent"]["support_text"]
    assert HARMED_AS_A_CHILD in NEEDS


@given(moment=st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)), priority=st.sampled_from(["T1", "T2", "T3"]))
def test_a_non_recent_case_is_due_the_same_working_day_and_never_later_than_another(moment, priority):
    start, week = moment.replace(tzinfo=clocks.LONDON), clocks.STANDARD_WEEK
    due = clocks.case_due_at(priority, start, week, non_recent=True)
    assert due <= clocks.case_due_at(priority, start, week)
    assert due.date() == clocks.next_working_moment(start, week).date() and due.date() not in bank_holidays(due.year)


def test_what_comes_late_in_the_day_is_still_due_that_day(new_answer, reader):
    plain = opened(new_answer(), reader, "T2", now=LATE)
    past = opened(new_answer(), reader, "T2", now=LATE, category=CaseCategory.NON_RECENT)
    assert plain.due_at.astimezone(clocks.LONDON).day == 1
    assert past.due_at.astimezone(clocks.LONDON) == LATE.replace(hour=17)


def test_a_lead_sets_and_takes_off_the_category_with_a_reason_and_the_clock_only_gets_shorter(answer, reader, lead):
    case = opened(answer, reader, "T3", now=LATE)
    due = case.due_at
    set_category(case=case, by=lead, category="non-recent", why="She writes of 1994.", now=LATE)
    assert case.is_non_recent and case.due_at < due
    due = case.due_at
    with pytest.raises(NotAllowed):  # its clock and a survivor's words would go with it, unread
        set_category(case=case, by=lead, category="", why="It goes on.", now=LATE)
    read(case, lead)
    set_category(case=case, by=lead, category="", why="It goes on.", now=LATE + timedelta(minutes=5))
    assert not case.is_non_recent and case.due_at == due
    assert AuditEntry.objects.filter(verb="triage category set", object_id=str(case.pk)).count() == 2
    assert case.notes.filter(kind=CaseNote.Kind.NOTE).count() == 2
    with pytest.raises(NotAllowed):
        set_category(case=case, by=lead, category="old", why="x")


def test_reopened_it_is_still_non_recent_and_due_the_same_day(answer, reader, lead):
    case = opened(answer, reader, "T2", category=CaseCategory.NON_RECENT)
    actions.claim_case(case=case, by=lead)
    decide(case, lead, "learning-only")
    close(case, lead, "nobody can be identified")
    actions.reopen_case(case=case, by=lead, why="A name came.", now=LATE)
    assert case.is_non_recent and case.due_at.astimezone(clocks.LONDON) == LATE.replace(hour=17)
