"""The format of an invitation code: eight random signs and a check sign, in threes: CDF-HJK-LMN.

The 23 signs cannot be mistaken for one another and contain no vowel, so no code spells a word. 23 is a prime, so
the check sign finds every single wrong sign and every swap of two signs.
"""

import hashlib
import hmac
from collections.abc import Iterator
from itertools import count

from consultation.respondents.references import derived_key

SIGNS = "234679CDFHJKLMNPQRTVWXY"
LENGTH = 8
# Characters that people type for a similar sign; none of them is a sign itself.
ALIKE = str.maketrans({"0": "Q", "O": "Q", "1": "L", "I": "L", "Z": "2", "G": "6", "U": "V"})
LONGEST_TYPED = 40


def check_sign(signs: str) -> str:
    total = sum(place * SIGNS.index(sign) for place, sign in enumerate(signs, start=2))
    return SIGNS[total % len(SIGNS)]


def spelled(typed: str) -> str:
    """The code in typed text of either case, with or without hyphens; "" for an invalid one."""
    text = "".join(sign for sign in typed[:LONGEST_TYPED].upper().translate(ALIKE) if sign.isalnum())
    if len(text) != LENGTH + 1 or not set(text) <= set(SIGNS):
        return ""
    return text if check_sign(text[:LENGTH]) == text[LENGTH] else ""


def shown(code: str) -> str:
    return "-".join(code[at : at + 3] for at in range(0, len(code), 3))


def made(seed: bytes) -> Iterator[str]:
    """An endless sequence of codes, always the same for one seed: a reload of the card page shows the same codes."""
    for number in count():
        digest = hmac.digest(derived_key("invitation codes made"), seed + number.to_bytes(4, "big"), hashlib.sha256)
        rest, signs = int.from_bytes(digest, "big"), ""
        for _ in range(LENGTH):
            rest, place = divmod(rest, len(SIGNS))
            signs += SIGNS[place]
        yield signs + check_sign(signs)


def digest(consultation: int, code: str) -> str:
    """The hex digest of a code in the database and the form token: it opens no form and does not reveal the code."""
    text = f"{consultation}:{code}".encode()
    return hmac.new(derived_key("invitation code pepper"), text, hashlib.sha256).hexdigest()
