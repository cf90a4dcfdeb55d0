"""A consultation draft for linters: its texts with their block and field, stored or still in the editor's form."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any

from django.conf import settings

from consultation.surveys.type_registry import find_type
from consultation.surveys.validation.linter import FindingSpot

CHILDREN, PROFESSIONALS = "children-young-people", "professionals"
PAGE_WORDS = (
    "title",
    "summary",
    "summary_easy",
    "can_change",
    "can_change_easy",
    "cannot_change",
    "cannot_change_easy",
)
PARTICIPATION_WORDS = ("groups_invited", "groups_missing", "designed_with", "seen_how", "told_how")
ASKED, HINTS = ("text", "easy"), ("hint", "hint_easy", "why", "body", "body_easy")
EASY = {"text": "easy", "hint": "hint_easy", "body": "body_easy", "can_change": "can_change_easy",
        "cannot_change": "cannot_change_easy", "summary": "summary_easy"}  # fmt: skip


@dataclass(frozen=True)
class DraftText:
    block: str
    field: str
    text: str
    part: str = ""  # the choice or row id, and its field
    answers: str = ""  # the answers offered below a question's text

    def spot(self, found: str = "", **more: Any) -> FindingSpot:
        return FindingSpot(self.block, self.field, self.text, found, about=self.answers, **more)


@dataclass(frozen=True)
class DraftBlock:
    """One block of a draft: a question or a part."""

    id: str
    type: str
    value: Any

    def name_field(self, name: str) -> str:
        block = self.value.block.child_blocks.get(name)
        return str(block.label) if block else "It"

    @property
    def is_question(self) -> bool:
        return find_type(self.type).is_question

    @property
    def is_open(self) -> bool:
        return find_type(self.type).is_text

    @property
    def is_about_you(self) -> bool:
        """Whether reports may be split by its answers: it is not kept apart."""
        return bool(not self.value.get("apart") and find_type(self.type).classify_about_you(self.value))

    @property
    def text(self) -> str:
        return self.value.get("text") or ""

    def choices(self, name: str = "options") -> list[Any]:
        return list(getattr(self.value.get(name), "bound_blocks", ()))

    @property
    def choice_texts(self) -> list[str]:
        return [choice.value.get("text") or "" for choice in self.choices()]

    @property
    def answers(self) -> str:
        """The answers as one text: part of a finding's digest, as a leading question depends on them."""
        ways_out = [name for name in ("dont_know", "rather_not") if self.value.get(name)]
        ends = [self.value.get(name) or "" for name in ("low_label", "high_label")]
        return "\n".join([self.type, *self.choice_texts, *ends, *ways_out])

    @cached_property
    def words(self) -> list[DraftText]:
        found: list[DraftText] = []
        for name in (*ASKED, *HINTS, "low_label", "high_label"):
            if text := (self.value.get(name) or "").strip():
                found.append(DraftText(self.id, name, text, answers=self.answers if name in ASKED else ""))
        for name in ("options", "rows", "help_by_answer"):
            for choice, inner in product(self.choices(name), ("text", "easy", "alt")):
                if text := (choice.value.get(inner) or "").strip():
                    found.append(DraftText(self.id, name, text, f"{choice.id} {inner}"))
        return found

    def spot(self, field: str = "text", found: str = "", **more: Any) -> FindingSpot:
        return FindingSpot(self.id, field, self.text, found, about=self.answers, **more)


class LintedDraft:
    """`filled`: form values that are not saved on the page yet."""

    def __init__(self, page: Any, filled: dict[str, Any] | None = None):
        self.page = page
        self._filled = filled or {}

    def get(self, name: str) -> Any:
        return self._filled[name] if name in self._filled else getattr(self.page, name, None)

    @property
    def is_source(self) -> bool:
        """Whether linters apply: a translation is checked by its named checker instead."""
        locale = getattr(self.page, "locale", None) if self.page.locale_id else None
        return locale is None or locale.language_code == settings.LANGUAGE_CODE

    @property
    def for_children(self) -> bool:
        return self.get("audience") == CHILDREN

    @property
    def for_professionals(self) -> bool:
        return self.get("audience") == PROFESSIONALS

    @cached_property
    def asked(self) -> list[DraftBlock]:
        return [
            DraftBlock(child.id or f"unsaved {place}", child.block_type, child.value)
            for place, child in enumerate(self.get("body") or ())
        ]

    @property
    def of_questions(self) -> list[DraftBlock]:
        return [one for one in self.asked if one.is_question]

    def own_words(self, *names: str) -> Iterator[DraftText]:
        """The texts of the page's own fields."""
        for name in names or (*PAGE_WORDS, *PARTICIPATION_WORDS):
            if text := (self.get(name) or "").strip():
                yield DraftText("", name, text)

    def words(self) -> Iterator[DraftText]:
        """All public texts of the draft."""
        yield from self.own_words()
        for one in self.asked:
            yield from one.words

    def questions(self) -> Iterator[tuple[DraftBlock, DraftText]]:
        """Question texts, standard and easy read, and grid rows."""
        for one in self.of_questions:
            for words in one.words:
                if words.field in ASKED or words.field == "rows":
                    yield one, words
