"""What the machine would say of the sample if it had never seen these answers coded.

Standing proposals cannot be asked: the machine may have learned from the first coder's choices for these very texts.
"""

from collections.abc import Container
from typing import Any

from insights.coding.learning import fitting
from insights.coding.models import CodebookVersion
from insights.coding.proposing import Proposer
from insights.intake.models import Text


def proposals_without(version: CodebookVersion, texts: list[Text]) -> list[frozenset[int]]:
    """Theme ids for each text, by an engine as today's, in all that it does, that learned from every text but these."""
    from insights.coding.engine import ThemeModel

    ids = dict(version.entries.values_list("theme__slug", "theme_id"))
    learned = _examples(version, {text.pk for text in texts})
    model = ThemeModel.fit(fitting.codebook(version), learned, second_look=True)
    return [frozenset(ids[one.theme] for one in result.proposals) for result in Proposer(model).read(texts)]


def _examples(version: CodebookVersion, held_out: Container[Any]) -> list[fitting.Example]:
    return [example for text, example in fitting.examples(version).items() if text not in held_out]
