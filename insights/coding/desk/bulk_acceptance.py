"""Bulk acceptance of proposals for similar texts: the offers, and those still valid when the coder accepts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from insights.coding.blind_samples.models import SampledText
from insights.coding.confirmation.blind_texts import is_blind
from insights.coding.desk import desk_phrases
from insights.coding.desk.desk_filters import DeskFilter
from insights.coding.models import Code, Theme
from insights.corpus.models import Text

MOST = 25
VERY, LIKELY = "very", "likely"
THRESHOLDS = {VERY: ("Very likely", desk_phrases.VERY_LIKELY), LIKELY: ("Likely", desk_phrases.LIKELY)}


@dataclass(frozen=True)
class AcceptanceRequest:
    """The group of texts, and the least likelihood of proposals."""

    question: str
    lead: str  # slug of the likeliest theme of each text
    at_least: str

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> "AcceptanceRequest":
        at_least = str(given.get("from", VERY))
        question, lead = (str(given.get(name, "")).replace("\0", "") for name in ("question", "lead"))
        return cls(question, lead, at_least if at_least in THRESHOLDS else VERY)

    @property
    def threshold(self) -> float:
        return THRESHOLDS[self.at_least][1]

    @property
    def filter(self) -> DeskFilter:
        return DeskFilter(question=self.question, theme=self.lead)


@dataclass(frozen=True)
class AcceptanceOffer:
    text: Text
    direction: str
    codes: list[Code]

    @property
    def value(self) -> str:
        """The form value: text and themes as shown, so that nothing else is accepted."""
        return f"{self.text.pk}:{','.join(str(code.theme_id) for code in self.codes)}"


def may_accept_together(text: Text) -> bool:
    """Whether the text is uncoded and has a proposal likely enough for bulk acceptance. For texts that are not blind."""
    place = getattr(text, "place", None)
    return bool(place and place.lead_id and place.sure >= desk_phrases.LIKELY and not getattr(text, "status", None))


def _texts_visible_to(user: Any) -> Any:
    """Texts without those that this person may have to code blind, and without those that nobody sees proposals for."""
    return Text.objects.exclude(pk__in=SampledText.objects.blind_for(user)).filter(~is_blind())


def list_acceptance_offers(
    consultation: Any, version: Any, asked: AcceptanceRequest, user: Any
) -> list[AcceptanceOffer]:
    alike = _texts_visible_to(user).filter(
        place__consultation=consultation,
        place__lead__slug=asked.lead,
        place__sure__gte=asked.threshold,
        question=asked.question,
        status=None,
    )
    rows = list(alike.order_by("place__key")[:MOST])
    codes = _likely_proposals_by_text(version, [row.pk for row in rows], asked.threshold)
    return [
        AcceptanceOffer(row, desk_phrases.text_direction(row.text), codes[row.pk]) for row in rows if codes[row.pk]
    ]


def _likely_proposals_by_text(version: Any, ids: Iterable[UUID], threshold: float) -> dict[UUID, list[Code]]:
    themes = version.entries.values("theme")
    found: dict[UUID, list[Code]] = defaultdict(list)
    codes = Code.objects.proposals().filter(text__in=list(ids), confidence__gte=threshold, theme__in=themes)
    for code in codes.select_related("theme").order_by("-confidence", "theme_id"):
        found[code.text_id].append(code)
    return found


def select_still_proposed(
    consultation: Any, version: Any, values: Iterable[str], user: Any
) -> tuple[list[tuple[Text, list[Theme]]], bool]:
    """([(ticked text, its themes)] where all themes shown are still proposed; whether some ticked ones are gone)."""
    wanted: dict[UUID, set[int]] = {}
    for value in values:
        key, _, themes = value.partition(":")
        with suppress(ValueError):
            wanted[UUID(key)] = {int(theme) for theme in themes.split(",")}
    rows = _texts_visible_to(user).of(consultation).select_related("version").filter(pk__in=wanted)
    texts = {text.pk: text for text in rows}
    proposed = _likely_proposals_by_text(version, texts, desk_phrases.LIKELY)
    choices = [
        (texts[pk], [code.theme for code in proposed[pk] if code.theme_id in asked])
        for pk, asked in wanted.items()
        if pk in texts and asked <= {code.theme_id for code in proposed[pk]}
    ]
    return choices, len(choices) < len(wanted)
