"""All findings of one consultation: blocking ones, advice, and overridden ones."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from consultation.surveys import publication_conditions
from consultation.surveys.validation import participation_linter  # noqa: F401  (missing promises are listed first)

# isort: split
from consultation.surveys.validation import (  # noqa: F401
    blame_linter,
    contrast_linter,
    double_question_linters,
    leading_question_linter,
    personal_question_linters,
    readability_linters,
    structure_linters,
)
from consultation.surveys.validation.linted_draft import LintedDraft
from consultation.surveys.validation.linter import Finding, list_linters
from consultation.surveys.validation.models import LetThrough


@dataclass(frozen=True)
class PlacedFinding:
    """A finding with its position and its override, if any."""

    finding: Finding
    place: int  # the position of its block from 1; 0 for the page itself
    asked: str  # the question's text
    override: LetThrough | None = None

    @property
    def is_blocking(self) -> bool:
        return self.finding.linter.blocks and self.override is None


@dataclass(frozen=True)
class SharedAdvice:
    """Findings that say the same about several places, so that it is said once."""

    fix: str
    findings: list[PlacedFinding]


def share_advice(findings: Iterable[PlacedFinding]) -> list[SharedAdvice]:
    """In the order of the first of each."""
    together: dict[tuple[str, str], list[PlacedFinding]] = {}
    for one in findings:
        together.setdefault((one.finding.linter.key, one.finding.fix), []).append(one)
    return [SharedAdvice(fix, alike) for (_, fix), alike in together.items()]


AFTER = 10_000  # sorts the page's own fields after all questions


class FindingsReport:
    def __init__(self, page: Any, filled: dict[str, Any] | None = None):
        self.draft = LintedDraft(page, filled)
        self.page = page

    @cached_property
    def all(self) -> list[PlacedFinding]:
        """Blocking linters first; questions in order, then the page's own fields."""
        if not self.draft.is_source:
            return []
        overrides = LetThrough.objects.by_digest(self.page) if self.page.pk else {}
        asked = {one.id: (place, one.text) for place, one in enumerate(self.draft.asked, start=1)}
        found = [
            PlacedFinding(finding, *asked.get(finding.spot.block, (0, "")), overrides.get(finding.digest))
            for linter in list_linters().values()
            for finding in linter.findings(self.draft)
        ]
        different = {one.finding.digest: one for one in found}.values()
        return sorted(different, key=lambda one: (not one.finding.linter.blocks, one.place or AFTER))

    @property
    def stopping(self) -> list[PlacedFinding]:
        return [one for one in self.all if one.is_blocking]

    @property
    def advisory_findings(self) -> list[PlacedFinding]:
        return [one for one in self.all if not one.finding.linter.blocks]

    @property
    def shared_stopping(self) -> list[SharedAdvice]:
        return share_advice(self.stopping)

    @property
    def wrong(self) -> list[PlacedFinding]:
        """What stops it and is written: it has to be mended."""
        return [one for one in self.stopping if not one.finding.spot.missing]

    @property
    def missing(self) -> list[PlacedFinding]:
        """What stops it because nobody has written it yet: each is said when its step comes, or who asks."""
        return [one for one in self.stopping if one.finding.spot.missing]

    @property
    def due_reasons(self) -> list[publication_conditions.BlockedReason]:
        """The failed conditions, once the draft has its last day: before, nobody knows who has to read."""
        undated = any(one.finding.spot.field == "closes" for one in self.missing)
        return [] if undated else self.blocked_reasons

    @property
    def shared_wrong(self) -> list[SharedAdvice]:
        return share_advice(self.wrong)

    @property
    def shared_missing(self) -> list[SharedAdvice]:
        return share_advice(self.missing)

    @property
    def shared_advice(self) -> list[SharedAdvice]:
        return share_advice(self.advisory_findings)

    @property
    def overridden(self) -> list[PlacedFinding]:
        return [one for one in self.all if one.override]

    @cached_property
    def blocked_reasons(self) -> list[publication_conditions.BlockedReason]:
        """Failed publication conditions, such as days without a reader. Nobody can override these."""
        return publication_conditions.list_blocked_reasons(self.page) if self.draft.is_source else []

    def get(self, digest: str) -> PlacedFinding | None:
        return next((one for one in self.all if one.finding.digest == digest), None)


def build_findings_report(page: Any) -> FindingsReport:
    """The report on the newest draft, loaded anew because the page in memory may be older than the last save."""
    return FindingsReport(type(page).objects.get(pk=page.pk).get_latest_revision_as_object())


def has_blocking_findings(page: Any) -> bool:
    """Whether the newest draft has blocking findings that nobody has fixed or overridden."""
    return bool(build_findings_report(page).stopping)


def list_publication_blockers(page: Any, **_: Any) -> list[str]:
    """The failed publication conditions and blocking findings of this page, as sentences for officers.

    Checked again on the opening day, because an override may have been withdrawn since the approval.
    """
    report = FindingsReport(page)
    said = [f"{one.finding.linter.title}. {one.finding.fix}" for one in report.stopping]
    return [*(one.says for one in report.blocked_reasons), *dict.fromkeys(said)]


def get_shared_report(draft: Any) -> FindingsReport:
    """The report on a draft in memory, built once and shared by all panels of a page."""
    found: FindingsReport = draft.__dict__.setdefault("drawn_report", FindingsReport(draft))
    return found
