"""The learning library: of each theme that decisions cite, what changed, and whether it worked. Built of published
decisions; a "no" stands in it with its reason."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings

from insights.decisions.models import Decision
from insights.decisions.outcomes.models import OutcomeUpdate, OutcomeVerdict
from insights.publishing.records import PublicationStatus

NOT_KNOWN = "unknown"
VERDICTS = [*OutcomeVerdict.choices, (NOT_KNOWN, "Not known yet")]


@dataclass(frozen=True)
class Lesson:
    """A decision, and the newest of what came of it."""

    decision: Decision

    @cached_property
    def themes(self) -> dict[str, str]:
        """{slug: label} of the cited themes."""
        return {cited.theme.slug: cited.seen["label"] for cited in self.decision.citations.all()}

    @cached_property
    def came(self) -> OutcomeUpdate | None:
        updates = self.decision.outcome_updates.all()  # type: ignore[attr-defined]
        return next((one for one in updates if one.status == PublicationStatus.PUBLISHED), None)

    @property
    def verdict(self) -> str:
        return self.came.verdict if self.came else NOT_KNOWN

    @property
    def newest_note(self) -> Any:
        return next(iter(self.decision.progress_notes.all()), None)  # type: ignore[attr-defined]

    def has_words(self, words: str) -> bool:
        """Whether each of the words stands in the decision, its themes or what came of it."""
        of = self.decision
        told = [of.title, of.you_said, of.we_did, of.reason, of.alternative, *self.themes.values()]
        told += [self.came.english.get("words", "")] if self.came else []
        told += [note.words.get(settings.LANGUAGE_CODE, "") for note in of.progress_notes.all()]  # type: ignore[attr-defined]
        text = " ".join(told).casefold()
        return all(word in text for word in words.casefold().split())


def list_lessons(show: Mapping[str, str]) -> list[Lesson]:
    """Of all published decisions those that fit `show`: words, theme, verdict and answer."""
    found = Decision.objects.published().prefetch_related("citations__theme", "outcome_updates", "progress_notes")
    if show.get("answer"):
        found = found.filter(outcome=show["answer"])
    return [one for one in map(Lesson, found) if _fits_filters(one, show)]


def _fits_filters(lesson: Lesson, show: Mapping[str, str]) -> bool:
    return (
        show.get("theme", "") in ("", *lesson.themes)
        and show.get("verdict", "") in ("", lesson.verdict)
        and lesson.has_words(show.get("q", ""))
    )


def group_by_theme(lessons: Iterable[Lesson], only: str = "") -> list[tuple[str, list[Lesson]]]:
    """[(label of a theme, its lessons)] by label; decisions that cite none come last, under "". `only`: this theme."""
    found = defaultdict(list)
    for lesson in lessons:
        for slug, label in (lesson.themes or {"": ""}).items():
            if only in ("", slug):
                found[label].append(lesson)
    return sorted(found.items(), key=lambda group: (not group[0], group[0]))
