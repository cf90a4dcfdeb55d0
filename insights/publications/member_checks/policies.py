"""What a member check may say: themes with a shown number, in words neutral to someone looking over a child's shoulder
(A3)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from insights.decisions.neutral_titles import NOT_NEUTRAL

LONGEST_DAYS = 92


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
    found |= find_words_not_neutral(words)
    if closes < opens:
        found["closes"] = "The last day must not be before the first."
    elif (closes - opens).days > LONGEST_DAYS:
        found["closes"] = "Three months at most: after that few remember what they said."
    elif until and closes > until:
        found["closes"] = (
            f"Replies are kept until two years after the close. {until:%-d %B %Y} is the last day that counts."
        )
    return found


def find_words_not_neutral(words: Mapping[str, str]) -> dict[str, str]:
    """{field: error} of words that are not neutral: in English, and English words within translations."""
    quieter = "Someone may look over a child’s shoulder. Say this in quieter words."
    return {field: quieter for field in ("name", "summary", "easy") if NOT_NEUTRAL.search(words.get(field, ""))}
