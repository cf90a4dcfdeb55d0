"""Officers' lists for their district: places, staff titles, and names that are not personal."""

from dataclasses import dataclass, field

from consultation.reading.redaction.gazetteers import by_first_word

Phrases = dict[str, tuple[tuple[str, ...], ...]]


@dataclass(frozen=True, slots=True)
class Local:
    places: Phrases = field(default_factory=dict)
    titles: frozenset[str] = frozenset()
    left_alone: tuple[str, ...] = ()


NOTHING = Local()


def local(*, places: list[str], titles: list[str], left_alone: list[str]) -> Local:
    return Local(
        by_first_word([words for words in places if words.strip()]),
        frozenset(title.casefold().strip(". ") for title in titles),
        tuple(left_alone),
    )
