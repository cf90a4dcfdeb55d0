"""The encrypted reference on the thank-you page with which its holder can ask for the four words."""

import uuid

from consultation.respondents.references import disclose, enclose

PURPOSE = "receipt offer"
GOOD_FOR = 2 * 60 * 60


def offer(response_id, seed):
    """An encrypted reference, valid for two hours."""
    return enclose(PURPOSE, response_id.bytes + seed)


def taken_up(reference):
    """(response id, seed); None when the reference is too old or forged."""
    payload = disclose(PURPOSE, reference, max_age=GOOD_FOR)
    return (uuid.UUID(bytes=payload[:16]), payload[16:]) if payload else None
