"""The format of an invitation code: eight random signs and a check sign, in threes: CDF-HJK-LMN.

The 23 signs cannot be mistaken for one another and contain no vowel, so no code spells a word. 23 is a prime, so
the check sign finds every single wrong sign and every swap of two signs.
"""

import hashlib
import hmac
from collections.abc import Iterator
from itertools import count

from consultation.respondent_pages.encrypted_references import derive_key

CODE_SIGNS = "234679CDFHJKLMNPQRTVWXY"
CODE_LENGTH = 8
# Characters that people type for a similar sign; none of them is a sign itself.
LOOKALIKE_SIGNS = str.maketrans({"0": "Q", "O": "Q", "1": "L", "I": "L", "Z": "2", "G": "6", "U": "V"})
MAX_TYPED_LENGTH = 40


def compute_check_sign(signs: str) -> str:
    total = sum(place * CODE_SIGNS.index(sign) for place, sign in enumerate(signs, start=2))
    return CODE_SIGNS[total % len(CODE_SIGNS)]


def parse_typed_code(typed: str) -> str:
    """The code in typed text of either case, with or without hyphens; "" for an invalid one."""
    text = "".join(sign for sign in typed[:MAX_TYPED_LENGTH].upper().translate(LOOKALIKE_SIGNS) if sign.isalnum())
    if len(text) != CODE_LENGTH + 1 or not set(text) <= set(CODE_SIGNS):
        return ""
    return text if compute_check_sign(text[:CODE_LENGTH]) == text[CODE_LENGTH] else ""


def format_code(code: str) -> str:
    return "-".join(code[at : at + 3] for at in range(0, len(code), 3))


def generate_codes(seed: bytes) -> Iterator[str]:
    """An endless sequence of codes, always the same for one seed: a reload of the card page shows the same codes."""
    for number in count():
        digest = hmac.digest(derive_key("invitation codes made"), seed + number.to_bytes(4, "big"), hashlib.sha256)
        rest, signs = int.from_bytes(digest, "big"), ""
        for _ in range(CODE_LENGTH):
            rest, place = divmod(rest, len(CODE_SIGNS))
            signs += CODE_SIGNS[place]
        yield signs + compute_check_sign(signs)


def digest_code(consultation: int, code: str) -> str:
    """The hex digest of a code in the database and the form token: it opens nothing and does not reveal the code."""
    text = f"{consultation}:{code}".encode()
    return hmac.new(derive_key("invitation code pepper"), text, hashlib.sha256).hexdigest()
