"""Answers attached to what a child sends: sealed copies inside a sealed text, which nothing joins to the answers."""

import base64
import json
from collections.abc import Iterable
from typing import Any

from consultation.responses.vault import (
    is_sealed_as_now,
    open_sealed_text,
    open_text_if_key_is_here,
    seal_text,
)


def seal_with_attached(content: dict[str, Any], attached: Iterable[tuple[str, bytes]]) -> bytes:
    """`attached`: (question, sealed answer)."""
    copies = [[question, base64.b64encode(bytes(sealed)).decode()] for question, sealed in attached]
    return seal_text(json.dumps(content | {"attached": copies}))


def open_with_attached(sealed: bytes | memoryview) -> dict[str, Any]:
    """The content, with each attached answer as {question, text}; the text is empty of one that is sealed to a lost key."""
    content: dict[str, Any] = json.loads(open_sealed_text(sealed))
    content["attached"] = [
        {"question": question, "text": open_text_if_key_is_here(base64.b64decode(copy))}
        for question, copy in content.get("attached", [])
    ]
    return content


def reseal_attached_answers(text: str) -> str:
    """The text with its attached answers sealed to the current key."""
    content = json.loads(text)
    attached = [[question, base64.b64decode(sealed)] for question, sealed in content.get("attached", [])]
    if all(is_sealed_as_now(sealed) for _, sealed in attached):
        return text
    for pair in attached:
        sealed = pair[1] if is_sealed_as_now(pair[1]) else seal_text(open_sealed_text(pair[1]))
        pair[1] = base64.b64encode(sealed).decode()
    return json.dumps(content | {"attached": attached})
