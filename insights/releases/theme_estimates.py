"""How many people of a consultation speak of each theme: the machine's marks, corrected by the confirmation sample.

Everyone with released words is the frame. The sample is who was drawn at random; of nearly all of them a person has read
every text without the machine. Where people have read everyone, it is everyone, and nothing is estimated.
"""

from collections import defaultdict
from dataclasses import dataclass
from math import inf
from typing import Any
from uuid import UUID

import numpy as np

from insights.coding.codebook_in_force import CODEBOOK_LANGUAGE, codebook_version
from insights.coding.confirmation.models import ConfirmationRound
from insights.coding.confirmation.sample_size import LEAST, LEAST_CONFIRMED
from insights.coding.counted_codes import codes_of_people_by_theme
from insights.coding.models import Code, CodeSource, CodingManner, CodingStatus, MachineReading, ThemeEntry
from insights.coding.theme_hierarchy import map_sub_themes
from insights.corpus.models import Text
from insights.releases.prevalence import Prevalence, Stratum, estimate_prevalence, widest_half

MOST_MISSING = 0.05  # of the drawn people, who may be unread without ending the sample


@dataclass(frozen=True)
class Readings:
    """Who says what, as respondents. `marked`: by theme, of the machine's proposals, also for texts that people coded;
    `found`: {theme: {text: respondent}} of people's codes."""

    marked: dict[int, set[UUID]]
    found: dict[int, dict[UUID, UUID]]
    read: set[UUID]  # a person has coded every text of theirs, one by one
    sampled: set[UUID]  # drawn at random, and read without the machine
    missing: set[UUID]  # drawn with them, and not read yet
    outdated: dict[int, set[UUID]]  # by theme: read with a codebook that did not have it yet


def gather_readings(consultation: Any) -> Readings:
    respondents: dict[UUID, UUID] = {}
    draws: dict[UUID, int] = {}
    for text, respondent, draw in Text.objects.of(consultation).values_list("pk", "respondent", "draw"):
        respondents[text], draws[respondent] = respondent, draw
    asked_again = Code.objects.filter(text__version__page=consultation, source=CodeSource.RULE)
    statuses = CodingStatus.objects.filter(text__version__page=consultation).exclude(
        text__in=asked_again.values("text")
    )
    coded = {text: (manner, version) for text, manner, version in statuses.values_list("text", "manner", "version")}
    one_by_one = {text for text, (manner, _) in coded.items() if manner != CodingManner.TOGETHER}
    blind = {text for text, (manner, _) in coded.items() if manner == CodingManner.BLIND}
    not_read = {person for text, person in respondents.items() if text not in one_by_one}
    not_blind = {person for text, person in respondents.items() if text not in blind}
    return Readings(
        _marked_by_theme(consultation, respondents),
        codes_of_people_by_theme(consultation),
        set(respondents.values()) - not_read,
        *_sampled_people(consultation, draws, not_blind),
        _outdated_by_theme(consultation, {text: version for text, (_, version) in coded.items()}, respondents),
    )


def _marked_by_theme(consultation: Any, respondents: dict[UUID, UUID]) -> dict[int, set[UUID]]:
    """{theme: respondents}; none where two models made the proposals, since the sample would measure only one of them."""
    english = MachineReading.objects.of(consultation).filter(text__language=CODEBOOK_LANGUAGE)
    if english.order_by().values("engine").distinct().count() > 1:
        return {}
    found: dict[int, set[UUID]] = defaultdict(set)
    above = map_sub_themes(codebook_version(consultation))
    proposals = Code.objects.filter(text__version__page=consultation, source=CodeSource.MODEL)
    for theme, text in proposals.values_list("theme_id", "text_id").iterator(chunk_size=5000):
        for one in (theme, above.get(theme, theme)):
            found[one].add(respondents[text])
    return found


def _sampled_people(consultation: Any, draws: dict[UUID, int], not_blind: set[UUID]) -> tuple[set[UUID], set[UUID]]:
    """(read without the machine, not read) of those with the lowest draws, as far as the widest interval becomes narrower
    and few are not read. Who was read beyond is no random choice: coders go question by question. Of an open
    consultation some are always new."""
    limit = ConfirmationRound.objects.find_limit(consultation)
    drawn = sorted((person for person, draw in draws.items() if draw < limit), key=lambda person: draws[person])
    missing, narrowest, size = 0, inf, 0
    for at, person in enumerate(drawn, start=1):
        missing += person in not_blind
        if missing <= at * MOST_MISSING and (half := widest_half(at - missing, missing)) < narrowest:
            narrowest, size = half, at
    chosen = set(drawn[:size])
    return chosen - not_blind, chosen & not_blind


def _outdated_by_theme(
    consultation: Any, versions: dict[UUID, int], respondents: dict[UUID, UUID]
) -> dict[int, set[UUID]]:
    version, used = codebook_version(consultation), set(versions.values())
    if version is None or used <= {version.pk}:
        return {}
    having: dict[int, set[int]] = defaultdict(set)
    entries = ThemeEntry.objects.filter(version__in=used)
    for theme, one in entries.values_list("theme_id", "version_id"):
        having[theme].add(one)
    return {
        theme: {
            respondents[text] for text, one in versions.items() if one not in having[theme] and text in respondents
        }
        for theme in version.entries.values_list("theme_id", flat=True)
        if not used <= having[theme]
    }


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
    sample = read if is_census else _mask(crowd, readings.sampled) & everyone
    found = {
        theme: np.intersect1d(crowd.places(set(readings.found.get(theme, {}).values())), base) for theme in themes
    }
    prevalence = {}
    for theme in themes:
        outdated = _mask(crowd, readings.outdated.get(theme, ())) & everyone
        # People read with an older codebook leave a sample that hangs on when they were read.
        if (is_census or sample.sum() >= LEAST) and not (outdated & sample).any():
            prevalence[theme] = _estimate_theme(
                crowd, everyone, read & ~outdated, sample, found[theme], readings, theme
            )
    confirmed = {theme for theme in prevalence if is_census or found[theme].size >= LEAST_CONFIRMED}
    return ThemeEstimates(prevalence, found, frozenset(themes) - confirmed, np.flatnonzero(sample), is_census)


def _estimate_theme(
    crowd: Any,
    everyone: np.ndarray,
    read: np.ndarray,
    sample: np.ndarray,
    found: np.ndarray,
    readings: Readings,
    theme: int,
) -> Prevalence:
    marked, says = _mask(crowd, readings.marked.get(theme, ())) & everyone, np.zeros_like(everyone)
    missing = _mask(crowd, readings.missing)
    says[found] = True
    strata = [
        Stratum(
            *(
                int(part.sum())
                for part in (
                    stratum,
                    stratum & sample,
                    stratum & sample & says,
                    stratum & ~read & ~says,
                    stratum & missing & ~sample,
                )
            )
        )
        for stratum in (marked, everyone & ~marked)
    ]
    return estimate_prevalence(*strata, with_theme=int(says.sum()), without=int((read & ~says).sum()))


def _mask(crowd: Any, people: Any) -> np.ndarray:
    inside = np.zeros(len(crowd.respondents), dtype=bool)
    inside[crowd.places(people)] = True
    return inside
