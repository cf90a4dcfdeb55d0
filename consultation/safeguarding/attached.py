"""Key rotation of answers attached to a contact request: sealed copies inside a sealed text."""

import base64
import json

from consultation.responses import rotation
from consultation.responses.vault import is_current, open_sealed, seal


def reseal_attached(text: str) -> str:
    """The text with its attached answers sealed to the current key."""
    content = json.loads(text)
    attached = [[question, base64.b64decode(sealed)] for question, sealed in content.get("attached", [])]
    if all(is_current(sealed) for _, sealed in attached):
        return text
    content["attached"] = [[question, _anew(sealed)] for question, sealed in attached]
    return json.dumps(content)


def _anew(sealed: bytes) -> str:
    return base64.b64encode(sealed if is_current(sealed) else seal(open_sealed(sealed))).decode()


rotation.INSIDE["consultation.ContactRequest"] = reseal_attached
