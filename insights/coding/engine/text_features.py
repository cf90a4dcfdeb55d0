"""Texts to a sparse matrix: TF-IDF of words, word pairs and character n-grams, concept groups, the question.

N-grams and groups are computed once for each distinct word and joined by matrix products, which is faster than a
vectoriser that cuts every text into characters.
"""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from insights.coding.engine.word_tokens import character_ngrams, load_concepts, split_words

CONCEPT_WEIGHT = 0.5
QUESTION_WEIGHT = 0.7
TOGETHER_WEIGHT = 0.4
CHUNK = 4096
PAIR = "\x1f"


@dataclass
class TokenBatch:
    """Tokenised texts: `counts` (texts x words), `pairs` (texts x word pairs), and the words themselves."""

    written: list
    words: list
    counts: sp.csr_matrix
    pair_names: list
    pairs: sp.csr_matrix
    numbers: list


def build_count_matrix(rows, width):
    """A rows x width matrix of counts, from a list of column numbers for each row."""
    lengths = np.fromiter((len(row) for row in rows), dtype=np.int64, count=len(rows))
    columns = np.fromiter((number for row in rows for number in row), dtype=np.int32, count=int(lengths.sum()))
    matrix = sp.csr_matrix(
        (np.ones(len(columns), dtype=np.float32), columns, np.r_[0, np.cumsum(lengths)]), shape=(len(rows), width)
    )
    matrix.sum_duplicates()
    return matrix


def tokenise_texts(texts):
    written = [split_words(text) for text in texts]
    known, pair_known, rows, pair_rows = {}, {}, [], []
    for words in written:
        row = [known.setdefault(word.lower(), len(known)) for word in words]
        rows.append(row)
        pair_rows.append([pair_known.setdefault(pair, len(pair_known)) for pair in zip(row, row[1:], strict=False)])
    names = list(known)
    pair_names = [names[first] + PAIR + names[second] for first, second in pair_known]
    counts, pairs = build_count_matrix(rows, len(names)), build_count_matrix(pair_rows, len(pair_names))
    return TokenBatch(written, names, counts, pair_names, pairs, rows)


def _build_term_matrix(names_of, things, vocabulary):
    """things x vocabulary counts, for example words x n-grams, without names outside the vocabulary."""
    rows = [[vocabulary[name] for name in names_of(thing) if name in vocabulary] for thing in things]
    return build_count_matrix(rows, len(vocabulary))


def _scale_rows(matrix):
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return sp.diags(1 / np.maximum(lengths, 1e-9)) @ matrix


def _weigh_tfidf(counts, idf):
    counts = counts.tocsr(copy=True)
    counts.data = (1 + np.log(counts.data)) * idf[counts.indices]
    return counts


def _compute_idf(counts):
    seen = np.bincount(counts.indices, minlength=counts.shape[1])
    return (np.log((1 + counts.shape[0]) / (1 + seen)) + 1).astype(np.float32)


def _count_batch_concepts(batch):
    groups = load_concepts()
    width = len(groups.names)
    by_word = build_count_matrix([groups.of_word(word) for word in batch.words], width)
    by_pair = build_count_matrix([groups.of_pair(*name.split(PAIR)) for name in batch.pair_names], width)
    return batch.counts @ by_word + batch.pairs @ by_pair


def count_concepts(texts):
    return _count_batch_concepts(tokenise_texts(texts)).toarray()


