"""The meaning score, second stage of the screen: kernel ridge regression on sentence embeddings.

It costs more than the learned score, so only answers near the threshold get it. The artefact is loaded for the first
of these."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from consultation.domain.invisible_letters import INVISIBLE
from consultation.domain.letter_folding import unmask_words
from consultation.reading.screening.indicator_rules import DATA
from consultation.reading.screening.sentence_encoder import load_encoder

ARTEFACT = DATA / "meaning.npz"
GAMMA = 1.0  # of the Gaussian kernel
GRAVE_FROM, GRAVE_WEIGHT = 0.2, 1.9  # above this a score for one of the gravest categories adds, with this weight
AT_ONCE, CENTRES_AT_ONCE = 256, 2048  # answers and centres in one product: bounds the memory
LEVELS = 127
UNSEEN = {code: None for code in INVISIBLE if code not in (0xFE0E, 0xFE0F)}  # these two select an emoji's style


@dataclass(frozen=True)
class EmbeddingAxes:
    """Principal axes of the embeddings, and the step to which coordinates are rounded."""

    middle: Any
    directions: Any
    step: float

    def place(self, embeddings: Any) -> Any:
        """Integer coordinates: whole steps hide the rounding differences of processors."""
        steps = np.rint((embeddings - self.middle) @ self.directions / np.float32(self.step))
        return np.clip(steps, -LEVELS, LEVELS).astype(np.int8)


@dataclass(frozen=True)
class MeaningScore:
    """The regression: coordinates and weights of the training answers, none of their words."""

    axes: EmbeddingAxes
    centres: Any  # int8
    speaks: Any  # weights: a column for any harm, and one for each of the gravest categories
    offsets: Any  # by column
    unseen: dict[int, float]  # by answer mark: its score without its own author, for calibration
    version: str

    @cached_property
    def _kernel_factors(self) -> tuple[Any, Any]:
        """Constant factors of the kernel: centres as columns times 2 gamma, weights times exp(-gamma |centre|^2)."""
        real = self.centres.astype(np.float32) * np.float32(self.axes.step)
        far = np.exp(np.float32(-GAMMA) * np.einsum("ij,ij->i", real, real))
        return np.ascontiguousarray(real.T) * np.float32(2 * GAMMA), self.speaks * far[:, None]

    def score(self, texts: Sequence[str]) -> Any:
        """About -1 (like answers without harm) to 1 (like answers that told of harm), higher for grave categories."""
        with limit_to_one_thread():
            places = self.axes.place(embed_texts(texts))
            found = [self._compare_with_centres(places[at : at + AT_ONCE]) for at in range(0, len(places), AT_ONCE)]
        return np.concatenate(found) if found else np.zeros(0, np.float32)

    def _compare_with_centres(self, places: Any) -> Any:
        """exp(-gamma d^2) to each centre times its weight, summed; in chunks of centres that fit the cache."""
        centres, speaks = self._kernel_factors
        here = places.astype(np.float32) * np.float32(self.axes.step)
        found = np.zeros((len(here), speaks.shape[1]), np.float32)
        for at in range(0, len(speaks), CENTRES_AT_ONCE):
            near = here @ centres[:, at : at + CENTRES_AT_ONCE]
            found += np.exp(near, out=near) @ speaks[at : at + CENTRES_AT_ONCE]
        found *= np.exp(np.float32(-GAMMA) * np.einsum("ij,ij->i", here, here))[:, None]
        return combine_columns(found + self.offsets)


def combine_columns(columns: Any) -> Any:
    """One score from all columns. Grave categories have few answers, so the highest adds to the general score."""
    return columns[:, 0] + GRAVE_WEIGHT * np.maximum(columns[:, 1:].max(axis=1) - GRAVE_FROM, 0)


def answer_mark(author: str, text: str) -> int:
    return int.from_bytes(sha256(f"{author} {text}".encode()).digest()[:8])


@cache
def _thread_controller() -> Any:
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


def limit_to_one_thread() -> Any:
    """A context with one BLAS thread: on a busy machine more threads only wait for each other."""
    return _thread_controller().limit(limits=1, user_api="blas")


def clean_for_encoder(text: str) -> str:
    """Without invisible characters and look-alikes of Latin letters, and a shouted text in small letters: to the encoder
    capitals are other words."""
    seen = text if text.isascii() else unmask_words(text.translate(UNSEEN))
    capitals = sum(map(str.isupper, seen))
    return seen.lower() if capitals > sum(map(str.islower, seen)) else seen


def embed_texts(texts: Sequence[str]) -> Any:
    """Embeddings of 512 dimensions, one row for each text. The other texts change only the last digits."""
    if not texts:
        return np.zeros((0, 512), np.float32)
    texts = [clean_for_encoder(text) for text in texts]
    order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
    found = np.empty((len(texts), 512), np.float32)
    with limit_to_one_thread():
        found[order] = load_encoder().encode([texts[at] for at in order])
    return found


def save_meaning(path: Path | BinaryIO, known: MeaningScore) -> None:
    """Write integers and rounded floats in a fixed order, so that the same data gives the same bytes."""
    marks = sorted(known.unseen)
    np.savez_compressed(
        path,
        middle=known.axes.middle, directions=known.axes.directions, step=np.float32(known.axes.step),
        centres=known.centres, speaks=known.speaks.astype(np.float16), offsets=known.offsets.astype(np.float32),
        version=np.array(known.version), marks=np.array(marks, np.uint64),
        unseen=np.array([known.unseen[one] for one in marks], np.float16),
    )  # fmt: skip


def load_meaning(path: Path | BinaryIO) -> MeaningScore:
    with np.load(path, allow_pickle=False) as stored:
        unseen = dict(zip(stored["marks"].tolist(), stored["unseen"].tolist(), strict=True))
        directions = stored["directions"].astype(np.float32)
        axes = EmbeddingAxes(stored["middle"].astype(np.float32), directions, float(stored["step"]))
        speaks = stored["speaks"].astype(np.float32)
        return MeaningScore(axes, stored["centres"], speaks, stored["offsets"], unseen, str(stored["version"]))


@cache
def shipped_meaning() -> MeaningScore:
    """The repository's artefact, loaded on first use."""
    return load_meaning(ARTEFACT)


def preload_meaning() -> None:
    """Load everything that the meaning score needs."""
    shipped_meaning().score(["A first text"])
