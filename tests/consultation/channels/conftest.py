"""A consultation with every type of question, and a person who fills it in."""

import re

import pytest

from consultation.channels.web import form_tokens
from tests.factories import consultation, question


def scale(ids):
    return [{"id": i, "key": str(n), "text": {"en": i}, "easy": {}, "exclusive": False} for n, i in enumerate(ids, 1)]


def all_types():
    rows = [{"id": f"row-{key}", "key": key, "text": {"en": f"Row {key}"}, "easy": {}} for key in "ab"]
    items = [
        question("a", "multiple", ["Parks", "Town", "Stops", "None"], limit=2),
        question("b", "single", ["Yes", "No"], show_if={"question": "q-a", "any_of": ["a-2"]}),
        question("c", "faces"),
        question("d", "agreement"),
        question("e", "grid", ["Safe", "Not safe"], rows=rows),
        question("f", "ranking", ["Lights", "Clubs", "Buses", "None"], rank=3),
        question("g", "section", text={"en": "A hard part"}, hint={"en": "You can skip it."}, sensitive=True, also=[]),
        question("h", "short_text"),
        question("i", "long_text", show_if={"question": "q-e", "any_of": ["e-2"]}),
        question("j", "single", ["11 to 13", "14 or 15"], about_you="age"),
    ]
    items[0]["options"][3]["exclusive"] = items[5]["options"][3]["exclusive"] = True
    items[2]["options"], items[3]["options"] = scale("12345"), scale(["agree-lot", "middle", "disagree-lot"])
    items[2]["also"] = items[3]["also"] = ["dont-know", "rather-not"]
    return items


@pytest.fixture
def published(home):
    """(page, version) of a consultation with every type of question."""
    return consultation(home, items=all_types())


ADDRESS = "/en/have-your-say/parks/answer/"


def token_in(response):
    return re.search(r'name="token" value="([^"]*)"', response.content.decode())[1]


@pytest.fixture
def send(client, published):
    """send(fields): fill in the form and press Send."""

    def press(data=None, *, token=None, address=ADDRESS, **headers):
        token = form_tokens.issue_form_token(published[1].pk) if token is None else token
        return client.post(address, {"token": token, **(data or {})}, headers=headers)

    return press