class TextFeatures:
    """Vocabularies and IDF weights of one fitted model. A term is kept only if at least `floor` people used it; the
    first `own` texts are the codebook's, and their terms are always kept."""

    def __init__(self, words, grams, questions, word_idf, gram_idf):
        self.words, self.grams, self.questions = words, grams, questions
        self.word_at = {name: number for number, name in enumerate(words)}
        self.gram_at = {name: number for number, name in enumerate(grams)}
        self.word_idf, self.gram_idf = word_idf, gram_idf
        self.concept_start = len(words) + len(grams)
        self.question_start = self.concept_start + len(load_concepts().names)

    @classmethod
    def fit(cls, texts, questions, own=0, floor=5, who=None):
        """`who`: a number for the person of each answer; without it each answer counts as another person."""
        batch = tokenise_texts(texts)
        both = sp.hstack([batch.counts, batch.pairs]).tocsr()
        names = batch.words + batch.pair_names
        allowed = _used_by_enough_people(both, own, floor, who)
        words = [name for name, keep in zip(names, allowed, strict=True) if keep]
        gram_names = sorted({gram for word in batch.words for gram in character_ngrams(word)})
        gram_at = {name: at for at, name in enumerate(gram_names)}
        counts = batch.counts @ _build_term_matrix(character_ngrams, batch.words, gram_at)
        seen = np.bincount(counts.indices, minlength=counts.shape[1])
        keep = _used_by_enough_people(counts, own, floor, who) & (seen >= 2)
        grams = [name for name, kept in zip(gram_names, keep, strict=True) if kept]
        asked = sorted({question for question in questions if question})
        return cls(words, grams, asked, _compute_idf(both)[allowed], _compute_idf(counts)[keep])

    def to_arrays(self):
        """(names as JSON values, arrays), from which `from_arrays` makes the same features."""
        names = {"words": self.words, "grams": self.grams, "questions": self.questions}
        arrays = {"word_idf": self.word_idf, "gram_idf": self.gram_idf}
        return names | {"concepts": load_concepts().names}, arrays

    @classmethod
    def from_arrays(cls, names, arrays):
        if names["concepts"] != load_concepts().names:
            raise ValueError("This model was fitted by another version of the engine: fit it again.")
        return cls(names["words"], names["grams"], names["questions"], arrays["word_idf"], arrays["gram_idf"])

    def transform(self, texts, questions):
        return self.transform_batch(tokenise_texts(texts), questions)

    def transform_batch(self, batch, questions):
        words = batch.counts @ self._build_name_matrix(batch.words)
        words = words + batch.pairs @ self._build_name_matrix(batch.pair_names)
        groups, asked = _count_batch_concepts(batch), self.build_question_matrix(questions)
        blocks = [
            _scale_rows(_weigh_tfidf(words, self.word_idf)),
            self.spelling(batch),
            _scale_rows_softly(groups) * CONCEPT_WEIGHT,
            asked * QUESTION_WEIGHT,
            _cross_concepts(groups, asked),
        ]
        return sp.hstack(blocks, format="csr", dtype=np.float32)

    def known(self, batch):
        """The share of each text's words for which the model has a weight, of the word or of its concept group."""
        ours = np.array(
            [word in self.word_at or bool(load_concepts().of_word(word)) for word in batch.words], dtype=np.float32
        )
        lengths = np.asarray(batch.counts.sum(axis=1)).ravel()
        return (batch.counts @ ours if len(ours) else lengths) / np.maximum(lengths, 1)

    def spelling(self, batch):
        """texts x character n-grams, TF-IDF, rows of length 1."""
        return _scale_rows(_weigh_tfidf(batch.counts @ self.word_grams(batch.words), self.gram_idf)).tocsr()

    def word_grams(self, words):
        return _build_term_matrix(character_ngrams, words, self.gram_at)

    def _build_name_matrix(self, names):
        return _build_term_matrix(lambda name: (name,), names, self.word_at)

    def build_question_matrix(self, questions):
        at = {name: number for number, name in enumerate(self.questions)}
        rows = [[at[question]] if question in at else [] for question in questions]
        return build_count_matrix(rows, len(at))


def _used_by_enough_people(counts, own, floor, who):
    people = np.bincount(_sum_by_person(counts[own:], who).indices, minlength=counts.shape[1])
    ours = np.bincount(counts[:own].indices, minlength=counts.shape[1]) if own else np.zeros(counts.shape[1])
    return (ours > 0) | (people >= floor)


def _sum_by_person(counts, who):
    """Counts summed to one row a person."""
    if who is None or not len(who):
        return counts
    of = sp.csr_matrix((np.ones(len(who), dtype=np.float32), (who, np.arange(len(who)))))
    return (of @ counts).tocsr()


def _cross_concepts(groups, asked):
    """Features for two concepts in one answer ("wait", "transport"), and for a concept under a question ("nothing" to
    "What was good?")."""
    parts = range(0, groups.shape[0], CHUNK)
    pairs = [_pair_concepts(groups[start : start + CHUNK].toarray() > 0) for start in parts]
    under = [_pair_with_questions(groups[start : start + CHUNK], asked[start : start + CHUNK]) for start in parts]
    return sp.hstack([sp.vstack(pairs), sp.vstack(under)], format="csr")


def _pair_concepts(present):
    first, second = np.triu_indices(present.shape[1], 1)
    both = sp.csr_matrix(present[:, first] & present[:, second], dtype=np.float32)
    return sp.diags(TOGETHER_WEIGHT / np.sqrt(np.sqrt(np.asarray(both.sum(axis=1)).ravel() + 1))) @ both


def _pair_with_questions(groups, asked):
    present = (groups > 0).astype(np.float32)
    blocks = [sp.diags(asked[:, [at]].toarray().ravel()) @ present for at in range(asked.shape[1])]
    crossed = sp.hstack(blocks, format="csr") if blocks else sp.csr_matrix((groups.shape[0], 0), dtype=np.float32)
    return sp.diags(TOGETHER_WEIGHT / np.sqrt(np.asarray(crossed.sum(axis=1)).ravel() + 1)) @ crossed


def _scale_rows_softly(counts):
    """Square roots of counts, scaled so that long answers weigh more, but less than in proportion."""
    counts = counts.tocsr(copy=True)
    squares = np.asarray(counts.multiply(counts).sum(axis=1)).ravel()
    counts.data = np.sqrt(counts.data)
    return sp.diags(1 / np.sqrt(np.sqrt(squares + 1))) @ counts
