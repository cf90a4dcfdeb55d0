"""The encrypted reference on the thank-you page with which its holder can ask for the four words."""

import uuid

from consultation.respondent_pages.encrypted_references import decrypt_reference, encrypt_reference

PURPOSE = "receipt offer"
GOOD_FOR = 2 * 60 * 60


def encrypt_offer(response_id, seed):
    """An encrypted reference, valid for two hours."""
    return encrypt_reference(PURPOSE, response_id.bytes + seed)


def decrypt_offer(reference):
    """(response id, seed); None when the reference is too old or forged."""
    payload = decrypt_reference(PURPOSE, reference, max_age=GOOD_FOR)
    return (uuid.UUID(bytes=payload[:16]), payload[16:]) if payload else None
