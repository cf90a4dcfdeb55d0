"""Quotes that say nearly the same, so that one can stand for the others. Pure; numpy, so for workers only.

Two quotes are near repeats when they have the same words, or when both are English, mean nearly the same and turn the
same way: an embedding alone puts "I feel safe" beside "I do not feel safe", and "more police" beside "less police".
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

ALIKE = 0.88  # cosine from which two English texts say nearly the same; judged on pairs of the NHS comments
TURNING = frozenset(
    "no not never none nothing nobody nowhere neither nor without hardly less fewer least more most enough too "
    "only except unless until if but stop start worse better bad good safe unsafe like hate".split()
)
NOT = re.compile(r"cannot|(?:do|does|did|ca|wo|is|are|was|were|has|have|had|should|would|could)n'?t")
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True)
class ComparedQuote:
    """A quote as the choice sees it. `idea`: the sub-theme that it was coded with, or ""."""

    key: Any
    words: str
    disagrees: bool = False
    idea: str = ""


def split_into_plain_words(text: str) -> tuple[str, ...]:
    return tuple(word.replace("’", "'") for word in WORD.findall(text.casefold()))


def list_turns(text: str) -> frozenset[str]:
    """The words that change what a sentence says: negations, comparisons, numbers."""
    words = split_into_plain_words(text)
    turns = {word for word in words if word in TURNING or any(map(str.isdigit, word))}
    return frozenset(turns | ({"not"} if any(map(NOT.fullmatch, words)) else set()))


def are_near_repeats(one: ComparedQuote, other: ComparedQuote, likeness: float) -> bool:
    """`likeness`: cosine of their English embeddings; 0 where either is not English or was not embedded."""
    if one.disagrees != other.disagrees:
        return False
    if split_into_plain_words(one.words) == split_into_plain_words(other.words):
        return True
    return likeness >= ALIKE and list_turns(one.words) == list_turns(other.words)


def fold_near_repeats(quotes: Sequence[ComparedQuote], english: np.ndarray) -> list[list[int]]:
    """Groups of places in `quotes`. The first of each stands for the others, which are its near repeats, and no two
    firsts are near repeats. `english`: a row a quote, zeros where it is not English or was not embedded. The order of
    `quotes` changes nothing."""
    same: dict[Any, list[int]] = defaultdict(list)
    for at in sorted(range(len(quotes)), key=lambda at: (quotes[at].words, str(quotes[at].key))):
        same[split_into_plain_words(quotes[at].words), quotes[at].disagrees].append(at)
    groups = list(same.values())
    read = [group for group in groups if english[group[0]].any()]
    return [*_join_groups(quotes, read, english), *(group for group in groups if not english[group[0]].any())]


def _join_groups(quotes: Sequence[ComparedQuote], groups: list[list[int]], english: np.ndarray) -> list[list[int]]:
    """Those that most others repeat take their near repeats in first."""
    firsts = [group[0] for group in groups]
    likeness = english[firsts] @ english[firsts].T
    near = [
        [b for b in range(len(firsts)) if are_near_repeats(quotes[firsts[a]], quotes[firsts[b]], likeness[a, b])]
        for a in range(len(firsts))
    ]
    waiting, found = set(range(len(firsts))), []
    order = sorted(waiting, key=lambda a: (-sum(len(groups[b]) for b in near[a]), a))
    for a in order:
        if a in waiting:
            others = [b for b in near[a] if b in waiting and b != a]
            waiting -= {a, *others}
            found.append([*groups[a], *(at for b in others for at in groups[b])])
    return found
