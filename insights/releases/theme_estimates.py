"""How many people of a consultation speak of each theme: the machine's marks, corrected by the confirmation sample.

Everyone with released words is the frame. The sample is who was drawn at random and whose every text a person has read;
where people have read everyone, it is everyone, and nothing is estimated.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np

from insights.coding.codebook_in_force import codebook_version
from insights.coding.confirmation.models import ConfirmationRound
from insights.coding.confirmation.sample_size import LEAST, LEAST_CONFIRMED
from insights.coding.counted_codes import codes_of_people_by_theme
from insights.coding.models import Code, CodeSource, CodingStatus
from insights.coding.theme_hierarchy import map_sub_themes
from insights.corpus.models import Text
from insights.releases.prevalence import Prevalence, Stratum, estimate_prevalence


@dataclass(frozen=True)
class Readings:
    """Who says what. `marked`: respondents by theme, of the machine's proposals, also for texts that people coded; `found`:
    {theme: {text: respondent}} of people's codes."""

    marked: dict[int, set[UUID]]
    found: dict[int, dict[UUID, UUID]]
    read: set[UUID]  # every text of theirs is coded by a person
    sampled: set[UUID]  # drawn at random, read or not


def gather_readings(consultation: Any) -> Readings:
    texts = Text.objects.of(consultation)
    coded = set(CodingStatus.objects.filter(text__in=texts).values_list("text_id", flat=True))
    asked_again = set(Code.objects.filter(text__in=texts, source=CodeSource.RULE).values_list("text_id", flat=True))
    respondents = dict(texts.values_list("pk", "respondent"))
    unread = {person for text, person in respondents.items() if text not in coded or text in asked_again}
    marked: dict[int, set[UUID]] = defaultdict(set)
    proposals = Code.objects.filter(text__in=texts, source=CodeSource.MODEL).values_list("theme_id", "text_id")
    above = map_sub_themes(codebook_version(consultation))
    for theme, text in proposals.iterator(chunk_size=5000):
        for one in (theme, above.get(theme, theme)):
            marked[one].add(respondents[text])
    sampled = set(ConfirmationRound.objects.sampled_texts(consultation).values_list("respondent", flat=True))
    found = codes_of_people_by_theme(consultation)
    return Readings(marked, found, set(respondents.values()) - unread, sampled)


@dataclass(frozen=True)
class ThemeEstimates:
    """Of one release. `found`: sorted places of the people in whom a person found each theme; `waiting`: themes whose
    numbers are not shown, because too few answers were read."""

    prevalence: dict[int, Prevalence]
    found: dict[int, np.ndarray]
    waiting: frozenset[int]
    sample: np.ndarray  # sorted places of the people who were drawn at random and read
    is_census: bool

    def people(self) -> dict[str, int]:
        return {str(theme): one.people for theme, one in self.prevalence.items()}

    def deviations(self) -> dict[str, float]:
        return {str(theme): one.deviation for theme, one in self.prevalence.items()}


def estimate_themes(crowd: Any, base: np.ndarray, themes: list[int], readings: Readings) -> ThemeEstimates:
    """`base`: the sorted places of everyone with words."""
    everyone = np.zeros(len(crowd.respondents), dtype=bool)
    everyone[base] = True
    read = _mask(crowd, readings.read) & everyone
    is_census = bool((read == everyone).all())
    sample = read if is_census else read & _mask(crowd, readings.sampled)
    enough = is_census or sample.sum() >= LEAST
    found = {
        theme: np.intersect1d(crowd.places(set(readings.found.get(theme, {}).values())), base) for theme in themes
    }
    prevalence = {}
    for theme in themes if enough else ():
        marked, says = _mask(crowd, readings.marked.get(theme, ())) & everyone, np.zeros_like(everyone)
        says[found[theme]] = True
        strata = (_count_stratum(marked, sample, says), _count_stratum(everyone & ~marked, sample, says))
        prevalence[theme] = estimate_prevalence(*strata, with_theme=int(says.sum()), without=int((read & ~says).sum()))
    waiting = frozenset(theme for theme in themes if not _is_confirmed(theme, prevalence, readings))
    return ThemeEstimates(prevalence, found, waiting, np.flatnonzero(sample), is_census)


def _mask(crowd: Any, people: Any) -> np.ndarray:
    inside = np.zeros(len(crowd.respondents), dtype=bool)
    inside[crowd.places(people)] = True
    return inside


def _count_stratum(part: np.ndarray, sample: np.ndarray, says: np.ndarray) -> Stratum:
    return Stratum(int(part.sum()), int((part & sample).sum()), int((part & sample & says).sum()))


def _is_confirmed(theme: int, prevalence: dict[int, Prevalence], readings: Readings) -> bool:
    """Whether people have read enough to show a number: the interval excludes nobody, and five answers were confirmed.
    Where everyone was read, the count itself decides, by disclosure control."""
    if theme not in prevalence:
        return False
    one = prevalence[theme]
    if one.high == one.low:
        return True
    return one.low > 0 and len(readings.found.get(theme, ())) >= LEAST_CONFIRMED
