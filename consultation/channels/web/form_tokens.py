"""The form token: signed, expiring, bound to a version, with a random nonce. Using it stores no time and no row.

It also carries the form's referral (channel, printed link, code), so that nobody can claim another one.
"""

import base64
import binascii
import json
import secrets
import time
from dataclasses import dataclass

from django.conf import settings
from django.core import signing

from consultation.responses.models import Channel
from consultation.surveys.landing_page import find_link_name

NONCE_BYTES = 16
DAY = 24 * 60 * 60
TABLET_SECONDS = 12 * 60 * 60  # how long a PIN starts a shared tablet
SALT = "voice.form"


@dataclass(frozen=True)
class FormReferral:
    """How a form was opened. `link`: the name of a printed link; `code`: the digest of an invitation code."""

    channel: str = Channel.WEB
    link: str = ""
    code: str = ""

    def packed(self):
        """ "" for the plain web, the most common referral."""
        if self == FormReferral():
            return ""
        return _encode_base64(json.dumps([str(self.channel), self.link, self.code], separators=(",", ":")).encode())

    @classmethod
    def unpacked(cls, text):
        channel, link, code = json.loads(base64.urlsafe_b64decode(text + "=="))
        return cls(Channel(channel), link, code)


def find_form_referral(request, page):
    """The FormReferral of the form that this request opens; None without an active printed link of this consultation.

    The link is a URL parameter of the landing page and the survey, then part of the signed form token: it needs no
    cookie, and the cached survey document stays the same for everyone."""
    name = find_link_name(request)
    known = name and page.printed_links.filter(name=name, off=False).exists()
    return FormReferral(link=name) if known else None


def needs_invitation_code(page, way=None):
    """Whether a code-only consultation's form was opened without a code: its response is excluded from figures.

    Staff open tablets, paper forms and group sessions, so these need no code.
    """
    way = way or FormReferral()
    return page.code_only and way.channel == Channel.WEB and not way.code


@dataclass(frozen=True)
class FormToken:
    """A token with a valid signature, expired or not."""

    version_id: int
    nonce: bytes
    issued: int
    text: str
    way: FormReferral = FormReferral()

    @property
    def age(self):
        """In seconds."""
        return time.time() - self.issued

    @property
    def expired(self):
        return self.age > settings.FORM_TOKEN_DAYS * DAY

    @property
    def outlived_tablet(self):
        """Whether a tablet's form is older than its session can be: then it was fetched and kept somewhere else."""
        return self.way.channel == Channel.KIOSK and self.age > TABLET_SECONDS


def _token_signer():
    return signing.TimestampSigner(salt=SALT)


def make_nonce():
    return secrets.token_bytes(NONCE_BYTES)


def _encode_base64(value):
    return base64.urlsafe_b64encode(value).decode().rstrip("=")


def issue_form_token(version_id, nonce=None, way=None):
    """The text of a new token. With the nonce of an expired token the form still counts as the same person."""
    parts = [str(version_id), _encode_base64(nonce or make_nonce()), way.packed() if way else ""]
    return _token_signer().sign(".".join(part for part in parts if part))


def read_form_token(text):
    """The FormToken, or None for an invalid signature."""
    try:
        value = _token_signer().unsign(text)
        version_id, nonce_text, *way = value.split(".")
        nonce = base64.urlsafe_b64decode(nonce_text + "==")
        issued = signing.b62_decode(text.rsplit(":", 2)[1])
        return FormToken(
            int(version_id), nonce, issued, text, FormReferral.unpacked(way[0]) if way else FormReferral()
        )
    except (signing.BadSignature, ValueError, binascii.Error):
        return None
