"""The question bank: every question ever published or in a template, each once with its uses, without any answers.

Two questions are the same if their type and text are.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.dispatch import Signal

from consultation.domain.signal_values import collect_return_values
from consultation.surveys.models import ConsultationPage
from consultation.surveys.starting_points.block_copies import RawBlock
from consultation.surveys.starting_points.consultation_templates import ConsultationTemplate, load_templates
from consultation.surveys.starting_points.last_published import last_published_blocks
from consultation.surveys.type_registry import type_of


@dataclass(frozen=True)
class QuestionUse:
    """A consultation that asked a question, and the block id of its figures."""

    page: Any
    block: str
    of_all: bool  # whether it was shown to everyone


@dataclass
class BankQuestion:
    key: str
    block: RawBlock
    audiences: set[str] = field(default_factory=set)
    templates: list[ConsultationTemplate] = field(default_factory=list)
    uses: list[QuestionUse] = field(default_factory=list)

    @property
    def type(self) -> str:
        return str(self.block["type"])

    @property
    def text(self) -> str:
        return str(self.block["value"].get("text") or "")

    @property
    def easy(self) -> str:
        return str(self.block["value"].get("easy") or "")

    @property
    def strands(self) -> set[str]:
        """Links to the strategy, as "strand/sub-point"."""
        return set(self.block["value"].get("links") or ())

    @property
    def themes(self) -> list[str]:
        return list(self.block["value"].get("themes") or ())

    @property
    def choices(self) -> list[str]:
        return list_choice_texts(self.block)

    @property
    def is_written(self) -> bool:
        """Whether it is answered in free text, which has no figures."""
        return type_of(self.block).is_text

    @property
    def rows(self) -> list[str]:
        return [text for row in self.block["value"].get("rows") or () if (text := row["value"].get("text"))]

    @property
    def searchable_text(self) -> str:
        return " ".join((self.text, self.easy, *self.choices, *self.rows)).casefold()


def list_choice_texts(block: RawBlock) -> list[str]:
    """The texts of a raw block's answers, standard scales included."""
    return type_of(block).describe_choices(block["value"])


def build_question_bank() -> dict[str, BankQuestion]:
    """{key: question}: recently published ones first, template-only ones last."""
    found: dict[str, BankQuestion] = {}
    pages = list(list_past_consultations())
    asked = last_published_blocks(pages)
    for page in pages:
        for block, of_all in _list_questions(asked[page.pk]):
            entry = _find_or_add_question(found, block)
            entry.audiences.add(page.audience)
            entry.uses.append(QuestionUse(page, block.get("id", ""), of_all))
    for template in load_templates().values():
        for block, _ in _list_questions(template.blocks()):
            entry = _find_or_add_question(found, block)
            entry.audiences |= set(template.audiences)
            if template not in entry.templates:
                entry.templates.append(template)
    return found


def list_past_consultations() -> QuerySet[ConsultationPage]:
    """Consultations that were ever published, newest first."""
    return ConsultationPage.objects.ever_published().order_by("-first_published_at", "-pk")


def _list_questions(blocks: Iterable[RawBlock]) -> Iterator[tuple[RawBlock, bool]]:
    """(question block, whether it is shown to everyone): a conditional part makes its questions conditional."""
    waiting: dict[int, bool] = {}
    for block in blocks:
        rule = block["value"].get("show_if")
        own = bool(rule.get("of") if isinstance(rule, dict) else rule)
        if not type_of(block).is_question:
            level = int(block["value"].get("level") or 1)
            waiting = {depth: waits for depth, waits in waiting.items() if depth < level} | {level: own}
        elif block["value"].get("text"):
            yield block, not (own or any(waiting.values()))


def _find_or_add_question(found: dict[str, BankQuestion], block: RawBlock) -> BankQuestion:
    words = " ".join(str(block["value"]["text"]).casefold().split()).rstrip("?.! ")
    key = hashlib.sha256(f"{block['type']}\0{words}".encode()).hexdigest()[:16]
    return found.setdefault(key, BankQuestion(key, block))


def search_question_bank(
    found: Iterable[BankQuestion],
    *,
    words: str = "",
    strand: str = "",
    theme: str = "",
    type_: str = "",
    audience: str = "",
) -> list[BankQuestion]:
    """Questions with every word of `words` in their text, easy text, choices or rows, and matching the filters."""
    wanted = words.casefold().split()
    return [
        entry
        for entry in found
        if all(word in entry.searchable_text for word in wanted)
        and (not strand or any(link.startswith(f"{strand}/") or link == strand for link in entry.strands))
        and (not theme or theme in entry.themes)
        and (not type_ or entry.type == type_)
        and (not audience or audience in entry.audiences)
    ]


response_rates_asked = Signal()  # kwargs uses -> [ResponseRate] of each use, from figures after disclosure control


@dataclass(frozen=True)
class ResponseRate:
    """Percent of the people who were shown the question; None if suppressed."""

    page: Any
    answered: int | None = None
    refused: int | None = None
    of_all: bool = True
    released: bool = False


def find_response_rates(uses: Sequence[QuestionUse]) -> list[ResponseRate]:
    answers = collect_return_values(response_rates_asked, uses=uses)
    return answers[0] if answers else [ResponseRate(use.page) for use in uses]
