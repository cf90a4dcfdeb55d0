"""What a kiosk's page remembers from touch to touch: an encrypted reference in a hidden field. No cookie, no address.

It holds the kiosk's id and a print of its PIN's hash: a changed PIN, a tablet switched off, or a night's rest, and the
PIN is asked for again.
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
    """The working kiosk that a page of ours belongs to, or None."""
    payload = disclose(PURPOSE, text, max_age=GOOD_FOR)
    if payload is None:
        return None
    kiosk = Kiosk.objects.working().select_related("page").filter(pk=int.from_bytes(payload[:ID_BYTES], "big")).first()
    fits = kiosk is not None and hmac.compare_digest(payload[ID_BYTES:], _print(kiosk))
    return kiosk if fits else None


def carried(text):
    """The reference as it came when it is one of ours, else nothing: it goes into the next page."""
    return text if disclose(PURPOSE, text, max_age=GOOD_FOR) is not None else ""


def _print(kiosk):
    return hmac.digest(derived_key("kiosk print"), kiosk.pin.encode(), hashlib.sha256)[:8]
