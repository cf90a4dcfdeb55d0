"""The question bank: every question ever published or in a template, each once with its uses, without any answers.

Two questions are the same if their type and text are.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from consultation.questionnaires.models import ConsultationPage, PublishedVersion
from consultation.questionnaires.scales import BANDS, SCALES, band_text, figures, labels
from consultation.questionnaires.schema import TEXT
from consultation.questionnaires.starting.asked import blocks_as_asked
from consultation.questionnaires.starting.copies import Raw
from consultation.questionnaires.starting.templates import Template, templates


@dataclass(frozen=True)
class Use:
    """A consultation that asked a question, and the block id of its figures."""

    page: Any
    block: str
    of_all: bool  # whether it was shown to everyone


@dataclass
class Entry:
    key: str
    block: Raw
    audiences: set[str] = field(default_factory=set)
    templates: list[Template] = field(default_factory=list)
    uses: list[Use] = field(default_factory=list)

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
        return choices_of(self.block)

    @property
    def is_written(self) -> bool:
        """Whether it is answered in free text, which has no figures."""
        return self.type in TEXT

    @property
    def rows(self) -> list[str]:
        return _texts(self.block, "rows")

    @property
    def haystack(self) -> str:
        return " ".join((self.text, self.easy, *self.choices, *self.rows)).casefold()


def choices_of(block: Raw) -> list[str]:
    """The texts of a raw block's answers, standard scales included."""
    value = block["value"]
    if block["type"] in SCALES:
        return list(labels()[block["type"]].values())
    if block["type"] == "about" and value.get("bands") in BANDS:
        return [band_text(id_) for id_ in BANDS[value["bands"]]]
    if block["type"] == "slider":
        return [f"{value.get('low')}: {value.get('low_label')}", f"{value.get('high')}: {value.get('high_label')}"]
    if block["type"] == "number":
        return [_band(item["value"]) for item in value.get("options") or () if item["value"].get("end") is not None]
    return _texts(block, "options")


def _band(value: Raw) -> str:
    """The band's own text, or else its figures."""
    return value.get("text") or figures(value.get("start") or 0, value["end"])


def _texts(block: Raw, name: str) -> list[str]:
    return [text for item in block["value"].get(name) or () if (text := item["value"].get("text"))]


def entries() -> dict[str, Entry]:
    """{key: question}: recently published ones first, template-only ones last."""
    found: dict[str, Entry] = {}
    pages = list(_asked_pages())
    asked = blocks_as_asked(pages)
    for page in pages:
        for block, of_all in _questions(asked[page.pk]):
            entry = _entry(found, block)
            entry.audiences.add(page.audience)
            entry.uses.append(Use(page, block.get("id", ""), of_all))
    for template in templates().values():
        for block, _ in _questions(template.blocks()):
            entry = _entry(found, block)
            entry.audiences |= set(template.audiences)
            if template not in entry.templates:
                entry.templates.append(template)
    return found


def _asked_pages() -> Iterable[ConsultationPage]:
    """Consultations that were ever published, newest first."""
    ids = PublishedVersion.objects.values("page_id")
    pages = ConsultationPage.objects.filter(pk__in=ids, locale__language_code=settings.LANGUAGE_CODE)
    return pages.order_by("-first_published_at", "-pk")


def _questions(blocks: Iterable[Raw]) -> Iterator[tuple[Raw, bool]]:
    """(question block, whether it is shown to everyone): a conditional part makes its questions conditional."""
    waiting: dict[int, bool] = {}
    for block in blocks:
        own = _waits(block["value"].get("show_if"))
        if block["type"] == "section":
            level = int(block["value"].get("level") or 1)
            waiting = {depth: waits for depth, waits in waiting.items() if depth < level} | {level: own}
        elif block["value"].get("text"):
            yield block, not (own or any(waiting.values()))


def _waits(rule: Any) -> bool:
    return bool(rule.get("of") if isinstance(rule, dict) else rule)


def _entry(found: dict[str, Entry], block: Raw) -> Entry:
    words = " ".join(str(block["value"]["text"]).casefold().split()).rstrip("?.! ")
    key = hashlib.sha256(f"{block['type']}\0{words}".encode()).hexdigest()[:16]
    return found.setdefault(key, Entry(key, block))


def search(
    found: Iterable[Entry], *, words: str = "", strand: str = "", theme: str = "", type_: str = "", audience: str = ""
) -> list[Entry]:
    """Questions with every word of `words` in their text, easy text, choices or rows, and matching the filters."""
    wanted = words.casefold().split()
    return [
        entry
        for entry in found
        if all(word in entry.haystack for word in wanted)
        and (not strand or any(link.startswith(f"{strand}/") or link == strand for link in entry.strands))
        and (not theme or theme in entry.themes)
        and (not type_ or entry.type == type_)
        and (not audience or audience in entry.audiences)
    ]
