"""Normalises spelling; every token keeps its offsets in the original text."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from consultation.domain.invisible_letters import INVISIBLE
from consultation.domain.letter_folding import fold_letter

APOSTROPHES = frozenset("'’‘`´ʼ＇")
THREE_OR_MORE = re.compile(r"([^\W\d_])\1{2,}")
LEET = str.maketrans("013457@$", "oieastas")
ASCII_WORDS = re.compile(r"[a-z0-9]+(?:['`]+[a-z0-9]+)*", re.ASCII)
LETTER_RUN = 3  # single letters in a row that form one spaced-out word


class TextToken(NamedTuple):
    word: str
    start: int
    end: int


@dataclass(frozen=True)
class NormalisedText:
    """The tokens, the joined text that patterns search, and the start of each token in it."""

    tokens: list[TextToken]
    joined: str
    starts: list[int] = field(repr=False)

    @classmethod
    def build_from_tokens(cls, tokens: list[TextToken]) -> "NormalisedText":
        starts = list(accumulate((len(token.word) + 1 for token in tokens), initial=0))
        return cls(tokens, " ".join(token.word for token in tokens), starts[: len(tokens)])


@lru_cache(4096)
def is_letter(character: str) -> bool:
    return unicodedata.category(character)[0] in "LMN"


def split_raw_tokens(text: str) -> Iterator[TextToken]:
    """Words of letters, marks and digits; apostrophes and zero-width characters inside a word disappear."""
    if text.isascii():
        for match in ASCII_WORDS.finditer(text.lower()):
            yield TextToken(match.group().replace("'", "").replace("`", ""), match.start(), match.end())
        return
    word: list[str] = []
    start = end = 0
    for at, character in enumerate(text):
        if ord(character) in INVISIBLE or (character in APOSTROPHES and word):
            continue
        folded = fold_letter(character)
        if folded and all(is_letter(c) for c in folded):
            start = at if not word else start
            word.append(folded)
            end = at + 1
        elif word and folded:
            yield TextToken("".join(word), start, end)
            word = []
        elif word:
            end = at + 1
    if word:
        yield TextToken("".join(word), start, end)


def join_spaced_letters(tokens: list[TextToken]) -> list[TextToken]:
    """`k m s` and `h e l p` as words."""
    if [len(token.word) for token in tokens].count(1) < LETTER_RUN:
        return tokens
    found: list[TextToken] = []
    run: list[TextToken] = []
    for token in [*tokens, TextToken("..", 0, 0)]:
        if len(token.word) == 1 and token.word.isalpha():
            run.append(token)
            continue
        if len(run) >= LETTER_RUN:
            found.append(TextToken("".join(t.word for t in run), run[0].start, run[-1].end))
        else:
            found.extend(run)
        run = []
        found.append(token)
    return found[:-1]


class Normaliser:
    """Normalises text. `aliases` come from the indicators; `costs` of known words split run-together words."""

    LONG = 13  # a longer unknown word may be several without spaces

    def __init__(self, aliases: dict[str, str], costs: dict[str, float]):
        self.single = {key: value.split() for key, value in aliases.items() if " " not in key}
        self.costs = costs

    def __call__(self, text: str) -> NormalisedText:
        tokens: list[TextToken] = []
        for token in join_spaced_letters(list(split_raw_tokens(text))):
            tokens.extend(self._normalise_token(token))
        return NormalisedText.build_from_tokens(tokens)

    def _normalise_token(self, token: TextToken) -> list[TextToken]:
        word = token.word
        if word in self.single:
            return [TextToken(part, token.start, token.end) for part in self.single[word]]
        if word in self.costs:
            return [token]
        word = self._restore_letters(word)
        held_apart = len(word) > LETTER_RUN and token.end - token.start >= 2 * len(word) - 1
        if (len(word) > self.LONG or held_apart) and word not in self.costs:
            parts = self._split_joined_words(word)
            if parts:
                return [TextToken(part, token.start, token.end) for part in parts]
        return [TextToken(part, token.start, token.end) for part in self.single.get(word, [word])]

    def _restore_letters(self, word: str) -> str:
        """Without stretched letters, and with letters for the digits that stand for them."""
        if THREE_OR_MORE.search(word):
            twice, once = THREE_OR_MORE.sub(r"\1\1", word), THREE_OR_MORE.sub(r"\1", word)
            word = once if once in self.costs and twice not in self.costs else twice
        if word.isalnum() and not word.isalpha() and not word.isdigit():
            swapped = word.translate(LEET)
            if swapped in self.costs or swapped in self.single:
                return swapped
        return word

    def _split_joined_words(self, word: str, longest: int = 16, limit: int = 2000) -> list[str]:
        """The cheapest split of a run of letters into known words; empty if there is none."""
        word = word[:limit]
        best: list[tuple[float, int]] = [(0.0, 0)]
        unknown = 12.0
        for end in range(1, len(word) + 1):
            options = [(best[end - 1][0] + unknown, end - 1)]
            for start in range(max(0, end - longest), end):
                cost = self.costs.get(word[start:end])
                if cost is not None:
                    options.append((best[start][0] + cost, start))
            best.append(min(options))
        if best[-1][0] > 2.2 * len(word):
            return []
        parts, end = [], len(word)
        while end:
            start = best[end][1]
            parts.append(word[start:end])
            end = start
        return parts[::-1]
