"""Words of commitments, and a pledge, an offer and a principle that are public."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from insights.commitments import actions
from insights.decisions.actions import publish_decision, record_decision
from tests.insights.decisions.conftest import said as decided

EMPTY = {"language": "en", "results": None, "decisions": [], "begins": None, "due": None}


def said(**more):
    return EMPTY | {"name": "Head of parks", "what": "I will walk the park at night."} | more


@pytest.fixture
def decision(parks, officer, colleague):
    draft = record_decision(by=officer, consultations=[parks[0]], **decided())
    return publish_decision(decision=draft, by=colleague, today=date(2026, 11, 27))


@pytest.fixture
def pledge(decision, officer, colleague):
    due = timezone.localdate() + timedelta(days=30)
    draft = actions.draft_commitment(kind="pledge", by=officer, **said(decisions=[decision], due=due))
    return actions.publish_commitment(draft, by=colleague)


@pytest.fixture
def principle(officer, colleague):
    draft = actions.draft_commitment(kind="principle", by=officer, **said(name="We listen", what="We ask first."))
    return actions.publish_commitment(draft, by=colleague)
