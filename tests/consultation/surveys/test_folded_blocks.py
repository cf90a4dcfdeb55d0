"""A survey is sent folded; a question that nobody opened returns unchanged."""

import json

import pytest

from consultation.surveys.folded_blocks import KEPT
from consultation.surveys.question_blocks import QuestionStreamBlock
from tests.consultation.surveys.conftest import asked, raw, when
from tests.consultation.surveys.test_editing import PAGE, draft_of, edit

pytestmark = pytest.mark.any_database

STREAM = QuestionStreamBlock()
GO = asked("go", "Do you go?", "multiple", choices=["Yes", "No"], limit=1)
PART = raw({"text": "Parks", "level": "2", "body": "Read this."}, "section", "part")
FEEL = asked("feel", "How is it?", "faces", show_if=when("go", "yes"), themes=["parks"], sensitive=True)


def sent(*blocks):
    """The form of folded questions, by what the editor was given."""
    states = STREAM.get_form_state(STREAM.to_python(list(blocks)))
    data = {"body-count": str(len(states))}
    for place, state in enumerate(states):
        at = f"body-{place}"
        data |= {f"{at}-id": state["id"], f"{at}-type": state["type"], f"{at}-order": str(place), f"{at}-deleted": ""}
        data[f"{at}-value-{KEPT}"] = state["value"][KEPT]
    return data


def stored(child):
    return child.block_type, child.id, child.block.get_prep_value(child.value)


def test_what_comes_back_is_what_was_stored():
    value = STREAM.to_python([GO, PART, FEEL])
    back = STREAM.value_from_datadict(sent(GO, PART, FEEL), {}, "body")
    assert [stored(child) for child in back] == [stored(child) for child in value]


@pytest.mark.parametrize("nonsense", ["", "{", "3", "[1]", '{"options": 3}', '{"show_if": {"of": 7}}'])
def test_nonsense_is_an_empty_question(nonsense):
    data = sent(GO) | {f"body-0-value-{KEPT}": nonsense}
    assert STREAM.value_from_datadict(data, {}, "body")[0].value["text"] in (None, "")


@pytest.mark.django_db
def test_a_folded_draft_is_saved_whole(client_as, parks):
    blocks = [GO, PART, FEEL]
    assert client_as("engagement_officer").post(edit(parks), PAGE | sent(*blocks)).status_code == 302
    body = draft_of(parks).body
    assert [child.id for child in body] == [block["id"] for block in blocks]
    assert body[2].value["show_if"]["of"][0].value["any_of"] == ["yes"] and body[0].value["limit"] == 1


@pytest.mark.django_db
def test_what_is_folded_is_checked_like_anything_else(client_as, parks):
    data = PAGE | sent(GO, FEEL)
    data["body-1-value-kept"] = json.dumps(FEEL["value"] | {"show_if": when("gone", "yes")})
    assert "not in the survey any more" in client_as("engagement_officer").post(edit(parks), data).content.decode()
