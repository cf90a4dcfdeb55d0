"""The digest of a text's words and numbers, whatever their case, accents, signs and spaces, what nobody sees and
what only looks alike, for one consultation."""

import hashlib
import hmac
import unicodedata

from django.conf import settings

from consultation.domain.letter_folding import fold_letters

FEWEST_WORDS = 10  # fewer words come twice by chance


def can_digest() -> bool:
    """Whether this process has the secret: processes for respondents do not."""
    return bool(settings.RECORD_KEY_SECRET)


def digest_wording(consultation: int, text: str) -> str:
    """64 hex digits, the same for texts with the same words; "" for a text that is too short to be anyone's copy."""
    plain = fold_letters(text)
    if sum(any(map(str.isalpha, word)) for word in plain.split()) < FEWEST_WORDS:
        return ""
    words = "".join(sign if unicodedata.category(sign)[0] in "LMN" else " " for sign in plain).split()
    key = hmac.digest(settings.RECORD_KEY_SECRET.encode(), b"voice:wordings", hashlib.sha256)
    return hmac.digest(key, f"{consultation}:{' '.join(words)}".encode("utf-8", "replace"), hashlib.sha256).hex()
