"""The form token: signed, expiring, bound to a version, with a random nonce. Its use stores no time and no row.

The ids of a response and of its texts are derived from the nonce: a repeated Send finds what the first one stored.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
import time
import uuid
from dataclasses import dataclass

from django.conf import settings
from django.core import signing

from consultation.respondents.references import derived_key

NONCE_BYTES = 16
DAY = 24 * 60 * 60


@dataclass(frozen=True)
class FormToken:
    """A token of ours, whether or not it is still good."""

    version_id: int
    nonce: bytes
    issued: int
    text: str

    @property
    def age(self):
        return time.time() - self.issued

    @property
    def expired(self):
        return self.age > settings.FORM_TOKEN_DAYS * DAY


def _signer():
    return signing.TimestampSigner(salt="voice.form")


def new_nonce():
    return secrets.token_bytes(NONCE_BYTES)


def issue(version_id, nonce=None):
    """The text of a token. With an old nonce: a page that was open too long gets a new day and stays one person."""
    nonce_text = base64.urlsafe_b64encode(nonce or new_nonce()).decode().rstrip("=")
    return _signer().sign(f"{version_id}.{nonce_text}")


def read(text):
    """The FormToken, or None when it is not one of ours."""
    try:
        value = _signer().unsign(text)
        version_id, nonce_text = value.split(".")
        nonce = base64.urlsafe_b64decode(nonce_text + "==")
        issued = signing.b62_decode(text.rsplit(":", 2)[1])
        return FormToken(int(version_id), nonce, issued, text)
    except (signing.BadSignature, ValueError, binascii.Error):
        return None


def _derived(purpose, *parts):
    digest = hmac.new(derived_key(purpose), digestmod=hashlib.sha256)
    for part in parts:
        digest.update(len(part).to_bytes(4, "big") + part)
    return uuid.UUID(bytes=digest.digest()[:16], version=4)


def response_id(nonce):
    """The id that every Send of one form has."""
    return _derived("response", nonce)


def answer_id(nonce, question_id, text):
    """The id of one text under one question: the same text twice is one row, a changed text is another."""
    return _derived("answer", nonce, question_id.encode(), text.encode("utf-8", "replace"))
