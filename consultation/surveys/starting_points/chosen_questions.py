"""Questions chosen from the bank, in order, kept in the session until they are added to a draft."""

from typing import Any

SESSION_KEY = "chosen_questions"
MOST_CHOSEN = 40


def list_chosen_keys(request: Any, known: dict[str, Any]) -> list[str]:
    """Chosen keys that are still in the bank."""
    return [key for key in request.session.get(SESSION_KEY, []) if key in known]


def change_chosen_questions(request: Any, known: dict[str, Any]) -> None:
    """Apply the pressed button: choose:<key>, drop:<key>, up:<key>, down:<key>, or empty."""
    what, _, key = request.POST.get("do", "").partition(":")
    found = list_chosen_keys(request, known)
    if what == "choose" and key in known and key not in found and len(found) < MOST_CHOSEN:
        found.append(key)
    elif what == "drop" and key in found:
        found.remove(key)
    elif what in ("up", "down") and key in found:
        place = found.index(key)
        found.insert(max(place + (-1 if what == "up" else 1), 0), found.pop(place))
    elif what == "empty":
        found = []
    request.session[SESSION_KEY] = found
