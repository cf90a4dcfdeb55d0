"""Questions chosen from the bank, in order, kept in the session until they are added to a draft."""

from typing import Any

KEY = "chosen_questions"
MOST = 40


def keys(request: Any, known: dict[str, Any]) -> list[str]:
    """Chosen keys that are still in the bank."""
    return [key for key in request.session.get(KEY, []) if key in known]


def change(request: Any, known: dict[str, Any]) -> None:
    """Apply the pressed button: choose:<key>, drop:<key>, up:<key>, down:<key>, or empty."""
    what, _, key = request.POST.get("do", "").partition(":")
    found = keys(request, known)
    if what == "choose" and key in known and key not in found and len(found) < MOST:
        found.append(key)
    elif what == "drop" and key in found:
        found.remove(key)
    elif what in ("up", "down") and key in found:
        _move(found, key, -1 if what == "up" else 1)
    elif what == "empty":
        found = []
    request.session[KEY] = found


def _move(found: list[str], key: str, by: int) -> None:
    place = found.index(key)
    to = min(max(place + by, 0), len(found) - 1)
    found.insert(to, found.pop(place))
