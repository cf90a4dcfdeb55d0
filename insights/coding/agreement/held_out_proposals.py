"""Proposals for a sample by a model that was fitted without the sample's texts.

Current proposals would be biased: the model in use may have learned from the first coder's choices for these texts.
"""

from typing import Any

from insights.coding.engine import ThemeModel
from insights.coding.learning import model_fitting
from insights.coding.models import CodebookVersion
from insights.coding.proposals.theme_proposer import ThemeProposer
from insights.corpus.models import Text


def propose_held_out(version: CodebookVersion, texts: list[Text]) -> list[frozenset[int]]:
    """Theme ids for each text, by today's engine fitted on all coded texts except these."""
    ids = dict(version.entries.values_list("theme__slug", "theme_id"))
    learned = list_examples_without({text.pk for text in texts}, version)
    model = ThemeModel.fit(model_fitting.codebook_rows(version), learned, second_look=True)
    return [frozenset(ids[one.theme] for one in result.proposals) for result in ThemeProposer(model).read(texts)]


def list_examples_without(held_out: set[Any], version: CodebookVersion) -> list[model_fitting.CodedExample]:
    """What people coded with this version, without the texts of these ids."""
    return [example for text, example in model_fitting.coded_examples(version).items() if text not in held_out]
