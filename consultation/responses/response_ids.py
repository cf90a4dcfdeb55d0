"""The ids of a response and of its texts, derived from the form's nonce: a repeated Send finds the rows of the first."""

import hashlib
import hmac
import uuid

from consultation.respondent_pages.encrypted_references import derive_key


def derive_uuid(purpose, *parts):
    digest = hmac.new(derive_key(purpose), digestmod=hashlib.sha256)
    for part in parts:
        digest.update(len(part).to_bytes(4, "big") + part)
    return uuid.UUID(bytes=digest.digest()[:16], version=4)


def derive_response_id(nonce):
    """The response id: the same for every Send of one form."""
    return derive_uuid("response", nonce)


def derive_answer_id(nonce, question_id, text):
    """The id of one text: the same text under the same question is one row, a changed text another."""
    return derive_uuid("answer", nonce, question_id.encode(), text.encode("utf-8", "replace"))
