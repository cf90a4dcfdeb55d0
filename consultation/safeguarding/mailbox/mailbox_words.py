"""What the four words of a mailbox derive to: the digest that finds it, and the key that opens what leads wrote.

A web process for respondents holds no key of the vault. So a lead's message is sealed a second time, to the public key
of the mailbox; its private key is derived from the words whenever the child enters them, and is stored nowhere.
"""

from nacl.public import PrivateKey, PublicKey, SealedBox

from consultation.respondent_pages.four_words import HashedWords, derive_words
from consultation.responses.vault import pad_text, read_padded_text


def make_words(seed: bytes) -> tuple[str, ...]:
    """Words made for this one purpose (A8). `seed`: a secret of the form, which is not stored."""
    return derive_words("mailbox words", seed)


PEPPER, KEY = "mailbox pepper", "mailbox key"


def derive_public_key(words: HashedWords) -> bytes:
    return bytes(PrivateKey(words.derive(KEY)).public_key)


def _derive_private_key(words: HashedWords, public_key: bytes | memoryview) -> PrivateKey:
    present = PrivateKey(words.derive(KEY))
    return present if bytes(present.public_key) == bytes(public_key) else PrivateKey(words.derive_as_before(KEY))


def seal_for_words(public_key: bytes | memoryview, text: str) -> bytes:
    return SealedBox(PublicKey(bytes(public_key))).encrypt(pad_text(text))


def open_with_words(words: HashedWords, public_key: bytes | memoryview, sealed: bytes | memoryview) -> str:
    return read_padded_text(SealedBox(_derive_private_key(words, public_key)).decrypt(bytes(sealed)))
