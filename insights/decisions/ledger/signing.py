"""Ed25519: the private half signs the head of a day, the public half stands beside it for whoever checks."""

import base64
import hashlib
import hmac
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.encoding import force_bytes
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey


def message(day: str, seq: int, hash: str) -> bytes:
    """What is signed; `checking.py`, which outsiders run, spells it the same."""
    return f"voice-ledger|{day}|{seq}|{hash}".encode()


def sign(day: str, seq: int, hash: str) -> tuple[str, str]:
    """(public key, signature), base64."""
    key = _keys()[0]
    return _text(bytes(key.verify_key)), _text(key.sign(message(day, seq, hash)).signature)


def is_signed(head: Any) -> bool:
    """By a key of ours: a good signature under somebody else's key says nothing."""
    if head.key not in known():
        return False
    try:
        key = VerifyKey(base64.b64decode(head.key, validate=True))
        key.verify(message(head.day, head.seq, head.hash), base64.b64decode(head.signature, validate=True))
    except (BadSignatureError, ValueError):
        return False
    return True


def known() -> list[str]:
    """Public keys that have signed: today's first, then those of keys that were replaced."""
    return list(dict.fromkeys([*(_text(bytes(key.verify_key)) for key in _keys()), *settings.LEDGER_FORMER_KEYS]))


def _keys() -> list[SigningKey]:
    """LEDGER_SIGNING_KEY where one is set, else one that derives from each SECRET_KEY."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    derived = [SigningKey(hmac.digest(force_bytes(key), b"voice:ledger-heads", hashlib.sha256)) for key in secrets]
    if not settings.LEDGER_SIGNING_KEY:
        return derived
    try:
        return [SigningKey(base64.b64decode(settings.LEDGER_SIGNING_KEY, validate=True)), *derived]
    except (ValueError, TypeError) as error:
        raise ImproperlyConfigured("LEDGER_SIGNING_KEY is not a base64 key of 32 bytes.") from error


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
