"""Equality pictures as figures of representation, so that groups kept apart are compared with benchmarks like others."""

from typing import Any

from consultation import handover
from consultation.surveys.questionnaire_schema import Questionnaire
from insights.releases.models import EqualityPicture
from insights.releases.stored_figures import is_no_answer
from insights.representation.dimensions import NOT_SAID, Dimension, list_equality_dimensions


def load_equality_figures() -> dict[int, list[dict[str, Any]]]:
    """{consultation id: figures, as ReachPicture stores them}: each expected group, heard or not."""
    pictures = {one.consultation_id: one for one in EqualityPicture.objects.all()}
    versions = handover.load_newest_versions(pictures)
    return {pk: _build_figures(pictures[pk], Questionnaire(version.content)) for pk, version in versions.items()}


def _build_figures(picture: EqualityPicture, questionnaire: Questionnaire) -> list[dict[str, Any]]:
    tables = {figure["key"]: figure["table"] for figure in picture.figures}
    return [
        _build_figure(dimension, item, tables[item["key"]])
        for dimension in list_equality_dimensions(questionnaire)
        if (item := questionnaire.by_id(dimension.question))["key"] in tables
    ]


def _build_figure(dimension: Dimension, item: dict[str, Any], table: dict[str, Any]) -> dict[str, Any]:
    ids = {option["key"]: option["id"] for option in item["options"]}
    shown = {NOT_SAID if is_no_answer(row) else ids.get(row["id"], ""): row for row in table["rows"]}
    groups = [
        {"id": id_, "label": label, "value": row.get("value"), "symbol": row.get("symbol", "")}
        for id_, label in dimension.groups
        for row in [shown.get(id_, {})]
    ]
    asked = {"key": dimension.key, "question": dimension.question, "title": dimension.title}
    return asked | {"total": table["base"], "groups": groups}
