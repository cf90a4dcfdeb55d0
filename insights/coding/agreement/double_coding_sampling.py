"""The sample for double coding: a simple random part, and an extra part for rare themes."""

import math
import random
import secrets
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

OFFERED = (40, 60, 120, 240, 480)  # the smallest has a random part of 30, the least for a figure
EXTRA_SHARE = 4  # one in four is drawn for rare themes
WANTED_OF_A_THEME = 10
# Standard deviation of a text's MASI distance between coders at alpha 0.7, divided by the distance expected by chance.
SPREAD = 0.44


@dataclass(frozen=True)
class DrawnText:
    text: Any
    extra: bool
    weight: float


def expected_half_width(size: int) -> float:
    """Half width of the 95% interval of alpha, for the agreement that coders usually reach (0.7)."""
    return round(1.96 * SPREAD / math.sqrt(size - size // EXTRA_SHARE), 2)


def offer_sample_sizes(available: int) -> list[tuple[int, float]]:
    """[(size, half width)] of the fixed sizes that fit: a size does not reveal the number of texts."""
    return [(size, expected_half_width(size)) for size in OFFERED if size <= available]


def draw_weighted_sample(
    coded: Mapping[Any, Iterable[Any]], size: int, chance: random.Random | None = None
) -> list[DrawnText]:
    """`size` of the coded texts {text: themes}, in random order.

    Three in four are drawn from all texts with equal chance; the rest for themes with too few texts, rarest first.
    Texts are weighted by rarest theme, so that a theme's figures hold for all texts.
    """
    chance = chance or secrets.SystemRandom()
    many = Counter(theme for themes in coded.values() for theme in themes)
    kind = {  # the rarest theme of each text, or None where it has no theme
        text: min(themes, key=lambda theme: (many[theme], str(theme)), default=None) for text, themes in coded.items()
    }
    order = sorted(coded, key=str)
    chance.shuffle(order)
    plain = order[: size - size // EXTRA_SHARE]
    chosen = [*plain, *_pick_for_rare_themes(coded, plain, order[len(plain) :], size - len(plain))]
    # The weight of a kind is its texts / its texts in the sample, of mean 1 in the sample.
    whole, part = Counter(kind.values()), Counter(kind[text] for text in chosen)
    scale = len(chosen) / sum(whole[found] for found in part)
    share = {found: whole[found] / part[found] * scale for found in part}
    drawn = [DrawnText(text, number >= len(plain), share[kind[text]]) for number, text in enumerate(chosen)]
    chance.shuffle(drawn)
    return drawn


def _pick_for_rare_themes(coded: Any, plain: list[Any], rest: list[Any], wanted: int) -> list[Any]:
    texts_of: dict[Any, list[Any]] = defaultdict(list)
    for text in rest:
        for theme in coded[text]:
            texts_of[theme].append(text)
    have = Counter(theme for text in plain for theme in coded[text])
    chosen: dict[Any, None] = {}
    for theme in sorted(texts_of, key=lambda theme: (have[theme] + len(texts_of[theme]), str(theme))):
        for text in texts_of[theme]:
            if len(chosen) < wanted and have[theme] < WANTED_OF_A_THEME and text not in chosen:
                chosen[text] = None
                have.update(coded[text])
    more = [text for text in rest if text not in chosen]
    return [*chosen, *more[: wanted - len(chosen)]]
