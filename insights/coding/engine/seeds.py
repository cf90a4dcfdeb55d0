"""What a codebook says before anybody has coded anything: its phrases as training rows, its words as concept profiles."""

import re
from dataclasses import dataclass, field

import numpy as np

from insights.coding.engine.features import concept_counts

SENTENCE = re.compile(r"(?<=[.;])\s+|\be\.g\.|\bincludes?\b")
COMMON = {"from", "with", "that", "this", "have", "into", "than", "them", "they", "what"}
LABEL_WEIGHT, KEYWORD_WEIGHT, PHRASE_WEIGHT, DEFINITION_WEIGHT = 2.0, 1.5, 1.0, 0.5
SHORTEST_SENTENCE = 16
BORROWED_SENTENCES, BORROWED_PHRASES = 4, 6
STEM = 5  # letters that "responding" and "responsiveness" share


@dataclass
class Entry:
    theme: str
    label: str
    definition: str = ""
    examples: list = field(default_factory=list)
    keywords: list = field(default_factory=list)


def _listed(value, separator):
    parts = value.split(separator) if isinstance(value, str) else (value or [])
    return [part.strip() for part in parts if part and len(part.strip()) > 2]


def entry(row):
    """A codebook row as dict, with `theme` and `label` needed and all else optional; lists may come joined."""
    return Entry(
        theme=str(row["theme"]),
        label=row.get("label") or str(row["theme"]).replace("-", " "),
        definition=" ".join(part for part in (row.get("definition"), row.get("include")) if part),
        examples=_listed(row.get("examples"), "||"),
        keywords=_listed(row.get("keywords"), ","),
    )


def _stems(text):
    return {word[:STEM] for word in re.findall(r"[^\W\d_]{4,}", text.lower())} - COMMON


def complete(entries):
    """A theme without definition and phrases borrows the sentences and phrases of others that use its label's words,
    unless the word is one that most of the codebook uses ("staff")."""
    texts = [_stems(f"{one.label} {one.definition}") for one in entries]
    spread = {
        stem for text in texts for stem in text if sum(stem in other for other in texts) > max(2, len(texts) / 3)
    }
    return [_borrowing(one, entries, spread) if not (one.definition or one.examples) else one for one in entries]


def _borrowing(bare, entries, spread):
    stems = _stems(bare.label) - spread
    others = [other for other in entries if other.theme != bare.theme]
    sentences = [part.strip() for other in others for part in re.split(r"[.;:]", other.definition)]
    phrases = [phrase for other in others for phrase in other.examples]
    definition = ". ".join(_closest(stems, sentences, BORROWED_SENTENCES))
    return Entry(bare.theme, bare.label, definition, _closest(stems, phrases, BORROWED_PHRASES), bare.keywords)


def _closest(stems, parts, most):
    """The parts that share most words with a label, shorter ones first; the order of the codebook plays no part."""
    shared = {part: len(stems & _stems(part)) for part in parts}
    return sorted((part for part in shared if shared[part]), key=lambda part: (-shared[part], len(part), part))[:most]


def rows(entries):
    """(text, theme, weight) training rows of a codebook."""
    for one in entries:
        yield one.label, one.theme, LABEL_WEIGHT
        yield from ((word, one.theme, KEYWORD_WEIGHT) for word in one.keywords)
        yield from ((phrase, one.theme, PHRASE_WEIGHT) for phrase in one.examples)
        sentences = [part.strip() for part in SENTENCE.split(one.definition)]
        yield from ((part, one.theme, DEFINITION_WEIGHT) for part in sentences if len(part) >= SHORTEST_SENTENCE)


def profiles(entries):
    """themes x concept groups: how much a theme's own text speaks of each group, less what all themes speak of."""
    raw = np.array([_profile(one) for one in entries])
    themes_with = (raw > 0.5).sum(axis=0)
    weighted = raw * np.log((len(entries) + 1) / (themes_with + 0.5)).clip(0)
    return weighted / (np.linalg.norm(weighted, axis=1, keepdims=True) + 1e-9)


def _profile(one):
    named = np.minimum(concept_counts([one.label, *one.keywords]).sum(axis=0), 1)
    defined = np.log1p(concept_counts([one.definition])[0])
    said = (concept_counts(one.examples) > 0).mean(axis=0) if one.examples else 0
    return 3 * named + defined + 4 * said
