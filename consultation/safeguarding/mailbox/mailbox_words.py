"""What the four words of a mailbox derive to: the digest that finds it, and the key that opens what leads wrote.

A web process for respondents holds no key of the vault. So a lead's message is sealed a second time, to the public key
of the mailbox; its private key is derived from the words whenever the child enters them, and is stored nowhere.
"""

from collections.abc import Sequence

from nacl.public import PrivateKey, PublicKey, SealedBox

from consultation.respondent_pages.four_words import derive_from_words, derive_words
from consultation.responses.vault import pad_text, read_padded_text


def make_words(seed: bytes) -> tuple[str, ...]:
    """Words made for this one purpose (A8). `seed`: a secret of the form, which is not stored."""
    return derive_words("mailbox words", seed)


def digest_words(words: Sequence[str]) -> str:
    return derive_from_words("mailbox pepper", words).hex()


def _derive_private_key(words: Sequence[str]) -> PrivateKey:
    return PrivateKey(derive_from_words("mailbox key", words))


def derive_public_key(words: Sequence[str]) -> bytes:
    return bytes(_derive_private_key(words).public_key)


def seal_for_words(public_key: bytes | memoryview, text: str) -> bytes:
    return SealedBox(PublicKey(bytes(public_key))).encrypt(pad_text(text))


def open_with_words(words: Sequence[str], sealed: bytes | memoryview) -> str:
    return read_padded_text(SealedBox(_derive_private_key(words)).decrypt(bytes(sealed)))
