"""What the machine would say of the sample if it had never seen these answers coded.

Standing proposals cannot be asked: the machine may have learned from the first coder's choices for these very texts.
"""

from collections.abc import Iterable
from typing import Any

from insights.coding.models import Code, CodebookVersion, CodingStatus
from insights.intake.models import Text


def proposals_without(version: CodebookVersion, texts: list[Text]) -> list[frozenset[int]]:
    """Theme ids for each text, by an engine of today's kind that learned from every coded text but these."""
    from insights.coding.engine import ThemeModel

    entries = list(version.entries.select_related("theme"))
    ids = {entry.theme.slug: entry.theme_id for entry in entries}
    model = ThemeModel.fit([_row(entry) for entry in entries], _examples(version, {text.pk for text in texts}))
    found = model.propose([text.text for text in texts], [text.question for text in texts])
    return [frozenset(ids[proposal.theme] for proposal in proposals) for proposals in found]


def _row(entry: Any) -> dict[str, Any]:
    fields = ("label", "definition", "include", "exclude", "examples", "keywords")
    return {"theme": entry.theme.slug} | {name: getattr(entry, name) for name in fields}


def _examples(version: CodebookVersion, held_out: Iterable[Any]) -> list[tuple[str, str, set[str]]]:
    """(text, question id, slugs) of every text that a person coded with this codebook, but for those held out."""
    rows = CodingStatus.objects.filter(version__codebook=version.codebook_id)
    chosen: dict[Any, tuple[str, str, set[str]]] = {
        pk: (words, question, set())
        for pk, words, question in rows.values_list("text_id", "text__text", "text__question")
        if pk not in held_out
    }
    codes = Code.objects.by_people().filter(text__status__version__codebook=version.codebook_id)
    for pk, slug in codes.values_list("text_id", "theme__slug"):
        if pk in chosen:
            chosen[pk][2].add(slug)
    return list(chosen.values())
