import pytest

from consultation.responses.models import Answer
from tests import factories


@pytest.fixture
def asked(home):
    """A published consultation with one question for words."""
    return factories.consultation(home, items=[factories.question("a", "long_text")])


@pytest.fixture
def sent(asked):
    """sent("words", soon=True): one unread answer."""

    def make(words, *, soon=False, version=None, **fields):
        response = factories.response(version or asked[1], texts={"q-a": words}, **fields)
        answer = Answer.objects.get(response=response)
        if soon:
            answer.soon = True
            answer.save()
        return answer

    return make


@pytest.fixture
def colleague(person):
    return person("moderator")


@pytest.fixture
def desk(client_as):
    """A reader's browser, who is its `.user`."""
    return client_as("moderator")
