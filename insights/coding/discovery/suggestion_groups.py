"""Matches the engine's clusters to suggestions. For workers: it loads numpy and the encoder."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from insights.coding.discovery.models import DiscoveryStage, Suggestion
from insights.coding.engine import multilingual_encoder
from insights.coding.engine.clustering import discover_clusters
from insights.coding.engine.text_space import TextSpace, strip_redaction_tags

LEAST_TEXTS = 20
SAME = 0.92  # cosine of centres above which a cluster is an earlier suggestion found again
MOSTLY = 0.5


@dataclass
class SuggestionGroup:
    name: list
    phrases: list
    centre: bytes
    reach: float
    known: Suggestion | None = None
    renews: bool = True  # whether name and centre are updated; a decided suggestion keeps its own


@dataclass
class GroupedTexts:
    groups: list
    labels: list  # the place of each text's group, or -1
    near: list


def stack_centres(suggestions):
    if not suggestions:
        return np.zeros((0, multilingual_encoder.WIDTH), np.float32)
    return np.array([np.frombuffer(bytes(one.centre), np.float32) for one in suggestions])


def group_texts(texts, decided, before, held, stage, people):
    """Group texts; None where they are too few. `held`: {text id: id of the decided suggestion}.

    Texts of or near a decided suggestion stay with it. A cluster near an open suggestion (`before`) updates that one.
    `stage`: called with each stage of the run. `people`: the least people of a group."""
    words = [text.text for text in texts]
    if len({strip_redaction_tags(one) for one in words}) < LEAST_TEXTS:
        return None
    space = TextSpace(words)
    stage(DiscoveryStage.GROUPING)
    start = stack_centres([*decided, *before]) if before else None
    whose = [text.respondent for text in texts]
    found = discover_clusters(words, floor=people, people=whose, space=space, start=start)
    meanings = space.mean(words)
    return _SuggestionMatcher(texts, found, meanings, decided, before, held, people).match_texts()


class _SuggestionMatcher:
    """Assigns texts to decided suggestions first, then to open ones found again, then to new ones."""

    def __init__(self, texts, found, meanings, decided, before, held, people):
        self.texts, self.clusters, self.labels, self.meanings = texts, found.clusters, found.labels, meanings
        self.decided, self.before, self.people = decided, before, people
        place = {one.pk: at for at, one in enumerate(decided)}
        was = np.array([place.get(held.get(text.pk), -1) for text in texts])
        self.held = np.where(was >= 0, was, _nearest_within_reach(meanings, decided))

    def match_texts(self):
        groups = [
            SuggestionGroup(one.name, one.phrases, bytes(one.centre), one.reach, known=one, renews=False)
            for one in self.decided
        ]
        to = np.where(self.held >= 0, self.held, -1)
        again = self._match_open_suggestions()
        for cluster in self.clusters:
            mine = self.labels == cluster.number
            owner = self._decided_owner(cluster, mine)
            free = mine & (self.held < 0)
            if owner is not None:
                to[free] = owner
            elif cluster.name and len({self.texts[at].respondent for at in np.flatnonzero(free)}) >= self.people:
                to[free] = len(groups)
                groups.append(_build_group(cluster, again.get(cluster.number)))
        return GroupedTexts(groups, to.tolist(), self._measure_nearness(groups, to))

    def _decided_owner(self, cluster, mine):
        """The index of the decided suggestion that this cluster matches, or None."""
        if not self.decided:
            return None
        likeness = stack_centres(self.decided) @ cluster.centre
        held = self.held[mine]
        most = np.bincount(held[held >= 0], minlength=len(self.decided))
        if most.max() >= MOSTLY * mine.sum():
            return int(most.argmax())
        return int(likeness.argmax()) if likeness.max() >= SAME else None

    def _match_open_suggestions(self):
        """{cluster number: open suggestion with nearly the same centre}, each suggestion once."""
        if not self.before:
            return {}
        likeness = np.array([cluster.centre for cluster in self.clusters]) @ stack_centres(self.before).T
        matched = {}
        for at in np.argsort(-likeness, axis=None, kind="stable"):
            group, suggestion = np.unravel_index(at, likeness.shape)
            if likeness[group, suggestion] < SAME:
                break
            if group not in matched and self.before[suggestion] not in matched.values():
                matched[int(group)] = self.before[suggestion]
        return matched

    def _measure_nearness(self, groups, to):
        if not groups:
            return [0.0] * len(to)
        centres = np.array([np.frombuffer(group.centre, np.float32) for group in groups])
        near = np.einsum("ij,ij->i", self.meanings, centres[np.maximum(to, 0)])
        return np.where(to >= 0, near, 0).round(4).tolist()


def _build_group(cluster, known=None):
    centre = np.asarray(cluster.centre, np.float32).tobytes()
    return SuggestionGroup(list(cluster.name), list(cluster.phrases), centre, cluster.reach, known)


def _nearest_within_reach(meanings, suggestions):
    """For each text the index of the nearest suggestion within reach, or -1."""
    if not suggestions:
        return np.full(len(meanings), -1)
    likeness = meanings @ stack_centres(suggestions).T
    likeness = np.where(likeness >= np.array([one.reach for one in suggestions]), likeness, -1)
    return np.where(likeness.max(axis=1) > 0, likeness.argmax(axis=1), -1)


def find_nearest_suggestions(words, suggestions) -> list[tuple[Any, float]]:
    """[(suggestion or None, cosine)] for each text."""
    meanings = multilingual_encoder.embed_meaning([strip_redaction_tags(one) for one in words])
    places = _nearest_within_reach(meanings, suggestions)
    near = (meanings @ stack_centres(suggestions).T)[np.arange(len(words)), places]
    return [
        (suggestions[at], round(float(how), 4)) if at >= 0 else (None, 0.0)
        for at, how in zip(places, near, strict=True)
    ]


def pair_with_near_suggestions(pairs, suggestions):
    """[(text id, suggestion id)] of texts within reach of a suggestion. `pairs`: [(text id, text)]."""
    if not pairs or not suggestions:
        return []
    found = find_nearest_suggestions([words for _, words in pairs], suggestions)
    return [(pk, one.pk) for (pk, _), (one, _) in zip(pairs, found, strict=True) if one is not None]


def halve_suggestion(texts, people):
    """Split one suggestion's texts into two groups; None where either has too few people."""
    words = [text.text for text in texts]
    if len({strip_redaction_tags(one) for one in words}) < LEAST_TEXTS // 2:
        return None
    found = discover_clusters(words, themes=2, floor=people, people=[text.respondent for text in texts])
    sides = [{text.respondent for text, at in zip(texts, found.labels, strict=True) if at == side} for side in (0, 1)]
    if min(len(side) for side in sides) < people:
        return None
    meanings = found.space.mean(words)
    groups = [_build_group(cluster) for cluster in found.clusters]
    near = np.einsum("ij,ij->i", meanings, np.array([found.meant[at] for at in found.labels]))
    return GroupedTexts(groups, found.labels.tolist(), near.round(4).tolist())
