"""A consultation with a closed question and a text, and one response to it."""

import pytest

from tests.factories import consultation, question, response


@pytest.fixture
def version(home):
    return consultation(home, items=[question("a", "single", ["Yes", "No"]), question("h", "long_text")])[1]


@pytest.fixture
def sent(version):
    return response(version, closed={"a": "1"}, texts={"q-h": "Too dark."})
