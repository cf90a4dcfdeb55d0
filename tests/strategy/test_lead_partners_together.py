"""4.2: each decision has a named lead role and a next update date before it is published, and late ones are told."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from insights.decisions.actions import publish_decision, record_decision
from insights.decisions.agencies.actions import set_action_plan
from insights.decisions.models import Decision
from insights.decisions.unanswered.late_reminders import remind_late_agencies
from insights.strategy.points.point_provisions import get_served_point
from tests import factories

POINT = "lead-partners-together"
SAID = {
    "slug": "lights-first", "title": "Lights on the main paths", "we_asked": "What would help?",
    "you_said": "You want lights.", "outcome": "yes", "we_did": "We will put up ten lights.",
    "easy": factories.CHILD_SUMMARY,
    "lead_role": "Street lighting manager", "decided": date(2026, 11, 2), "next_update": date(2127, 1, 29),
}  # fmt: skip


@pytest.fixture
def drafted(home, person):
    """drafted(next_update=None): the draft of a planner."""
    page, _ = factories.consultation(home, items=[factories.question("a")])
    planner = person("planner")
    return lambda **fields: record_decision(by=planner, consultations=[page], **SAID | fields)


@pytest.mark.parametrize(
    ("fields", "says"), [({"lead_role": " "}, "who leads"), ({"next_update": None}, "on which day people hear next")]
)
def test_no_decision_is_published_without_a_lead_role_and_a_next_update(fields, says, drafted, person):
    draft = drafted(**fields)
    with pytest.raises(ValidationError, match=says):
        publish_decision(decision=draft, by=person("engagement_officer"))
    assert not Decision.objects.published().exists()


@pytest.mark.parametrize("progress", ["done", "stopped"])
def test_what_is_done_or_stopped_owes_no_news(progress, drafted, person):
    draft = drafted(next_update=None, progress=progress)
    assert publish_decision(decision=draft, by=person("engagement_officer")).is_public


def test_partners_see_the_register_with_lead_and_day_and_a_late_one_is_told(
    drafted, person, client_as, django_capture_on_commit_callbacks
):
    decision = drafted()
    planner = decision.created_by
    yesterday = timezone.localdate() - timedelta(days=1)
    plan = [{"agency": "Riverside partnership", "what": "Walk there after dark", "due": yesterday}]
    set_action_plan(decision=decision, by=planner, items=plan)
    publish_decision(decision=decision, by=person("engagement_officer"))
    partner = client_as("partner_viewer")
    page = partner.get(reverse("insights:decision", args=[decision.slug])).content.decode()
    assert "Street lighting manager" in page and "29 January 2127" in page
    with django_capture_on_commit_callbacks(execute=True):
        assert remind_late_agencies() == 1
    assert [message.to for message in mail.outbox] == [[partner.user.email]]
    shown = partner.get(reverse("insights:agency", args=["riverside-partnership"])).content.decode()
    assert "were last told on" in shown


def test_a_draft_and_a_decision_that_owes_news_without_a_day_are_no_promise(drafted, person):
    decision = drafted()
    set_action_plan(decision=decision, by=decision.created_by, items=[{"agency": "Youth Trust", "what": "Walk there"}])
    assert not get_served_point(POINT).holds, "a draft is no promise"
    publish_decision(decision=decision, by=person("engagement_officer"))
    assert get_served_point(POINT).holds
    Decision.objects.update(next_update=None)
    assert not get_served_point(POINT).holds
