"""How an invitation code looks: eight letters by chance and one that checks them, in threes: CDF-HJK-LMN.

23 signs that no hand or eye takes for one another; no vowels, so no code spells a word. Their number is a prime, so
the check sign finds every single wrong letter and every two that changed places.
"""

import hashlib
import hmac
from collections.abc import Iterator
from itertools import count

from consultation.respondents.references import derived_key

SIGNS = "234679CDFHJKLMNPQRTVWXY"
LENGTH = 8
# What people type for a sign that looks alike; none of these is a sign itself.
ALIKE = str.maketrans({"0": "Q", "O": "Q", "1": "L", "I": "L", "Z": "2", "G": "6", "U": "V"})
LONGEST_TYPED = 40


def check_sign(signs: str) -> str:
    total = sum(place * SIGNS.index(sign) for place, sign in enumerate(signs, start=2))
    return SIGNS[total % len(SIGNS)]


def spelled(typed: str) -> str:
    """The code in what a person typed, small or big letters, with or without hyphens; "" when it cannot be one."""
    text = "".join(sign for sign in typed[:LONGEST_TYPED].upper().translate(ALIKE) if sign.isalnum())
    if len(text) != LENGTH + 1 or not set(text) <= set(SIGNS):
        return ""
    return text if check_sign(text[:LENGTH]) == text[LENGTH] else ""


def shown(code: str) -> str:
    return "-".join(code[at : at + 3] for at in range(0, len(code), 3))


def made(seed: bytes) -> Iterator[str]:
    """Codes without end, those that one seed always leads to: a reload of the page of cards shows the same ones."""
    for number in count():
        digest = hmac.digest(derived_key("invitation codes made"), seed + number.to_bytes(4, "big"), hashlib.sha256)
        rest, signs = int.from_bytes(digest, "big"), ""
        for _ in range(LENGTH):
            rest, place = divmod(rest, len(SIGNS))
            signs += SIGNS[place]
        yield signs + check_sign(signs)


def digest(consultation: int, code: str) -> str:
    """What is stored of a code, and travels in the form: it opens nothing and leads back to no code."""
    text = f"{consultation}:{code}".encode()
    return hmac.new(derived_key("invitation code pepper"), text, hashlib.sha256).hexdigest()
