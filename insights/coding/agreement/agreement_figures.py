"""The figures of an ended double coding, computed once, in a worker."""

from collections import Counter
from itertools import product
from typing import Any

from insights.coding.agreement.agreement_statistics import (
    estimate_alpha,
    estimate_f1,
    estimate_kappa,
    nominal_distance,
    percent_alike,
)
from insights.coding.blind_samples.models import DoubleCoding, SampledText
from insights.coding.engine.theme_model import ThemeModel
from insights.coding.learning import model_fitting
from insights.coding.models import CodebookVersion
from insights.coding.proposals.theme_proposer import ThemeProposer
from insights.corpus.models import Text

CLEAR = 0.6  # kappa below which a theme's definition is called unclear
PAIRS = 5  # confused pairs shown
CONFUSED = 3  # texts, before a pair is called confused


def compute_agreement_figures(study: DoubleCoding) -> dict[str, Any]:
    """The dict described at DoubleCoding.figures. No number of texts under 10 is in it."""
    rows = list(study.sample.filter(choices__turn="second").select_related("text").prefetch_related("choices"))
    first = [frozenset(row.first.themes) for row in rows]
    second = [frozenset(row.second.themes) for row in rows]
    proposed = propose_held_out(study.version, [row.text for row in rows]) if rows else []
    themes = _measure_each_theme(rows, first, second)
    return {
        **_measure_overall(rows, first, second),
        "themes": themes,
        "machine": _measure_machine(rows, second, proposed),
        "confused": find_confused_themes(zip(first, second, strict=True)),
        "unclear": sorted((int(id_) for id_, found in themes.items() if found["value"] < CLEAR)),
    }


def _measure_overall(rows: list[SampledText], first: list[Any], second: list[Any]) -> dict[str, Any]:
    """Agreement on themes and on stances, over the simple random part of the sample. A stance counts for each theme that
    both coders chose and of which both gave a stance: a stance that one of them left out is no other stance."""
    plain = [at for at, row in enumerate(rows) if not row.extra]
    themes = estimate_alpha([first[at] for at in plain], [second[at] for at in plain])
    told = [
        [choice.stances.get(str(theme), "") for choice in (rows[at].first, rows[at].second)]
        for at in plain
        for theme in rows[at].first.themes
        if theme in rows[at].second.themes
    ]
    told = [pair for pair in told if all(pair)]
    stance = estimate_alpha([one for one, _ in told], [other for _, other in told], nominal_distance)
    return {"overall": themes and themes.as_dict(), "stance": stance and stance.as_dict()}


def _measure_each_theme(rows: list[SampledText], first: list[Any], second: list[Any]) -> dict[str, Any]:
    weights, found = [row.weight for row in rows], {}
    for theme in sorted(frozenset().union(*first, *second)):
        one, other = ([theme in themes for themes in side] for side in (first, second))
        if estimate := estimate_kappa(one, other, weights):
            found[str(theme)] = estimate.as_dict() | {"alike": percent_alike(one, other, weights)}
    return found


def _measure_machine(rows: list[SampledText], truth: list[Any], proposed: list[Any]) -> dict[str, Any]:
    """F1 of proposals against the second coder alone: the first saw proposals and may have followed them."""
    plain = [at for at, row in enumerate(rows) if not row.extra]
    themes = sorted(frozenset().union(*truth, *proposed))
    one, other = ([[theme in side[at] for theme in themes] for at in plain] for side in (truth, proposed))
    whole = estimate_f1(one, other, [1.0] * len(plain)) if themes else None
    weights, found = [row.weight for row in rows], {}
    for theme in themes:
        has, given = ([theme in one for one in side] for side in (truth, proposed))
        if estimate := estimate_f1(has, given, weights):
            found[str(theme)] = estimate.as_dict()
    return {"overall": whole and whole.as_dict(), "themes": found}


def find_confused_themes(choices: Any) -> list[list[int]]:
    """Pairs of theme ids, most frequent first, of which one coder chose the one and the other coder the other."""
    pairs: Counter[tuple[int, int]] = Counter()
    for first, second in choices:
        for one, other in product(first - second, second - first):
            pairs[min(one, other), max(one, other)] += 1
    found = [(pair, number) for pair, number in pairs.items() if number >= CONFUSED]
    return [list(pair) for pair, _ in sorted(found, key=lambda item: (-item[1], item[0]))[:PAIRS]]


def propose_held_out(version: CodebookVersion, texts: list[Text]) -> list[frozenset[int]]:
    """Theme ids for each text, by today's engine fitted on all coded texts except these: the model in use may have learned
    from the first coder's choices."""
    ids = dict(version.entries.values_list("theme__slug", "theme_id"))
    learned = list_examples_without({text.pk for text in texts}, version)
    model = ThemeModel.fit(model_fitting.codebook_rows(version), learned, second_look=True)
    return [frozenset(ids[one.theme] for one in result.proposals) for result in ThemeProposer(model).read(texts)]


def list_examples_without(held_out: set[Any], version: CodebookVersion) -> list[model_fitting.CodedExample]:
    """What people coded with this version, without the texts of these ids."""
    return [example for text, example in model_fitting.coded_examples(version).items() if text not in held_out]
