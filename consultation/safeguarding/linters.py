"""Validation of a consultation: help entries must have been checked by a person within 90 days (D2)."""

from collections.abc import Iterator

from django.urls import reverse

from consultation.questionnaires.linting.draft import Asked, Draft
from consultation.questionnaires.linting.linter import Spot, linter
from consultation.safeguarding.directory import stale_entries


@linter(
    "help-unchecked",
    title="A place that helps was not checked in the last 90 days",
    reason="A number that nobody answers is worse than none. “Get help now” is on every page of this survey.",
    fix="Call it, look at its page, and set the day.",
)
def help_unchecked(draft: Draft) -> Iterator[Spot]:
    for entry in stale_entries():
        asked = next((one.id for one in draft.of_questions if entry.slug in _opened(one)), "")
        checked = str(entry.checked_on or "never")
        url = reverse("wagtailsnippets_consultation_helpentry:edit", args=[entry.pk])
        yield Spot(asked, "help_by_answer" if asked else "", f"{entry.slug} {checked}", entry.name, url=url)


def _opened(one: Asked) -> set[str]:
    """Slugs of the help entries that answers to this question open."""
    return {slug for rule in one.value.get("help_by_answer") or () for slug in rule["entries"]}
