"""Seals second-factor secrets (TOTP secret, recovery-code seed): a copy of the database opens no account."""

import base64
import hashlib

from django.conf import settings
from nacl.secret import SecretBox

PURPOSE = b"second factors"


def _build_secret_box() -> SecretBox:
    return SecretBox(hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=32, person=PURPOSE).digest())


def seal_secret(text: str) -> str:
    return base64.b64encode(bytes(_build_secret_box().encrypt(text.encode()))).decode()


def open_secret(sealed: str) -> str:
    return _build_secret_box().decrypt(base64.b64decode(sealed)).decode()
