"""Blocking findings as errors of the editor's form, each at its block or field, when a draft is submitted."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.blocks import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from consultation.surveys.block_errors import list_block_errors, list_messages, merge_stream_errors
from consultation.surveys.validation.findings import FindingsReport, PlacedFinding
from consultation.surveys.validation.linted_draft import DraftBlock

# Errors of nested fields would need the position of the choice, so they go to the question's text.
PLAIN = {"text", "easy", "hint", "hint_easy", "why", "rather_not", "level", "body", "body_easy"}
SAID = "{title}{found}. {fix}"


def describe_finding(one: PlacedFinding) -> str:
    found = one.finding.spot.found
    if one.finding.spot.missing:
        return one.finding.fix
    return SAID.format(title=one.finding.linter.title, found=f": “{found}”" if found else "", fix=one.finding.fix)


def add_finding_errors(form: Any, **_: Any) -> None:
    """Add blocking findings to a submitted form, beside the errors of its fields: all are said at once."""
    body = form.cleaned_data["body"] if "body" in form.cleaned_data else form["body"].data
    stopping = FindingsReport(form.instance, form.cleaned_data | {"body": body}).stopping
    at: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for one in stopping:
        spot = one.finding.spot
        if one.finding.linter.key == "unfinished":
            continue  # the form says this itself
        if not spot.block:
            form.add_error(spot.field if spot.field in form.fields else None, describe_finding(one))
        elif one.place:
            at[one.place - 1][spot.field if spot.field in PLAIN else "text"].append(describe_finding(one))
    if at:
        _add_body_errors(form, at)


def _add_body_errors(form: Any, at: dict[int, dict[str, list[str]]]) -> None:
    """The editor draws one error of the questions: what is there already and what is found become one."""
    found = StreamBlockValidationError(
        block_errors={
            place: StructBlockValidationError(
                block_errors={field: ValidationError(said) for field, said in fields.items()}
            )
            for place, fields in at.items()
        }
    )
    there = form.errors.pop("body", None)
    form.add_error("body", merge_stream_errors(there.as_data()[0], found) if there else found)


def list_form_errors(form: Any) -> Iterator[tuple[str, str]]:
    """(place in the editor as the end of a link, what is wrong there) of each error of a form, questions in their order."""
    for name, errors in form.errors.as_data().items():
        for error in errors:
            if hasattr(error, "block_errors"):
                yield from _list_question_errors(list(form["body"].data), error)
            else:
                label = f"{form.fields[name].label}: " if name in form.fields else ""
                yield from ((f"id_{name}" if label else "", f"{label}{message}") for message in error.messages)


def _list_question_errors(children: list[Any], error: Any) -> Iterator[tuple[str, str]]:
    for place, field, message in list_block_errors(error):
        block = children[place]
        label = DraftBlock(block.id, block.block_type, block.value).name_field(field)
        yield f"block-{block.id}-section.{field}".rstrip("."), f"{place + 1}. {label}: {message}"
    yield from (("id_body", message) for message in list_messages(error.non_block_errors))
