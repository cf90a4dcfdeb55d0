"""Fitting a model from a codebook and all texts that people coded with it. Texts are redacted."""

import hashlib
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef

from insights.coding.confirmation.models import ConfirmationRound
from insights.coding.models import Code, CodebookVersion, CodeSource, CodingStatus

ENGINE = "words-4"


@dataclass(frozen=True)
class FittedModel:
    artefact: bytes
    digest: str
    texts: frozenset[Any]  # ids of the texts it learned from, checked again before it is saved
    figures: dict[str, Any]
    # {text id: proposals by a model that has not seen its codes}; none before enough are coded
    held_out: dict[Any, Any] = field(default_factory=dict)


def fit_model(version: CodebookVersion, *, with_codes: bool = True) -> FittedModel:
    """Fit a model, in a worker: seconds for a few codes, up to a minute for thousands."""
    from insights.coding.engine.theme_model import ThemeModel  # numpy and scikit-learn load with it

    chosen = coded_examples(version) if with_codes else {}
    model = ThemeModel.fit(codebook_rows(version), list(chosen.values()), second_look=True)
    artefact, held_out = model.to_bytes(), dict(zip(chosen, model.held_out, strict=False))
    return FittedModel(artefact, hashlib.sha256(artefact).hexdigest(), frozenset(chosen), model.figures, held_out)


def codebook_rows(version: CodebookVersion) -> list[dict[str, Any]]:
    return [
        {
            "theme": entry.theme.slug,
            "label": entry.label,
            "definition": entry.definition,
            "include": entry.include,
            "exclude": entry.exclude,
            "examples": entry.examples,
            "keywords": entry.keywords,
        }
        for entry in version.entries.select_related("theme")
    ]


CodedExample = tuple[str, str, set[str], Any, bool]  # text, question id, theme slugs, person, drawn at random


def coded_examples(version: CodebookVersion) -> dict[Any, CodedExample]:
    """{text id: example} of every text that a person has coded with this codebook."""
    statuses = (
        coded_statuses(version).select_related("text__version").defer("text__version__content").order_by("text_id")
    )
    limits = ConfirmationRound.objects.limits_by_consultation()
    chosen: dict[Any, CodedExample] = {
        text.pk: (text.text, text.question, set(), text.respondent, text.draw < limits.get(text.version.page_id, 0))
        for text in (one.text for one in statuses)
    }
    codes = Code.objects.by_people().filter(text__status__version__codebook=version.codebook_id)
    for text, slug in codes.values_list("text_id", "theme__slug"):
        if text in chosen:
            chosen[text][2].add(slug)
    return chosen


def coded_statuses(version: CodebookVersion) -> Any:
    """CodingStatus rows of this codebook, without texts that have an open question about a split theme."""
    asked = Code.objects.filter(text=OuterRef("text"), source=CodeSource.RULE)
    return CodingStatus.objects.filter(~Exists(asked), version__codebook=version.codebook_id)
