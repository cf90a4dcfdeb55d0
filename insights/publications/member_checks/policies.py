"""What a member check may say: themes with a shown number, in words neutral to someone looking over a child's shoulder
(A3)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from insights.decisions.neutral_titles import list_unneutral_fields
from insights.decisions.outcomes.policies import list_poll_problems

WORDS = ("name", "summary", "easy")


def has_shown_number(release: Any, theme: Any) -> bool:
    return any(row["id"] == str(theme.pk) and row["value"] for row in release.theme_rows())


def find_member_check_problems(
    words: Mapping[str, str], opens: date, closes: date, until: date | None = None
) -> dict[str, str]:
    """{field: error}. `until` is the last day on which replies are counted."""
    found = {}
    for field, ask in (
        ("name", "Give it a short name."),
        ("summary", "Say in a few short sentences what people said."),
    ):
        if not words.get(field, "").strip():
            found[field] = ask
    found |= list_unneutral_fields(words, WORDS)
    return found | list_poll_problems(opens, closes, until)
