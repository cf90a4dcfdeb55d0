"""Rules of a decision: the parts it needs before publication, a child's summary within the reading age among them, how
it follows an earlier one, and what one person may change of a published one. Pure functions."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from consultation.handover import describe_reading_age, grade_readability_for_children
from insights.decisions.models import NEEDS_REASON, TRANSLATED_FIELDS, Decision, DecisionStatus, FollowKind, Progress

# Required before publication, optional in a draft: (field, error text).
NEEDED = (
    ("we_asked", "Say what we asked."),
    ("you_said", "Say what people said."),
    ("we_did", "Say what we did, or will do."),
    ("lead_role", "Say who leads."),
)
SUMMARY = ("you_said", "we_did")  # the parts of the easy read that are a child's summary
SUMMARY_NEEDED = "Write the child’s summary: what people said and what we do, in easy read."
SUMMARY_HARD = "The child’s summary is hard to read. {}. Write it shorter."
# Of “partly”, “not now” and “no” (P3).
NEEDED_OF_A_NO = {
    "reason": "Give the true reason. “No, because” counts as an answer; silence does not.",
    "alternative": "Say what you can do in its place, or write “none”.",
}
UPDATE_NEEDED = "Say on which day people hear next how it goes."
HOW_NEEDED = "Say whether it takes the place of the earlier decision or changes a part of it."
WHICH_NEEDED = "Choose the earlier decision."
NOT_PUBLIC = "That decision is a draft. Change the draft instead."
TAKEN = "Another decision has taken the place of that one already. Follow the newer one."
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


def list_missing_parts(decision: Decision) -> list[str]:
    """Error texts of the required parts that are still empty."""
    missing = [words for name, words in NEEDED if not getattr(decision, name).strip()]
    missing += list_reason_errors(decision).values()
    if decision.progress not in (Progress.DONE, Progress.STOPPED) and decision.next_update is None:
        missing.append(UPDATE_NEEDED)
    return missing if has_child_summary(decision) else [*missing, SUMMARY_NEEDED]


def list_reason_errors(decision: Decision) -> dict[str, str]:
    """{field: error} where an answer that is no plain yes lacks its reason or its alternative, which may be “none”."""
    needed = NEEDED_OF_A_NO if decision.outcome in NEEDS_REASON else {}
    return {name: words for name, words in needed.items() if not getattr(decision, name).strip()}


def grade_child_summary(easy: Mapping[str, str]) -> tuple[float, float]:
    """(school grade of the easy read, highest grade allowed)"""
    return grade_readability_for_children(" ".join(easy.values()))


def find_hard_summary(easy: Mapping[str, str], was: Mapping[str, str] | None = None) -> str:
    """That the easy read is above the reading age, and harder than it `was` where two people let that through, in words;
    "" where it is not."""
    grade, most = grade_child_summary(easy)
    let_through = max(most, grade_child_summary(was)[0]) if was else most
    return SUMMARY_HARD.format(describe_reading_age(grade, most)) if grade > let_through else ""


def has_child_summary(decision: Decision) -> bool:
    return all(decision.easy.get(name, "").strip() for name in SUMMARY)


def list_follow_errors(decision: Decision) -> dict[str, str]:
    """{field: error} when the decision cannot follow the one that it names."""
    if not decision.follows_id:
        return {"follows": WHICH_NEEDED} if decision.follows_how else {}
    if not decision.follows_how:
        return {"follows_how": HOW_NEEDED}
    earlier = get_earlier_decision(decision)
    if earlier.pk == decision.pk or earlier.status != DecisionStatus.PUBLISHED:
        return {"follows": NOT_PUBLIC}
    taken = earlier.replaced_by
    return {"follows": TAKEN} if taken and taken.pk != decision.pk else {}


def get_earlier_decision(decision: Decision) -> Decision:
    if decision.follows is None:
        raise ValidationError(WHICH_NEEDED)
    return decision.follows


def is_ended_by(later: Decision, earlier: Decision) -> bool:
    """A replacement stops the earlier decision, unless that one is done."""
    return later.follows_how == FollowKind.REPLACES and earlier.progress != Progress.DONE


def describe_later_decision(later: Decision) -> str:
    """The public note on the earlier decision."""
    if later.follows_how == FollowKind.REPLACES:
        return f"A newer decision takes the place of this one: {later.title}."
    return f"A newer decision changes a part of this one: {later.title}."


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
