"""Encrypted, expiring references for hidden fields, so that a page shows no id."""

import base64
import binascii
import hashlib
import hmac
import time

from django.conf import settings
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox


def derive_key(purpose):
    """A key of 32 bytes for one purpose, derived from SECRET_KEY."""
    return hmac.digest(settings.SECRET_KEY.encode(), f"voice:{purpose}".encode(), hashlib.sha256)


def encrypt_reference(purpose, payload):
    """Encrypt bytes as text that only this site can decrypt, for this purpose."""
    stamped = int(time.time()).to_bytes(5, "big") + payload
    return base64.urlsafe_b64encode(SecretBox(derive_key(purpose)).encrypt(stamped)).decode()


def decrypt_reference(purpose, text, *, max_age):
    """The encrypted bytes; None when the text is forged, for another purpose, or older than `max_age` seconds."""
    try:
        stamped = SecretBox(derive_key(purpose)).decrypt(base64.urlsafe_b64decode(text.encode("ascii")))
    except (CryptoError, ValueError, binascii.Error, UnicodeEncodeError):
        return None
    age = time.time() - int.from_bytes(stamped[:5], "big")
    return stamped[5:] if age + 1 >= 0 and age <= max_age else None
