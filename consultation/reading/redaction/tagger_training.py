"""The weights of the tagger, learned again from the marked answers in the repository: `manage.py train_redaction`.

Each text is learned as written and in small letters, and three times with its names swapped for names from the lists, so
that the weights learn how a name stands and not who is called what. The same data gives the same weights.
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

import numpy as np

from consultation.reading.redaction.folding import view
from consultation.reading.redaction.gazetteers import DATA, common_words, first_names, surnames, towns
from consultation.reading.redaction.people_words import COURTESY, KIN, TITLES
from consultation.reading.redaction.propose import small
from consultation.reading.redaction.tagger import FILE, GROUPS, HEADS, NAMES, STEP, features
from consultation.reading.redaction.words import is_caseless, words_of

ANSWERS = DATA / "answers_marked.csv"
SCREENING = DATA.parent.parent / "screening" / "data"
SOURCES = (SCREENING / "answers_train.csv", SCREENING / "vignettes_dev.csv", ANSWERS)
ALPHA, ROUNDS = 5e-6, 6
SEEN, KEPT = 3, 60_000  # texts that a feature stands in to count; features kept, those that weigh most
COPIES = 3
LETTERS = re.compile(r"[A-Za-z][A-Za-z]+(?!'s\b)")

type Marks = list[tuple[int, int, str]]
type Known = dict[str, int]


@dataclass(frozen=True)
class Text:
    author: str
    text: str
    marks: Marks


@dataclass(frozen=True)
class Learned:
    features: list[np.ndarray]  # of each word, by their numbers in `Known`
    groups: list[str]  # of each word: people, places, "", or "-" for what patterns find


def texts(paths: Iterable[Path] = SOURCES) -> list[Text]:
    found = []
    for path in paths:
        with path.open(encoding="utf-8-sig", newline="") as opened:
            for row in csv.DictReader(opened):
                marks = [(int(s), int(e), str(t)) for s, e, t in json.loads(row["pii_spans"] or "[]")]
                if (row.get("language") or "en") == "en":
                    found.append(Text(row.get("author") or path.stem, row["text"], marks))
    return found


def copies(of: Text, random: Random, known: Known) -> Iterator[Learned]:
    """The text as written, in small letters, and with other names."""
    named = any(kind in GROUPS for *_, kind in of.marks)
    versions = [(of.text, of.marks)]
    if named or random.random() < 1 / COPIES:
        versions.append((small(of.text), of.marks))
    for n in range(COPIES if named else 0):
        text, marks = swapped(of, random)
        versions.append((small(text) if n == COPIES - 1 else text, marks))
    for text, marks in versions:
        words = words_of(text)
        if words and view(text).starts is None:
            if is_caseless(words):
                text = small(text)
                words = words_of(text)
            labels = [next((GROUPS.get(t, "-") for s, e, t in marks if w.start < e and s < w.end), "") for w in words]
            seen = features(view(text).text, words, [True] * len(words))
            yield Learned(
                [np.array([known.setdefault(f, len(known)) for f in word], np.int32) for word in seen], labels
            )


def swapped(of: Text, random: Random) -> tuple[str, Marks]:
    """Its people and places under other names, titles and heads such as `Road` as they are."""
    marks: Marks = []
    text, at = "", 0
    for start, end, kind in sorted(of.marks):
        if start < at:
            continue
        text += of.text[at:start]
        name = of.text[start:end]
        if kind in GROUPS and name.isascii():
            name = _other(name, kind, random)
        marks.append((len(text), len(text) + len(name), kind))
        text, at = text + name, end
    return text + of.text[at:], marks


def _other(name: str, kind: str, random: Random) -> str:
    given, family, everyday, town = _pools()
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
def _pools() -> tuple[list[str], list[str], list[str], list[str]]:
    def plain(words: Iterable[str], longest: int) -> list[str]:
        return sorted(word for word in words if word.isascii() and word.isalpha() and 2 < len(word) < longest)

    return plain(first_names(), 10), plain(surnames(), 12), plain(common_words(), 8), plain(towns(), 12)


def fit(learned: list[Learned], known: Known) -> tuple[list[str], np.ndarray]:
    """The features that weigh, and their weights for people and for places as small whole numbers."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import SGDClassifier

    texts_with = np.zeros(len(known), int)
    for text in learned:
        texts_with[np.unique(np.concatenate(text.features))] += 1
    words = [word for text in learned for word, group in zip(text.features, text.groups, strict=True) if group != "-"]
    groups = np.array([group for text in learned for group in text.groups if group != "-"])
    indices, ends = np.concatenate(words), np.cumsum([0, *(len(word) for word in words)])
    counted = np.flatnonzero(texts_with >= SEEN)
    table = csr_matrix((np.ones(len(indices), np.float32), indices, ends), (len(groups), len(known)))[:, counted]
    found = []
    for group in NAMES:
        model = SGDClassifier(
            loss="log_loss", alpha=ALPHA, max_iter=ROUNDS, tol=None, average=True, random_state=1, fit_intercept=False
        )
        found.append(model.fit(table, groups == group).coef_[0])
    values = np.clip(np.rint(np.array(found).T * STEP), -127, 127).astype(np.int8)
    weight = np.abs(values.astype(int)).max(axis=1)
    kept = [n for n in sorted(np.argsort(-weight, kind="stable")[:KEPT]) if weight[n]]
    names = list(known)
    return [names[counted[n]] for n in kept], values[kept]


def learn(of: Iterable[Text]) -> tuple[list[str], np.ndarray]:
    random = Random(7)  # noqa: S311 - the same weights each time
    known: Known = {}
    return fit([copy for text in of for copy in copies(text, random, known)], known)


def train(to: Path = FILE) -> int:
    names, values = learn(texts())
    lines = [f"{people} {places} {name}\n" for name, (people, places) in zip(names, values.tolist(), strict=True)]
    to.write_bytes(gzip.compress("".join(lines).encode(), mtime=0))
    return len(names)
