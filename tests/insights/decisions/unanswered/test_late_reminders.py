"""An agency that is late is told: its own people alone, weekly at most, and no word of a promise leaves."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from consultation.audit.models import AuditEntry
from insights.decisions.actions import publish_decision
from insights.decisions.agencies.actions import REMINDED, set_action_plan
from insights.decisions.models import Decision
from insights.decisions.unanswered.late_reminders import count_late_promises, remind_late_agencies
from insights.decisions.unanswered.unanswered_themes import list_overdue_promises
from tests import factories

TODAY = date(2027, 6, 1)


def partner(email, agency):
    return factories.staff(email, "insights.view_reports", "insights.update_action", agency=agency)


@pytest.fixture
def late(decision, planner, colleague):
    """The trust is late, the council is not."""
    due = {"Youth Trust": TODAY - timedelta(days=9), "City Council": TODAY + timedelta(days=9)}
    items = [{"agency": name, "what": "Walk there after dark", "due": day} for name, day in due.items()]
    set_action_plan(decision=decision, by=planner, items=items)
    partner("trust@example.org", "Youth Trust")
    partner("council@example.org", "City Council")
    return publish_decision(decision=decision, by=colleague)


def remind(today, capture):
    with capture(execute=True):
        return remind_late_agencies(today)


def test_only_the_people_of_the_late_agency_are_told_and_the_message_names_nothing(
    late, django_capture_on_commit_callbacks
):
    assert remind(TODAY, django_capture_on_commit_callbacks) == 1
    assert [message.to for message in mail.outbox] == [["trust@example.org"]]
    sent = mail.outbox[0].subject + mail.outbox[0].body
    assert not any(words in sent for words in ("Walk", late.title, late.you_said, "Trust"))
    assert AuditEntry.objects.get(verb=REMINDED).data == {"agency": "youthtrust", "late": 1}


@pytest.mark.parametrize(("days", "told"), [(0, 0), (1, 0), (6, 0), (7, 1)])
def test_it_is_told_once_a_week_at_most(days, told, late, django_capture_on_commit_callbacks):
    today = timezone.localdate()  # the log holds the real day
    late.items.filter(agency__name="Youth Trust").update(due=today - timedelta(days=1))
    assert remind(today, django_capture_on_commit_callbacks) == 1
    assert remind(today + timedelta(days=days), django_capture_on_commit_callbacks) == told


def test_a_decision_that_an_agency_leads_counts_while_it_owes_news(late):
    factories.agency("City Council")
    assert count_late_promises(TODAY) == {"youthtrust": 1}
    Decision.objects.filter(pk=late.pk).update(agency="City Council", next_update=TODAY - timedelta(days=1))
    assert count_late_promises(TODAY) == {"youthtrust": 1, "citycouncil": 1}
    Decision.objects.filter(pk=late.pk).update(progress="done")
    assert count_late_promises(TODAY) == {"youthtrust": 1}, "what is done owes nothing"


def test_an_agency_is_told_as_many_promises_as_every_page_counts(late):
    """Its action, the decision that it leads and the news of it: three that are late, on the board and here."""
    days = {"due": TODAY - timedelta(days=3), "next_update": TODAY - timedelta(days=1)}
    Decision.objects.filter(pk=late.pk).update(agency="Youth Trust", **days)
    factories.agency("Youth Trust")
    assert count_late_promises(TODAY) == {"youthtrust": 3} and len(list_overdue_promises(TODAY)) == 3
    Decision.objects.filter(pk=late.pk).update(agency="")
    assert count_late_promises(TODAY) == {"youthtrust": 1}, "a decision that no agency leads reminds none"


def test_nobody_is_told_where_nothing_is_late(late, django_capture_on_commit_callbacks):
    late.items.update(status="done")
    assert remind(TODAY, django_capture_on_commit_callbacks) == 0 and not mail.outbox
