"""Key rotation re-seals every sealed field; a field unknown to it fails here."""

import base64
import json
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import models

from cms.operations.stored_answers.key_rotation import iter_sealed_fields
from consultation.responses.models import Response
from consultation.responses.vault import generate_key_pair, is_sealed_as_now, open_sealed_text, seal_text
from consultation.safeguarding.actions import request_contact
from consultation.safeguarding.contact_requests.actions import claim_contact, view_contact
from consultation.safeguarding.models import ContactRequest
from tests.factories import consultation, question, response

# Bytes that are not sealed to the answer key: each with why.
NOT_SEALED = {
    "insights.QuoteKey.key": "destroyed with its quote; opens nothing",
    "insights.LearnedModel.artefact": "numbers and terms that at least five people used; no text of an answer",
    "insights.Suggestion.centre": "one point of 512 numbers that stands for a group; no text of an answer",
    "insights.Paper.content": "a report as planners see it; deleted when words in it are taken back",
    "consultation.Mailbox.public_key": "a public key of four words; opens nothing",
    "consultation.MailboxMessage.sealed_to_words": "sealed to the key of four words, which is stored nowhere",
    "consultation.ScreenModel.artefact": "numbers and terms that at least five people used; no text of an answer",
}


def test_every_field_of_bytes_is_rotated_or_says_why_not():
    bytes_fields = {
        f"{model._meta.label}.{field.name}"
        for app in ("cms", "consultation", "insights")
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.local_fields
        if isinstance(field, models.BinaryField)
    }
    rotated = {f"{model._meta.label}.{field}" for model, field in iter_sealed_fields()}
    assert bytes_fields == rotated | set(NOT_SEALED)


@pytest.fixture
def keys(settings):
    """keys() changes to a new pair with the old private key beside it; keys(alone=True) removes the old one."""

    def change(alone=False):
        if alone:
            settings.ANSWER_OPEN_KEYS = settings.ANSWER_OPEN_KEYS[:1]
        else:
            settings.ANSWER_SEAL_KEY, new = generate_key_pair()
            settings.ANSWER_OPEN_KEYS = [new, *settings.ANSWER_OPEN_KEYS]

    return change


def rotate(**options):
    out = StringIO()
    call_command("rotate_keys", stdout=out, **options)
    return out.getvalue()


@pytest.mark.django_db
def test_an_attached_answer_can_be_opened_with_the_new_key_alone(keys, person):
    attached = [("What would help?", seal_text("Lights")), ("Else?", seal_text("Buses"))]
    contact = request_contact(name="Bee", how="text", when="four", language="en", attached=attached)
    keys()
    assert rotate().startswith("1 texts")
    keys(alone=True)
    contact.refresh_from_db()
    lead = person("safeguarding_lead")
    shown = view_contact(contact=claim_contact(contact=contact, by=lead), by=lead)
    assert shown["attached"] == [
        {"question": "What would help?", "text": "Lights"},
        {"question": "Else?", "text": "Buses"},
    ]


@pytest.mark.django_db
def test_an_old_answer_attached_to_a_new_request_is_sealed_anew_too(keys):
    old = seal_text("Lights")
    keys()
    request_contact(name="Bee", how="text", when="four", language="en", attached=[("Q", old)])
    assert rotate().startswith("1 texts")
    content = json.loads(open_sealed_text(ContactRequest.objects.get().sealed))
    assert is_sealed_as_now(base64.b64decode(content["attached"][0][1]))
    assert rotate().startswith("0 texts")


@pytest.mark.django_db
def test_what_retention_emptied_is_left_alone(keys, home):
    _, version = consultation(home, items=[question("b", "long_text")])
    sent = response(version, texts={"q-b": "Words"})
    sent.answers.update(sealed=b"")
    keys()
    assert rotate().startswith("0 texts")
    assert bytes(sent.answers.get().sealed) == b""


@pytest.mark.django_db
def test_the_check_changes_nothing_and_says_how_many_wait(keys, home):
    _, version = consultation(home, items=[question("b", "long_text")])
    sent = response(version, texts={"q-b": "Words"})
    Response.objects.update(sealed_equality=seal_text('[{},""]'))
    before = bytes(sent.answers.get().sealed)
    assert "No text needs" in rotate(check=True)
    keys()
    with pytest.raises(CommandError, match="2 texts"):
        rotate(check=True)
    assert bytes(sent.answers.get().sealed) == before
    rotate()
    assert "No text needs" in rotate(check=True)
