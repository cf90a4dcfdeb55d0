import uuid

import pytest

from consultation.responses.models import Answer
from consultation.responses.vault import seal_text
from consultation.safeguarding import actions
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


@pytest.fixture
def reader(person):
    return person("moderator")


@pytest.fixture
def lead(person):
    return person("safeguarding_lead")


@pytest.fixture
def other_lead(person):
    return person("safeguarding_lead")


def opened(answer, by, priority="T1", **more):
    return actions.open_case(answer=answer, by=by, priority=priority, why="A worry.", **more)


def close(case, by, outcome, **more):
    given = {"reason": "Because.", "reporting_duty": "yes", "reference": "R-1"} | more
    return actions.close_case(case=case, by=by, outcome=outcome, **given)
