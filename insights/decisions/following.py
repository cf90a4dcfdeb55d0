"""Rules of a decision: the parts it needs before publication, and how it follows an earlier one. Pure functions."""

from django.core.exceptions import ValidationError

from insights.decisions.models import Decision, DecisionStatus, Follows, Progress

# Required before publication, optional in a draft: (field, error text).
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
    """Error texts of the required parts that are still empty."""
    return [words for name, words in NEEDED if not getattr(decision, name).strip()]


def refused(decision: Decision) -> dict[str, str]:
    """{field: error} when the decision cannot follow the one that it names."""
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
    """A replacement stops the earlier decision, unless that one is done."""
    return later.follows_how == Follows.REPLACES and earlier.progress != Progress.DONE


def line(later: Decision) -> str:
    """The public note on the earlier decision."""
    if later.follows_how == Follows.REPLACES:
        return f"A newer decision takes the place of this one: {later.title}."
    return f"A newer decision changes a part of this one: {later.title}."
