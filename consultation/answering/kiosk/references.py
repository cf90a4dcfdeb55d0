"""The kiosk session: an encrypted reference in a hidden field of each page, in place of a cookie or an address.

It holds the kiosk's id and a digest of its PIN hash: after a new PIN, a switched-off tablet or GOOD_FOR seconds a
worker types the PIN again.
"""

import hashlib
import hmac

from consultation.answering.kiosk.models import Kiosk
from consultation.respondents.references import derived_key, disclose, enclose

PURPOSE = "kiosk"
GOOD_FOR = 12 * 60 * 60
ID_BYTES = 8


def reference(kiosk):
    return enclose(PURPOSE, kiosk.pk.to_bytes(ID_BYTES, "big") + _print(kiosk))


def behind(text):
    """The working kiosk of a reference, or None."""
    payload = disclose(PURPOSE, text, max_age=GOOD_FOR)
    if payload is None:
        return None
    kiosk = Kiosk.objects.working().select_related("page").filter(pk=int.from_bytes(payload[:ID_BYTES], "big")).first()
    fits = kiosk is not None and hmac.compare_digest(payload[ID_BYTES:], _print(kiosk))
    return kiosk if fits else None


def carried(text):
    """The reference itself when it is valid, else "", for the next page."""
    return text if disclose(PURPOSE, text, max_age=GOOD_FOR) is not None else ""


def _print(kiosk):
    return hmac.digest(derived_key("kiosk print"), kiosk.pin.encode(), hashlib.sha256)[:8]
