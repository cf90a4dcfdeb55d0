"""Training data from a codebook alone: its phrases as weighted training rows, its texts as concept profiles."""

import re
from dataclasses import dataclass, field

import numpy as np

from insights.coding.engine.text_features import count_concepts

SENTENCE = re.compile(r"(?<=[.;])\s+|\be\.g\.|\bincludes?\b")
COMMON = {"from", "with", "that", "this", "have", "into", "than", "them", "they", "what"}
LABEL_WEIGHT, KEYWORD_WEIGHT, PHRASE_WEIGHT, DEFINITION_WEIGHT = 2.0, 1.5, 1.0, 0.5
SHORTEST_SENTENCE = 16
BORROWED_SENTENCES, BORROWED_PHRASES = 4, 6
STEM = 5  # letters; "responding" and "responsiveness" share them


@dataclass
class ThemeSeed:
    theme: str
    label: str
    definition: str = ""
    examples: list = field(default_factory=list)
    keywords: list = field(default_factory=list)


def _split_list(value, separator):
    parts = value.split(separator) if isinstance(value, str) else (value or [])
    return [part.strip() for part in parts if part and len(part.strip()) > 2]


def build_theme_seed(row):
    """A seed from a codebook row (dict). `theme` is required; lists may be strings, joined by `||` or commas."""
    return ThemeSeed(
        theme=str(row["theme"]),
        label=row.get("label") or str(row["theme"]).replace("-", " "),
        definition=" ".join(part for part in (row.get("definition"), row.get("include")) if part),
        examples=_split_list(row.get("examples"), "||"),
        keywords=_split_list(row.get("keywords"), ","),
    )


def _word_stems(text):
    return {word[:STEM] for word in re.findall(r"[^\W\d_]{4,}", text.lower())} - COMMON


def complete_seeds(entries):
    """Seeds, where a theme without definition and examples borrows sentences and examples of other themes that share a
    word of its label, except words common in the codebook ("staff")."""
    texts = [_word_stems(f"{one.label} {one.definition}") for one in entries]
    spread = {
        stem for text in texts for stem in text if sum(stem in other for other in texts) > max(2, len(texts) / 3)
    }
    return [
        _borrow_from_others(one, entries, spread) if not (one.definition or one.examples) else one for one in entries
    ]


def _borrow_from_others(bare, entries, spread):
    stems = _word_stems(bare.label) - spread
    others = [other for other in entries if other.theme != bare.theme]
    sentences = [part.strip() for other in others for part in re.split(r"[.;:]", other.definition)]
    phrases = [phrase for other in others for phrase in other.examples]
    definition = ". ".join(_closest_parts(stems, sentences, BORROWED_SENTENCES))
    return ThemeSeed(
        bare.theme, bare.label, definition, _closest_parts(stems, phrases, BORROWED_PHRASES), bare.keywords
    )


def _closest_parts(stems, parts, most):
    """The parts that share most stems, shorter ones first, independent of the codebook's order."""
    shared = {part: len(stems & _word_stems(part)) for part in parts}
    return sorted((part for part in shared if shared[part]), key=lambda part: (-shared[part], len(part), part))[:most]


def seed_training_rows(entries):
    """Yield (text, theme, weight) training rows."""
    for one in entries:
        yield one.label, one.theme, LABEL_WEIGHT
        yield from ((word, one.theme, KEYWORD_WEIGHT) for word in one.keywords)
        yield from ((phrase, one.theme, PHRASE_WEIGHT) for phrase in one.examples)
        sentences = [part.strip() for part in SENTENCE.split(one.definition)]
        yield from ((part, one.theme, DEFINITION_WEIGHT) for part in sentences if len(part) >= SHORTEST_SENTENCE)


def concept_profiles(entries):
    """themes x concept groups: the weight of each group in a theme's text, less for groups of most themes."""
    raw = np.array([_concept_profile(one) for one in entries])
    themes_with = (raw > 0.5).sum(axis=0)
    weighted = raw * np.log((len(entries) + 1) / (themes_with + 0.5)).clip(0)
    return weighted / (np.linalg.norm(weighted, axis=1, keepdims=True) + 1e-9)


def _concept_profile(one):
    named = np.minimum(count_concepts([one.label, *one.keywords]).sum(axis=0), 1)
    defined = np.log1p(count_concepts([one.definition])[0])
    said = (count_concepts(one.examples) > 0).mean(axis=0) if one.examples else 0
    return 3 * named + defined + 4 * said
