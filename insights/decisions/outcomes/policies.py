"""Who translates outcomes, which words they may have, and how long a poll may run."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from insights.decisions.neutral_titles import list_unneutral_fields
from insights.decisions.policies import may_draft_or_publish

LONGEST_DAYS = 92
WORDS = ("words", "easy")


def may_translate_outcome(by: Any, update: Any) -> bool:
    """Published outcomes: people who may publish. Drafts: people who may write."""
    return may_draft_or_publish(by) if update.status == "draft" else bool(by.has_perm("insights.publish_decision"))


def list_word_problems(words: Mapping[str, str]) -> dict[str, str]:
    """{field: error} of the words; empty when they may be saved."""
    found = {} if words.get("words", "").strip() else {"words": "Say in one or two short sentences what came of it."}
    return found | list_unneutral_fields(words, WORDS)


def list_poll_problems(opens: date, closes: date, until: date | None) -> dict[str, str]:
    """{field: error}. `until`: the last day on which replies still count; None while it is unknown."""
    if closes < opens:
        return {"closes": "The last day must not be before the first."}
    if (closes - opens).days > LONGEST_DAYS:
        return {"closes": "Three months at most: after that few remember what it was about."}
    if until is not None and closes > until:
        return {
            "closes": f"Replies are kept until two years after the close. {until:%-d %B %Y} is the last day that counts."
        }
    return {}
