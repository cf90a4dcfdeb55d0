"""Amendments of a published decision: what one person may change, and the public note about it. Pure functions."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from insights.decisions.models import TRANSLATED_FIELDS, Decision

# Published fields that change only with a public reason; `UNCHANGEABLE_FIELDS` holds those that do not change here.
FIELDS_NEEDING_REASON = {*TRANSLATED_FIELDS, "easy", "lead_role", "agency", "partners"}
_HOW_IT_GOES = "It is published: people were told this. Use “Say how it goes”."
_FOLLOWS = "It is published: which decision it follows stays. Record another decision."
UNCHANGEABLE_FIELDS = {
    "outcome": "It is published: two people gave this answer, and it stays. Record another decision for another answer.",
    "decided": "It is published: the day it was decided stays.",
    "progress": _HOW_IT_GOES,
    "next_update": _HOW_IT_GOES,
    "follows_id": _FOLLOWS,
    "follows_how": _FOLLOWS,
}
WHY = "Everyone can read this already. Say why it changes: everyone can read that too."


def describe_amendment(before: Mapping[str, Any], after: Decision, why: str) -> str:
    """The public note on a change of a published decision (P4: no silent changes); empty when nothing public changes.
    Raises ValidationError for fields that two people decided: another answer is another decision."""
    changed = {name for name, was in before.items() if was != getattr(after, name)}
    if stays := changed & UNCHANGEABLE_FIELDS.keys():
        raise ValidationError({name: UNCHANGEABLE_FIELDS[name] for name in stays})
    due: date | None = before["due"]
    moved_away = due and (after.due is None or after.due > due)
    if not moved_away and not changed & FIELDS_NEEDING_REASON:
        return ""
    if not why.strip():
        raise ValidationError({"why": WHY})
    lines = ["We changed words of this."] if changed & FIELDS_NEEDING_REASON else []
    if due and moved_away:
        now = f"Now it is {after.due:%-d %B %Y}." if after.due else "Now there is no day."
        lines.append(f"We said: done by {due:%-d %B %Y}. {now}")
    return " ".join([*lines, why.strip()])
