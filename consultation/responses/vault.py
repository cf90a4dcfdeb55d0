"""Sealing of free text to a public key (NaCl sealed boxes), and opening it where a private key is set.

A web process for respondents only holds the public key and cannot read what it has just stored. A sealed text is
`key id (4 bytes) + SealedBox` and contains no time. Several private keys may be set during a key rotation.

Before sealing, a text is padded to one of few sizes, so that its length tells next to nothing: 64 bytes and its doubles up
to 32 KB, then multiples of 32 KB. Texts of earlier releases have no padding; they open too, and `rotate_keys` pads them.
"""

import base64
import binascii
import hashlib
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from nacl.bindings import crypto_box_SEALBYTES
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

KEY_ID_BYTES, SEAL_BYTES = 4, crypto_box_SEALBYTES
SHORTEST, STEP = 64, 32 * 1024  # bytes of a padded text: the least, and the step of long ones
PADDING = b"\xff"  # in no UTF-8 text, so the end of the text is clear, and a text without padding is left as it is


class VaultLocked(Exception):
    """This process holds no key that opens the text."""


def generate_key_pair() -> tuple[str, str]:
    """(seal, open): a public and a private key, base64."""
    private = PrivateKey.generate()
    return (base64.b64encode(bytes(private.public_key)).decode(), base64.b64encode(bytes(private)).decode())


def _decode_key(kind: Any, text: str) -> Any:
    try:
        return kind(base64.b64decode(text, validate=True))
    except (binascii.Error, ValueError, CryptoError, TypeError) as error:
        raise ImproperlyConfigured("An answer key is not a base64 key of 32 bytes.") from error


def _identify_key(public: PublicKey) -> bytes:
    return hashlib.sha256(bytes(public)).digest()[:KEY_ID_BYTES]


@lru_cache(maxsize=4)
def _load_sealer(seal_key: str) -> tuple[bytes, SealedBox]:
    public = _decode_key(PublicKey, seal_key)
    return _identify_key(public), SealedBox(public)


@lru_cache(maxsize=4)
def _load_openers(open_keys: tuple[str, ...]) -> dict[bytes, SealedBox]:
    privates = [_decode_key(PrivateKey, text) for text in open_keys]
    return {_identify_key(private.public_key): SealedBox(private) for private in privates}


def padded_size(size: int) -> int:
    """The size to which a text of `size` bytes is padded."""
    return max(SHORTEST, 1 << (size - 1).bit_length()) if size <= STEP else -(-size // STEP) * STEP


def pad_text(text: str) -> bytes:
    content = text.encode("utf-8", "replace")
    return content.ljust(padded_size(len(content)), PADDING)


def read_padded_text(content: bytes) -> str:
    return content.rstrip(PADDING).decode("utf-8")


def sealed_size(size: int) -> int:
    """The bytes that a text of `size` bytes takes when it is sealed."""
    return KEY_ID_BYTES + SEAL_BYTES + padded_size(size)


def seal_text(text: str, *, seal_key: str = "") -> bytes:
    """Bytes that only the holder of the private key can open; sealed to the answer key where no other is given."""
    key_id, box = _load_sealer(seal_key or settings.ANSWER_SEAL_KEY)
    return key_id + box.encrypt(pad_text(text))


def opens_sealed_by(seal_key: str, open_keys: Sequence[str]) -> bool:
    """Whether one of these private keys is the other half of this public one. Raises ImproperlyConfigured for no key."""
    return _load_sealer(seal_key)[0] in _load_openers(tuple(open_keys))


def can_open_sealed() -> bool:
    return bool(settings.ANSWER_OPEN_KEYS)


def open_sealed_text(sealed: bytes | memoryview, *, other_keys: Sequence[str] = ()) -> str:
    """The text. Raises VaultLocked when neither an answer key nor one of `other_keys` opens it."""
    sealed = bytes(sealed)
    box = _load_openers((*other_keys, *settings.ANSWER_OPEN_KEYS)).get(sealed[:KEY_ID_BYTES])
    if box is None:
        raise VaultLocked("This process cannot open answers: it holds no key for this text.")
    return read_padded_text(box.decrypt(sealed[KEY_ID_BYTES:]))


def open_text_if_key_is_here(sealed: bytes | memoryview) -> str:
    """For a look through many texts: empty for one that is sealed to a lost key, which must not hide the others. Raises
    VaultLocked in a process without any key."""
    try:
        return open_sealed_text(sealed)
    except VaultLocked:
        if not can_open_sealed():
            raise
        return ""


def is_sealed_as_now(sealed: bytes) -> bool:
    """Whether the text is sealed to the current key, and has a padded size; `rotate_keys` seals the others anew."""
    size = len(sealed) - KEY_ID_BYTES - SEAL_BYTES
    return bytes(sealed)[:KEY_ID_BYTES] == _load_sealer(settings.ANSWER_SEAL_KEY)[0] and size == padded_size(size)
