"""Many different short texts, made of the product's own invented answers: parts are joined anew, so no two are alike."""

import random
import re
from pathlib import Path

import yaml
from django.conf import settings

from consultation.domain.strategy_points import TAXONOMY

VOICES = Path(settings.BASE_DIR) / "cms" / "demo" / "extra_voices.yaml"
SENTENCE = re.compile(r"(?<=[.!?])\s+")


def _strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def read(path):
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def sentences():
    found = [*_strings(read(VOICES)), *_strings(read(TAXONOMY))]
    return sorted({part for text in found for part in SENTENCE.split(text.strip()) if part.count(" ") >= 3})


def texts(count, seed=0):
    """`count` texts of two to four sentences."""
    chance, parts = random.Random(seed), sentences()
    return [" ".join(chance.sample(parts, chance.randint(2, 4))) for _ in range(count)]


def coded():
    """(text, question, themes) of every invented answer that says its themes."""
    return [
        (row["text"], question, set(row["themes"].split("|")))
        for question, rows in read(VOICES).items()
        for row in rows
        if row.get("themes")
    ]
