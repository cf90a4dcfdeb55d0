"""The form token: signed, expiring, bound to a version, with a random nonce. Its use stores no time and no row.

It also says by which way its form was opened (a channel, a printed link, a code), so that nobody can claim another.
The ids of a response and of its texts are derived from the nonce: a repeated Send finds what the first one stored.
"""

import base64
import binascii
import hashlib
import hmac
import json
import secrets
import time
import uuid
from dataclasses import dataclass

from django.conf import settings
from django.core import signing

from consultation.respondents.references import derived_key
from consultation.responses.models import Channel

NONCE_BYTES = 16
DAY = 24 * 60 * 60
SALT = "voice.form"


@dataclass(frozen=True)
class Way:
    """How a form was opened. `link`: the short name of a printed link; `code`: what an invitation code derives to."""

    channel: str = Channel.WEB
    link: str = ""
    code: str = ""

    def packed(self):
        """ "" for the web as such, which most forms are."""
        if self == Way():
            return ""
        return _unpadded(json.dumps([str(self.channel), self.link, self.code], separators=(",", ":")).encode())

    @classmethod
    def unpacked(cls, text):
        channel, link, code = json.loads(base64.urlsafe_b64decode(text + "=="))
        return cls(Channel(channel), link, code)


@dataclass(frozen=True)
class FormToken:
    """A token of ours, whether or not it is still good."""

    version_id: int
    nonce: bytes
    issued: int
    text: str
    way: Way = Way()

    @property
    def age(self):
        return time.time() - self.issued

    @property
    def expired(self):
        return self.age > settings.FORM_TOKEN_DAYS * DAY


def _signer():
    return signing.TimestampSigner(salt=SALT)


def new_nonce():
    return secrets.token_bytes(NONCE_BYTES)


def _unpadded(value):
    return base64.urlsafe_b64encode(value).decode().rstrip("=")


def issue(version_id, nonce=None, way=None):
    """The text of a token. With an old nonce: a page that was open too long gets a new day and stays one person."""
    parts = [str(version_id), _unpadded(nonce or new_nonce()), way.packed() if way else ""]
    return _signer().sign(".".join(part for part in parts if part))


def read(text):
    """The FormToken, or None when it is not one of ours."""
    try:
        value = _signer().unsign(text)
        version_id, nonce_text, *way = value.split(".")
        nonce = base64.urlsafe_b64decode(nonce_text + "==")
        issued = signing.b62_decode(text.rsplit(":", 2)[1])
        return FormToken(int(version_id), nonce, issued, text, Way.unpacked(way[0]) if way else Way())
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
