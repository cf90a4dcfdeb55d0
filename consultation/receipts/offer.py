"""The offer on the thank-you page: a reference that says whose words to show, to this page's holder alone."""

import uuid

from consultation.respondents.references import disclose, enclose

PURPOSE = "receipt offer"
GOOD_FOR = 2 * 60 * 60


def offer(response_id, seed):
    """The reference, encrypted: it shows no id and is good for two hours."""
    return enclose(PURPOSE, response_id.bytes + seed)


def taken_up(reference):
    """(response id, seed); None when the reference is too old or none of ours."""
    payload = disclose(PURPOSE, reference, max_age=GOOD_FOR)
    return (uuid.UUID(bytes=payload[:16]), payload[16:]) if payload else None
