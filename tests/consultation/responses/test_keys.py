"""A process without the private key cannot read an answer; key rotation loses no word."""

from io import StringIO

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from consultation.responses.models import Answer, Response
from consultation.responses.vault import (
    VaultLocked,
    can_open_sealed,
    generate_key_pair,
    is_sealed_as_now,
    open_sealed_text,
    seal_text,
)
from consultation.safeguarding.models import WithdrawnText
from tests.factories import DAY, consultation, question


@pytest.fixture
def answers(home):
    _, version = consultation(home, items=[question("a", "long_text")])
    response = Response.objects.create(version=version, language="en", day=DAY)
    return [
        Answer.objects.create(response=response, question="q-a", sealed=seal_text(text), state="unread")
        for text in ("The bus stop is dark.", "سڑک پر اندھیرا ہے۔", "🙂")
    ]


def test_a_process_without_the_opening_key_cannot_read_what_it_sealed(settings):
    settings.ANSWER_OPEN_KEYS = []
    sealed = seal_text("The bus stop is dark.")
    assert not can_open_sealed()
    assert b"dark" not in sealed
    with pytest.raises(VaultLocked):
        open_sealed_text(sealed)


def test_a_wrong_key_opens_nothing(settings):
    sealed = seal_text("words")
    settings.ANSWER_OPEN_KEYS = [generate_key_pair()[1]]
    with pytest.raises(VaultLocked):
        open_sealed_text(sealed)


def test_the_same_words_are_sealed_differently_each_time():
    assert seal_text("words") != seal_text("words")


def test_a_key_that_is_none_says_so(settings):
    settings.ANSWER_SEAL_KEY = "not a key"
    with pytest.raises(ImproperlyConfigured):
        seal_text("words")


@pytest.mark.django_db
def test_rotation_seals_every_text_to_the_new_key(settings, answers):
    WithdrawnText.objects.create(sealed=seal_text("withdrawn"), question="Q?", language="en", due="2026-11-17T10:00Z")
    words = {answer.pk: open_sealed_text(answer.sealed) for answer in answers}
    old = settings.ANSWER_OPEN_KEYS
    settings.ANSWER_SEAL_KEY, new_open = generate_key_pair()
    settings.ANSWER_OPEN_KEYS = [new_open, *old]
    said = StringIO()
    call_command("rotate_keys", stdout=said)
    assert said.getvalue().startswith("4 texts") and "No text needs an older private key" in said.getvalue()
    settings.ANSWER_OPEN_KEYS = [new_open]
    assert {answer.pk: open_sealed_text(answer.sealed) for answer in Answer.objects.all()} == words
    assert open_sealed_text(WithdrawnText.objects.get().sealed) == "withdrawn"
    assert all(is_sealed_as_now(answer.sealed) for answer in Answer.objects.all())
    call_command("rotate_keys", stdout=(again := StringIO()))
    assert again.getvalue().startswith("0 texts")


@pytest.mark.django_db
def test_rotation_without_the_old_key_changes_nothing_and_says_what_to_do(settings, answers):
    before = {answer.pk: bytes(answer.sealed) for answer in answers}
    settings.ANSWER_SEAL_KEY, new_open = generate_key_pair()
    settings.ANSWER_OPEN_KEYS = [new_open]
    with pytest.raises(CommandError, match="old private keys"):
        call_command("rotate_keys")
    assert {answer.pk: bytes(answer.sealed) for answer in Answer.objects.all()} == before


def test_answer_key_prints_a_pair_that_works(settings):
    said = StringIO()
    call_command("answer_key", stdout=said)
    pair = dict(line.split("=", 1) for line in said.getvalue().splitlines() if line.startswith("ANSWER_"))
    settings.ANSWER_SEAL_KEY, settings.ANSWER_OPEN_KEYS = pair["ANSWER_SEAL_KEY"], [pair["ANSWER_OPEN_KEYS"]]
    assert open_sealed_text(seal_text("words")) == "words"
    assert len(said.getvalue().rpartition("RECORD_KEY_SECRET=")[2].strip()) > 40
