"""The codebook version in force for a consultation, and the texts of its questions."""

from typing import Any

from django.core.exceptions import ValidationError

from consultation import handover
from consultation.surveys.questionnaire_schema import Questionnaire, localised_text
from insights.coding.models import Codebook, CodebookVersion

CODEBOOK_LANGUAGE = "en"  # and that of the engine's word groups


def codebook_version(consultation: Any) -> CodebookVersion | None:
    """The approved version of the codebook that a consultation names; None where there is none yet."""
    codebook = Codebook.objects.filter(slug=consultation.codebook).first()
    return codebook.current if codebook else None


def require_codebook_version(consultation: Any) -> CodebookVersion:
    version = codebook_version(consultation)
    if version is None:
        raise ValidationError("The codebook of this consultation has no approved version yet.")
    return version


def question_texts(consultation: Any) -> dict[str, str]:
    """{question id: English text of the question}, over all published versions."""
    found = {}
    for version in handover.list_versions(consultation):
        questionnaire = Questionnaire(version.content)
        for item in [*questionnaire.items, *questionnaire.texts]:
            found[item["id"]] = localised_text(item["text"], "en")
    return found
