"""Validation of a consultation: help entries must have been checked by a person within 90 days (D2)."""

from collections.abc import Iterator
from typing import Any

from django.dispatch import receiver
from django.urls import reverse

from consultation.safeguarding.help.directory import select_stale_entries
from consultation.surveys.signals import linters_asked
from consultation.surveys.validation.linted_draft import LintedDraft
from consultation.surveys.validation.linter import FindingSpot, Linter


def find_unchecked_help(draft: LintedDraft) -> Iterator[FindingSpot]:
    opened = {  # {slug: the first question with an answer that opens the entry}
        slug: one.id
        for one in reversed(list(draft.of_questions))
        for rule in one.value.get("help_by_answer") or ()
        for slug in rule["entries"]
    }
    for entry in select_stale_entries():
        asked = opened.get(entry.slug, "")
        checked = str(entry.checked_on or "never")
        url = reverse("wagtailsnippets_consultation_helpentry:edit", args=[entry.pk])
        yield FindingSpot(asked, "help_by_answer" if asked else "", f"{entry.slug} {checked}", entry.name, url=url)


HELP_LINTER = Linter(
    "help-unchecked",
    title="A place that helps was not checked in the last 90 days",
    reason="A number that nobody answers is worse than none. “Get help now” is on every page of this survey.",
    fix="Call it, look at its page, and set the day.",
    look=find_unchecked_help,
)


@receiver(linters_asked, dispatch_uid="safeguarding-help")
def offer_help_linter(sender: Any, **kwargs: Any) -> Linter:
    return HELP_LINTER
