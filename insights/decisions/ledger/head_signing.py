"""Ed25519 signatures of the ledger's daily heads."""

import base64
import hashlib
import hmac
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.encoding import force_bytes
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey


def build_head_message(day: str, seq: int, hash: str) -> bytes:
    """The signed bytes. `check_ledger.py`, which outsiders run, builds the same."""
    return f"voice-ledger|{day}|{seq}|{hash}".encode()


def sign_head_message(day: str, seq: int, hash: str) -> tuple[str, str]:
    """(public key, signature), base64."""
    key = _load_signing_keys()[0]
    return _encode_base64(bytes(key.verify_key)), _encode_base64(
        key.sign(build_head_message(day, seq, hash)).signature
    )


def is_signed_by_site(head: Any) -> bool:
    """Whether one of this site's keys signed it: a valid signature under a foreign key does not count."""
    if head.key not in list_public_keys():
        return False
    try:
        key = VerifyKey(base64.b64decode(head.key, validate=True))
        key.verify(build_head_message(head.day, head.seq, head.hash), base64.b64decode(head.signature, validate=True))
    except (BadSignatureError, ValueError):
        return False
    return True


def list_public_keys() -> list[str]:
    """Public keys, the current one first, then replaced ones."""
    return list(
        dict.fromkeys(
            [*(_encode_base64(bytes(key.verify_key)) for key in _load_signing_keys()), *settings.LEDGER_FORMER_KEYS]
        )
    )


def _load_signing_keys() -> list[SigningKey]:
    """LEDGER_SIGNING_KEY if set, then one key derived from each SECRET_KEY."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    derived = [SigningKey(hmac.digest(force_bytes(key), b"voice:ledger-heads", hashlib.sha256)) for key in secrets]
    if not settings.LEDGER_SIGNING_KEY:
        return derived
    try:
        return [SigningKey(base64.b64decode(settings.LEDGER_SIGNING_KEY, validate=True)), *derived]
    except (ValueError, TypeError) as error:
        raise ImproperlyConfigured("LEDGER_SIGNING_KEY is not a base64 key of 32 bytes.") from error


def _encode_base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
