"""What a decision needs before everyone reads it, and what it is to an earlier one. Pure functions."""

from django.core.exceptions import ValidationError

from insights.decisions.models import Decision, DecisionStatus, Follows, Progress

# What a draft may still leave open: (field, what to do).
NEEDED = (
    ("we_asked", "Say what we asked."),
    ("you_said", "Say what people said."),
    ("we_did", "Say what we did, or will do."),
    ("lead_role", "Say who leads."),
)
HOW_NEEDED = "Say whether it takes the place of the earlier decision or changes a part of it."
WHICH_NEEDED = "Choose the earlier decision."
NOT_PUBLIC = "That decision is a draft. Change the draft instead."
TAKEN = "Another decision has taken the place of that one already. Follow the newer one."


def missing(decision: Decision) -> list[str]:
    """What is still to be written, each in words for the person."""
    return [words for name, words in NEEDED if not getattr(decision, name).strip()]


def refused(decision: Decision) -> dict[str, str]:
    """{field: why} when it cannot follow the decision that it names."""
    if not decision.follows_id:
        return {"follows": WHICH_NEEDED} if decision.follows_how else {}
    if not decision.follows_how:
        return {"follows_how": HOW_NEEDED}
    earlier = earlier_of(decision)
    if earlier.pk == decision.pk or earlier.status != DecisionStatus.PUBLISHED:
        return {"follows": NOT_PUBLIC}
    taken = earlier.replaced_by
    return {"follows": TAKEN} if taken and taken.pk != decision.pk else {}


def earlier_of(decision: Decision) -> Decision:
    if decision.follows is None:
        raise ValidationError(WHICH_NEEDED)
    return decision.follows


def is_ended_by(later: Decision, earlier: Decision) -> bool:
    """What takes its place ends what is still owed; what is done stays done."""
    return later.follows_how == Follows.REPLACES and earlier.progress != Progress.DONE


def line(later: Decision) -> str:
    """What the page of the earlier one says, for everyone."""
    if later.follows_how == Follows.REPLACES:
        return f"A newer decision takes the place of this one: {later.title}."
    return f"A newer decision changes a part of this one: {later.title}."
