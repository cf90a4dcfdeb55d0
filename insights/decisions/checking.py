"""A translation is live when someone who wrote none of it has confirmed it, in their own name (X7). Pure functions.

Words in a language are a dict; beside what they say stand `machine`, `writers` (ids of whoever wrote in it) and
`checked_by`, the name of who confirmed it.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

BESIDE = ("machine", "writers", "checked_by")
NOTHING = "There are no words here that someone could have checked."
OWN_WORDS = "You wrote in this. Ask a colleague who did not to read it and say that it is right."
CHANGED = "Someone wrote in this after you opened it. Read it again, and say then that it is right."


def said(words: Mapping[str, Any]) -> dict[str, Any]:
    """The words alone."""
    return {name: value for name, value in words.items() if name not in BESIDE}


def written(new: Mapping[str, Any], old: Mapping[str, Any], *, by: Any) -> dict[str, Any]:
    """What is kept when someone saves a translation. Other words wait for a check; the same words keep theirs."""
    machine = bool(new.get("machine"))
    if said(new) == said(old) and machine == bool(old.get("machine")):
        return dict(old)
    writers = sorted({*old.get("writers", ()), by.pk})
    return said(new) | {"machine": machine, "writers": writers, "checked_by": ""}


def unchecked(words: Mapping[str, Any]) -> dict[str, Any]:
    """The English says something else now: the translation stays, and waits for a person again."""
    return dict(words) | {"checked_by": ""}


def look(words: Mapping[str, Any], english: Mapping[str, Any]) -> str:
    """One state of the words beside the English: whoever confirms has looked at this one."""
    return hashlib.sha256(json.dumps([said(words), said(english)], sort_keys=True).encode()).hexdigest()


def why_not_confirm(words: Mapping[str, Any], english: Mapping[str, Any], *, by: Any, looked_at: str | None) -> str:
    """In words for the person; empty where they may."""
    if not any(said(words).values()):
        return NOTHING
    if by.pk in words.get("writers", ()):
        return OWN_WORDS
    return CHANGED if looked_at is not None and looked_at != look(words, english) else ""


def confirmed(words: Mapping[str, Any], *, by: Any, speaker: str = "") -> dict[str, Any]:
    """In the name of the one who confirms, and of who read it with them where they do not speak the language."""
    name = by.get_full_name() or str(by)
    return dict(words) | {"checked_by": f"{name}, with {speaker.strip()}" if speaker.strip() else name}
