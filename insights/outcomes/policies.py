"""What may be said of an outcome, and how long a poll may run. Pure, but for looking up what is asked about."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from consultation import handover
from insights.decisions.quiet import NOT_NEUTRAL, QUIETER

LONGEST_DAYS = 92
WORDS = ("words", "easy")


def may_write(by: Any) -> bool:
    """Planners and officers write; officers publish."""
    return any(by.has_perm(f"insights.{verb}_decision") for verb in ("draft", "publish"))


def may_translate(by: Any, update: Any) -> bool:
    """What is public changes by whoever may publish, a draft by whoever may write."""
    return may_write(by) if update.status == "draft" else bool(by.has_perm("insights.publish_decision"))


def problems(words: Mapping[str, str]) -> dict[str, str]:
    """{field: what is wrong}; empty where all is well."""
    found = {} if words.get("words", "").strip() else {"words": "Say in one or two short sentences what came of it."}
    return found | loud(words)


def loud(words: Mapping[str, str]) -> dict[str, str]:
    return {field: QUIETER for field in WORDS if NOT_NEUTRAL.search(words.get(field, ""))}


def hardness(words: Mapping[str, str], consultations: Iterable[Any]) -> tuple[float, float]:
    """(the school grade of the words, the most that the readers should need): of the youngest who were asked (X6)."""
    text = words.get("words", "")
    found = [handover.reading_grade(text, page) for page in consultations]
    return min(found, key=lambda each: each[1], default=(0.0, 0.0))


def poll_problems(opens: date, closes: date, until: date | None) -> dict[str, str]:
    """`until`: the last day on which a reply still comes to be counted; None while nobody knows it."""
    if closes < opens:
        return {"closes": "The last day must not be before the first."}
    if (closes - opens).days > LONGEST_DAYS:
        return {"closes": "Three months at most: after that few remember what changed when."}
    if until is not None and closes > until:
        return {"closes": f"Replies are erased soon after that. {until:%-d %B %Y} is the last day that counts."}
    return {}
