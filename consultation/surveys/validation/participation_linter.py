"""P1: the participation gate. One finding for each promise that is missing, or whose dates contradict another, and one
for each that has no means."""

from collections.abc import Iterator

from consultation.surveys.participation_plan.participation_promises import (
    DATES,
    MISSING,
    NOT_YET,
    list_missing_means,
    list_missing_promises,
)
from consultation.surveys.validation.linted_draft import LintedDraft
from consultation.surveys.validation.linter import FindingSpot, OverridePermission, register_linter


@register_linter(
    "participation",
    title="A promise is missing",
    reason="People give their time on these promises. What nobody has promised, nobody keeps.",
    fix="Fill it in under “How we will listen”.",
    blocks=True,
    verb="participation gate overridden",
)
def lint_participation_promises(draft: LintedDraft) -> Iterator[FindingSpot]:
    for field, says in list_missing_promises(draft.get):
        # An override holds for a date with all other dates, and for the declaration with all promises.
        names = DATES if field in DATES else tuple(MISSING) if field == "promise_read" else (field,)
        text = " ".join([says, *(str(draft.get(name) or "") for name in names)])
        yield FindingSpot("", field, text, fix=says, missing=says in NOT_YET)


@register_linter(
    "means",
    title="A promise has no means",
    reason="Who needs this way to answer comes for it, and finds nothing.",
    fix="Provide it, or take the promise out under “How we will listen”.",
    blocks=True,
    overriding=OverridePermission.NOBODY,
)
def lint_promised_means(draft: LintedDraft) -> Iterator[FindingSpot]:
    signed = [bool((one.value.get("bsl") or {}).get("video")) for one in draft.of_questions]
    for field, says in list_missing_means(draft.get, signed):
        yield FindingSpot("", field, says, fix=says)


@register_linter(
    "paper",
    title="There is no paper form to print",
    reason="“On paper” is promised. A form must say who asks and where it goes, or nobody can hand it out.",
    fix="Fill in “On paper”: who runs it, and where to post it or to hand it in.",
    blocks=False,
)
def lint_promised_paper(draft: LintedDraft) -> Iterator[FindingSpot]:
    if "paper" in (draft.get("ways") or []):
        if not draft.get("paper_runner"):
            yield FindingSpot("", "paper_runner", "paper_runner")
        elif not (draft.get("paper_address") or draft.get("paper_desk")):
            yield FindingSpot("", "paper_address", "paper_address")
