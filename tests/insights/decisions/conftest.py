"""A published release of the parks consultation, and a planner."""

from datetime import date

import pytest

from insights.decisions.actions import publish_decision, record_decision
from tests import factories


def said(**fields):
    return {
        "slug": "lights-first",
        "title": "Lights on the main paths",
        "we_asked": "What would help?",
        "you_said": "You want lights.",
        "outcome": "yes",
        "we_did": "We will put up ten lights.",
        "easy": factories.CHILD_SUMMARY,
        "lead_role": "Street lighting manager",
        "decided": date(2026, 11, 26),
        "next_update": date(2127, 1, 29),
    } | fields


def posted(**fields):
    """The same as a form sends it."""
    found = said(**fields)
    return {f"easy_{name}": words for name, words in found.pop("easy").items()} | {
        name: str(value) for name, value in found.items()
    }


@pytest.fixture
def decision(planner, answered):
    return record_decision(by=planner, consultations=[answered], **said())


@pytest.fixture
def draft(planner, parks):
    """A draft decision on a consultation without answers: fast to make."""
    return record_decision(by=planner, consultations=[parks[0]], **said())


@pytest.fixture
def public(decision, colleague):
    return publish_decision(decision=decision, by=colleague, today=date(2026, 11, 27))
