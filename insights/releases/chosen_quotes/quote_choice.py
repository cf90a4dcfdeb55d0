"""The choice of a theme's first quotes by maximal marginal relevance (Carbonell and Goldstein 1998). Pure; numpy.

Each next quote is near to what people say of the theme as a whole and far from the quotes before it. The first ones
come from different sub-ideas, and the third disagrees where somebody disagreed.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from insights.releases.chosen_quotes.near_repeats import ComparedQuote
from insights.releases.models import CHOSEN

FIRST = 3  # so many stand in a report
SUB_IDEAS = 5  # clusters where the codebook has no sub-themes of the theme
LEAST_SHARE = 0.1  # of the quotes in a cluster; a smaller one is no sub-idea, but what somebody said beside the theme
TYPICAL = 0.5  # weight of being typical, against that of being different


def choose_quotes(quotes: Sequence[ComparedQuote], groups: Sequence[Sequence[int]], rows: np.ndarray) -> list[int]:
    """At most CHOSEN places in `quotes`, all of them firsts of `groups` (see near_repeats.fold_near_repeats). `rows`
    are the quotes' embeddings; those without one are not chosen unless few have any."""
    read = [group for group in groups if rows[group[0]].any()] or list(groups)
    leads = sorted((group[0] for group in read), key=lambda at: (quotes[at].words, str(quotes[at].key)))
    ideas = _name_ideas(quotes, leads, rows)
    chosen: list[int] = []
    people = Counter({ideas[group[0]]: 0 for group in read})
    for group in read:
        people[ideas[group[0]]] += len(group)
    centre = rows[[at for group in read for at in group]].mean(axis=0)
    typical = rows @ (centre / max(float(np.linalg.norm(centre)), 1e-9))
    while len(chosen) < min(CHOSEN, len(leads)):
        pool = _narrow_pool(quotes, leads, chosen, ideas, people)
        chosen.append(
            max(pool, key=lambda at: (_score_marginal_relevance(at, chosen, rows, typical), -leads.index(at)))
        )
    return chosen


def _score_marginal_relevance(at: int, chosen: list[int], rows: np.ndarray, typical: np.ndarray) -> float:
    nearest = float((rows[chosen] @ rows[at]).max()) if chosen else 0.0
    return round(TYPICAL * float(typical[at]) - (1 - TYPICAL) * nearest, 5)


def _narrow_pool(
    quotes: Sequence[ComparedQuote], leads: list[int], chosen: list[int], ideas: dict[int, Any], people: Counter[Any]
) -> list[int]:
    """The quotes among which the next is chosen: each wish in turn, where any quote is left that fulfils it."""
    pool = [at for at in leads if at not in chosen]
    untold = sorted(
        {ideas[at] for at in pool} - {None, *(ideas[at] for at in chosen)}, key=lambda one: (-people[one], str(one))
    )
    opposite_is_due = len(chosen) == FIRST - 1 and not any(quotes[at].disagrees for at in chosen)
    wishes: tuple[Callable[[int], bool], ...] = (
        lambda at: quotes[at].disagrees == opposite_is_due,
        lambda at: bool(untold) and ideas[at] == untold[0],
    )
    for wish in wishes:
        pool = [at for at in pool if wish(at)] or pool
    return pool


def _name_ideas(quotes: Sequence[ComparedQuote], leads: list[int], rows: np.ndarray) -> dict[int, Any]:
    """{place: its sub-idea}: the sub-theme where any quote has one, else a cluster; None: too few say it."""
    if any(quotes[at].idea for at in leads):
        return {at: quotes[at].idea for at in leads}
    if len(leads) <= SUB_IDEAS:
        return {at: number for number, at in enumerate(leads)}
    from sklearn.cluster import AgglomerativeClustering

    labels = AgglomerativeClustering(n_clusters=SUB_IDEAS).fit_predict(rows[leads])
    sizes = Counter(labels.tolist())
    named = (label if sizes[label] >= max(2, LEAST_SHARE * len(leads)) else None for label in labels.tolist())
    return dict(zip(leads, named, strict=True))
