"""Officers' lists for their district: places, staff titles, and names that are not personal."""

from dataclasses import dataclass, field

from consultation.reading.redaction.gazetteers import index_by_first_word

Phrases = dict[str, tuple[tuple[str, ...], ...]]


@dataclass(frozen=True, slots=True)
class OfficerLists:
    places: Phrases = field(default_factory=dict)
    titles: frozenset[str] = frozenset()
    left_alone: tuple[str, ...] = ()


NO_OFFICER_LISTS = OfficerLists()


def build_officer_lists(*, places: list[str], titles: list[str], left_alone: list[str]) -> OfficerLists:
    return OfficerLists(
        index_by_first_word([words for words in places if words.strip()]),
        frozenset(title.casefold().strip(". ") for title in titles),
        tuple(left_alone),
    )
