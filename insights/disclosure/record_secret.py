"""What is derived from RECORD_KEY_SECRET: keys, numbers drawn in secret, and the fingerprint of a release.

The secret is kept with the private answer keys, outside the database and its backups: whoever holds only the database
cannot work out the noise of a figure. A release stores its fingerprint, because under another secret the lasting part
of the noise would be drawn anew.
"""

import hmac
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


def derive_key(*name: Any) -> bytes:
    if not settings.RECORD_KEY_SECRET:
        raise ImproperlyConfigured("RECORD_KEY_SECRET is empty here: only workers make figures.")
    return hmac.digest(settings.RECORD_KEY_SECRET.encode(), "\x1f".join(map(str, name)).encode(), "sha256")


def draw_number(*name: Any, below: int) -> int:
    """A secret number from 0 to `below` - 1: the same on each call, unknown outside."""
    return int.from_bytes(derive_key("draw", *name)[:8], "big") % below


def fingerprint_secret() -> str:
    """Shows whether two releases were made under the same secret; tells nothing else of it."""
    return derive_key("fingerprint").hex()[:16]
