"""Blocking findings as errors of the editor's form, each at its block or field, when a draft is submitted."""

from collections import defaultdict
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.blocks import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from consultation.surveys.validation.findings import FindingsReport, PlacedFinding

# Errors of nested fields would need the position of the choice, so they go to the question's text.
PLAIN = {"text", "easy", "hint", "hint_easy", "why", "rather_not", "level", "body", "body_easy"}
SAID = "{title}{found}. {fix}"
STOPS = (
    "Some things stop this consultation. Mend them, or let them through with a reason on “Check this consultation”."
)


def describe_finding(one: PlacedFinding) -> str:
    found = one.finding.spot.found
    return SAID.format(title=one.finding.linter.title, found=f": “{found}”" if found else "", fix=one.finding.fix)


def add_finding_errors(form: Any, **_: Any) -> None:
    """Add blocking findings to a form whose fields are clean."""
    stopping = FindingsReport(form.instance, form.cleaned_data).stopping
    at: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for one in stopping:
        spot = one.finding.spot
        if not spot.block:
            form.add_error(spot.field if spot.field in form.fields else None, describe_finding(one))
        elif one.place:
            at[one.place - 1][spot.field if spot.field in PLAIN else "text"].append(describe_finding(one))
    errors = {
        place: StructBlockValidationError(
            block_errors={field: ValidationError(all_) for field, all_ in fields.items()}
        )
        for place, fields in at.items()
        if place < len(form.cleaned_data.get("body") or ())
    }
    if errors:
        form.add_error("body", StreamBlockValidationError(block_errors=errors))
    if stopping:
        form.add_error(None, STOPS)
