"""A sealed text has one of few sizes, whatever was written; texts of earlier releases open too, and a rotation pads them."""

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from consultation.respondent_pages.four_words import hash_words
from consultation.responses import vault
from consultation.responses.models import Answer
from consultation.responses.vault import open_sealed_text, seal_text
from consultation.safeguarding.mailbox.mailbox_words import derive_public_key, open_with_words, seal_for_words
from tests.factories import consultation, question, response


def seal_without_padding(text):
    """As earlier releases did."""
    key_id, box = vault._load_sealer(settings.ANSWER_SEAL_KEY)
    return key_id + box.encrypt(text.encode())


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300))
def test_every_text_comes_back_as_it_was(text):
    assert open_sealed_text(seal_text(text)) == text
    assert open_sealed_text(seal_without_padding(text)) == text


def test_a_text_of_up_to_five_thousand_letters_has_one_of_eight_sizes():
    sizes = {len(seal_text("a" * letters)) for letters in range(0, 5001, 7)}
    assert sizes == {vault.sealed_size(64 << step) for step in range(8)}
    assert len({len(seal_text("Ж" * letters)) for letters in range(17, 33)}) == 1


def test_a_long_text_grows_by_little():
    for letters in (40_000, 200_000, 1_000_000):
        assert letters < len(seal_text("a" * letters)) < letters + vault.STEP + 100


def test_a_padded_text_takes_less_than_twice_its_place():
    assert all(len(seal_text("a" * letters)) < 2 * letters + 64 for letters in range(64, 40_000, 501))


def test_what_leads_write_into_a_mailbox_is_padded():
    words = hash_words(("apple", "boat", "cloud", "drum"))
    key = derive_public_key(words)
    sealed = [seal_for_words(key, text) for text in ("Yes.", "We read it, and will help you.")]
    assert len({len(one) for one in sealed}) == 1
    assert open_with_words(words, key, sealed[0]) == "Yes."


@pytest.mark.django_db
def test_a_rotation_pads_what_earlier_releases_sealed(home):
    _, version = consultation(home, items=[question("b", "long_text")])
    sent = response(version, texts={"q-b": "Words"})
    sent.answers.update(sealed=seal_without_padding("Words"))
    call_command("rotate_keys", stdout=(said := StringIO()))
    assert said.getvalue().startswith("1 texts")
    sealed = Answer.objects.get().sealed
    assert len(sealed) == vault.sealed_size(5) and open_sealed_text(sealed) == "Words"
    call_command("rotate_keys", stdout=(again := StringIO()))
    assert again.getvalue().startswith("0 texts")
