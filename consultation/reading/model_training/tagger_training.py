"""Fits the tagger on the marked answers of the repository: `manage.py train_redaction`.

Each text is used as written, in small letters, and with its names swapped for listed names, so that the weights learn
the context of names and not the names themselves. The same data gives the same weights.
"""

import csv
import gzip
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from consultation.reading.redaction.answer_words import is_caseless, split_words
from consultation.reading.redaction.gazetteers import DATA, common_words, first_names, listed_surnames, listed_towns
from consultation.reading.redaction.person_vocabulary import COURTESY, KIN, TITLES
from consultation.reading.redaction.span_proposals import lower_in_place
from consultation.reading.redaction.tagger import FILE, GROUPS, HEADS
from consultation.reading.redaction.tagger_features import extract_word_features
from consultation.reading.redaction.text_folding import plain_view

ANSWERS = DATA / "answers_marked.csv"
SCREENING = DATA.parent.parent / "screening" / "data"
SOURCES = (SCREENING / "answers_train.csv", SCREENING / "vignettes_dev.csv", ANSWERS)
# Regularisation (c1 makes most weights zero), and the least frequency of a feature.
FITTING = {"c1": 0.3, "c2": 0.02, "max_iterations": 80, "feature.minfreq": 3, "feature.possible_transitions": True}
PLAIN_SMALL, SWAPPED_SMALL = (1 / 3, 1 / 2)  # share in small letters of answers without a name, with swapped names
LETTERS = re.compile(r"[A-Za-z][A-Za-z]+(?!'s\b)")

type Marks = list[tuple[int, int, str]]


@dataclass(frozen=True)
class AnnotatedText:
    author: str
    text: str
    marks: Marks


def load_marked_texts() -> list[AnnotatedText]:
    found = []
    for path in SOURCES:
        with path.open(encoding="utf-8-sig", newline="") as opened:
            for row in csv.DictReader(opened):
                marks = [(int(s), int(e), str(t)) for s, e, t in json.loads(row["pii_spans"] or "[]")]
                if (row.get("language") or "en") == "en":
                    found.append(AnnotatedText(row.get("author") or path.stem, row["text"], marks))
    return found


def vary_text(of: AnnotatedText, random: Random) -> Iterator[tuple[str, Marks]]:
    """The text as written, in small letters, and with swapped names."""
    named = any(kind in GROUPS for *_, kind in of.marks)
    yield of.text, of.marks
    if named or random.random() < PLAIN_SMALL:
        yield lower_in_place(of.text), of.marks
    if named:
        text, marks = swap_names(of, random)
        yield (lower_in_place(text) if random.random() < SWAPPED_SMALL else text), marks


def build_training_sequence(text: str, marks: Marks) -> tuple[list[list[str]], list[str]] | None:
    """(features, labels) of the words, such as `B-PERSON` and `I-PERSON`; `X` for types that patterns find."""
    words = split_words(text)
    if not words or plain_view(text).starts is not None:
        return None
    if is_caseless(words):
        text = lower_in_place(text)
        words = split_words(text)
    labels, begun = [], None
    for word in words:
        mark = next((mark for mark in sorted(marks) if word.start < mark[1] and mark[0] < word.end), None)
        if mark and mark[2] in GROUPS:
            labels.append(("I-" if mark == begun else "B-") + mark[2])
        else:
            labels.append("X" if mark else "O")
        begun = mark
    return extract_word_features(text, words), labels


def swap_names(of: AnnotatedText, random: Random) -> tuple[str, Marks]:
    """The text with other names of people and places; titles and head words such as `Road` stay."""
    marks: Marks = []
    text, at = "", 0
    for start, end, kind in sorted(of.marks):
        if start < at:
            continue
        text += of.text[at:start]
        name = of.text[start:end]
        if kind in GROUPS and kind != "HANDLE" and name.isascii():
            name = _replacement_name(name, kind, random)
        marks.append((len(text), len(text) + len(name), kind))
        text, at = text + name, end
    return text + of.text[at:], marks


def _replacement_name(name: str, kind: str, random: Random) -> str:
    given, family, everyday, town = _name_pools()
    titled = name.casefold().split()[0] in COURTESY
    said: list[str] = []

    def word(match: re.Match[str]) -> str:
        plain = match.group().casefold()
        if GROUPS[kind] == "people":
            if plain in TITLES or plain in KIN:
                return match.group()
            pool = everyday if kind == "NICKNAME" and random.random() < 0.5 else family if said or titled else given
            new = random.choice(pool)
        elif plain in HEADS or plain in ("the", "of", "st", "and", "on") or len(plain) < 3:
            return match.group()
        else:
            share, one, other = random.random(), random.choice(town), random.choice(town)
            new = one[: len(one) // 2] + other[len(other) // 2 :]
            new = random.choice(family) if share < 0.4 else random.choice(everyday) if share < 0.6 else new
        said.append(new)
        return new.capitalize() if match.group()[0].isupper() else new

    return LETTERS.sub(word, name)


@cache
def _name_pools() -> tuple[list[str], list[str], list[str], list[str]]:
    def plain(words: Iterable[str], longest: int) -> list[str]:
        return sorted(word for word in words if word.isascii() and word.isalpha() and 2 < len(word) < longest)

    return plain(first_names(), 10), plain(listed_surnames(), 12), plain(common_words(), 8), plain(listed_towns(), 12)


def fit_tagger(of: Iterable[AnnotatedText], to: Path) -> None:
    """Fit the conditional random field and write it, gzipped, in the format of CRFsuite."""
    import pycrfsuite

    random = Random(7)  # noqa: S311 - the same weights each time
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", params=FITTING, verbose=False)
    for text in of:
        for copy, marks in vary_text(text, random):
            pair = build_training_sequence(copy, marks)
            if pair:
                trainer.append(*pair)
    with TemporaryDirectory() as folder:
        plain = Path(folder) / "tagger.crf"
        trainer.train(str(plain))
        to.write_bytes(gzip.compress(plain.read_bytes(), mtime=0))


def train_tagger() -> int:
    """Fit on all texts; returns how many."""
    every = load_marked_texts()
    fit_tagger(every, FILE)
    return len(every)
