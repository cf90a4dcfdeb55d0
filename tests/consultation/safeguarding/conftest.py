import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from consultation.responses.models import Answer
from consultation.responses.vault import seal_text
from consultation.safeguarding import actions, states
from consultation.safeguarding.referrals import actions as referring
from tests import factories

WORDS = "He waits for me after school."


@pytest.fixture
def new_answer(home):
    """new_answer("words"): one more unread answer to the same question."""
    _, version = factories.consultation(home, items=[factories.question("a", "long_text")])

    def make(words=WORDS):
        response = factories.response(version)
        return Answer.objects.create(id=uuid.uuid4(), response=response, question="q-a", sealed=seal_text(words))

    return make


@pytest.fixture
def answer(new_answer):
    return new_answer()


def opened(answer, by, priority="T1", **more):
    return actions.open_case(answer=answer, by=by, priority=priority, why="A worry.", **more)


def read(case, by):
    """The words opened, where there are any."""
    case.refresh_from_db()
    if case.is_unread_by(by):
        actions.view_case_texts(case=case, by=by, reason="To decide.")


def decide(case, by, to, reason="x", **more):
    """A move by a lead who has opened the words; "referred" takes a referral."""
    read(case, by)
    if to == "referred":
        refer(case, by, "CEOP", reason=reason, **more)
    else:
        actions.move_case(case=case, by=by, to=to, reason=reason, **more)
    return case


def refer(case, by, agency, **more):
    given = {"reference": "R-1", "chase_on": timezone.localdate(more.get("now")) + timedelta(days=2)} | more
    return referring.refer_case(case=case, by=by, agency=factories.agency(agency), **given)


def close(case, by, outcome, **more):
    """Close a case, all else done: the words opened, the agency told, and every decision written down."""
    read(case, by)
    if outcome in states.REFERRALS and outcome not in [made for _, made, _ in case.list_referrals()]:
        refer(case, by, outcome)
    for referral in case.referrals.filter(decided_at=None):
        referring.record_referral_decision(referral=referral, by=by, decision="They took it.")
    given = {"reason": "Because.", "reporting_duty": "yes", "reference": "R-1"} | more
    return actions.close_case(case=case, by=by, outcome=outcome, **given)


@pytest.fixture
def desk(client_as):
    return client_as("safeguarding_lead")
