"""Key rotation of answers attached to a contact request: sealed copies inside a sealed text."""

import base64
import json

from consultation.responses.vault import is_sealed_to_current_key, open_sealed_text, seal_text


def reseal_attached_answers(text: str) -> str:
    """The text with its attached answers sealed to the current key."""
    content = json.loads(text)
    attached = [[question, base64.b64decode(sealed)] for question, sealed in content.get("attached", [])]
    if all(is_sealed_to_current_key(sealed) for _, sealed in attached):
        return text
    for pair in attached:
        sealed = pair[1] if is_sealed_to_current_key(pair[1]) else seal_text(open_sealed_text(pair[1]))
        pair[1] = base64.b64encode(sealed).decode()
    return json.dumps(content | {"attached": attached})
