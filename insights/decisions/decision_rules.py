"""Rules of a decision: the parts it needs before publication, a child's summary within the reading age among them, and how
it follows an earlier one. Pure functions."""

from django.core.exceptions import ValidationError

from consultation.handover import describe_reading_age, grade_readability_for_children
from insights.decisions.models import NEEDS_REASON, Decision, DecisionStatus, FollowKind, Progress

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


def grade_child_summary(decision: Decision) -> tuple[float, float]:
    """(school grade of the easy read, highest grade allowed)"""
    return grade_readability_for_children(" ".join(decision.easy.values()))


def find_hard_summary(decision: Decision) -> str:
    """That the easy read is above the reading age, in words; "" where it is not."""
    grade, most = grade_child_summary(decision)
    return SUMMARY_HARD.format(describe_reading_age(grade, most)) if grade > most else ""


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
