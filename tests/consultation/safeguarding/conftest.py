import uuid

import pytest

from consultation.responses.models import Answer
from consultation.responses.vault import seal
from tests import factories

WORDS = "He waits for me after school."


@pytest.fixture
def answer(home):
    _, version = factories.consultation(home, items=[factories.question("a", "long_text")])
    response = factories.response(version)
    return Answer.objects.create(id=uuid.uuid4(), response=response, question="q-a", sealed=seal(WORDS))


@pytest.fixture
def reader(person):
    return person("moderator")


@pytest.fixture
def lead(person):
    return person("safeguarding_lead")


@pytest.fixture
def other_lead(person):
    return person("safeguarding_lead")
