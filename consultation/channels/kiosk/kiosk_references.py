"""The kiosk session: an encrypted reference in a hidden field of each page, in place of a cookie or an address.

It is made when a worker types the PIN, and each page hands on the same one, so that its age is that of the session. It
holds the kiosk's id and a digest of its PIN hash and ended sessions: after REFERENCE_SECONDS, a new PIN, a switched-off
tablet or the end of the session the PIN is typed again, and a copy that somebody took of it opens nothing more. Until
then a copy opens the survey anywhere, since nothing else tells devices apart here: there is no cookie, storage or address.
"""

import hashlib
import hmac

from consultation.channels.kiosk.models import Kiosk
from consultation.channels.web.form_tokens import TABLET_SECONDS
from consultation.respondent_pages.encrypted_references import decrypt_reference, derive_key, encrypt_reference

PURPOSE = "kiosk"
REFERENCE_SECONDS = TABLET_SECONDS
ID_BYTES = 8


def make_kiosk_reference(kiosk):
    return encrypt_reference(PURPOSE, kiosk.pk.to_bytes(ID_BYTES, "big") + _digest_session(kiosk))


def find_kiosk_by_reference(text):
    """The working kiosk of a reference, or None."""
    payload = decrypt_reference(PURPOSE, text, max_age=REFERENCE_SECONDS)
    if payload is None:
        return None
    kiosk = Kiosk.objects.working().select_related("page").filter(pk=int.from_bytes(payload[:ID_BYTES], "big")).first()
    fits = kiosk is not None and hmac.compare_digest(payload[ID_BYTES:], _digest_session(kiosk))
    return kiosk if fits else None


def keep_valid_reference(text):
    """The reference itself when it is valid, else "", for the next page."""
    return text if decrypt_reference(PURPOSE, text, max_age=REFERENCE_SECONDS) is not None else ""


def _digest_session(kiosk):
    session = f"{kiosk.pin} {kiosk.sessions_ended}".encode()
    return hmac.digest(derive_key("kiosk print"), session, hashlib.sha256)[:8]
