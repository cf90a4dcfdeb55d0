"""Validation errors of nested blocks, each at the block that caused it: built, and read."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.blocks import StreamBlockValidationError
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError


def build_field_error(name, message):
    return StructBlockValidationError(block_errors={name: ValidationError(message)})


def build_struct_error(message):
    return StructBlockValidationError(non_block_errors=[ValidationError(message)])


def build_conditions_error(value, problem):
    """The error of a rule's value, or None. `problem(condition or group)` returns its error or None.

    An error inside a group comes before an error of the group itself.
    """
    found = {}
    for place, child in enumerate(value["of"]):  # the children of a stream, or the values of a list
        inner = getattr(child, "value", child)
        error = (build_conditions_error(inner, problem) if "of" in inner else None) or problem(inner)
        if error:
            found[place] = error
    kind = ListBlockValidationError if hasattr(value["of"], "list_block") else StreamBlockValidationError
    return StructBlockValidationError(block_errors={"of": kind(block_errors=found)}) if found else None


def build_stream_error(errors):
    """The error of a stream from the {field: error} of each of its blocks, in order; None if there is none."""
    found = {place: StructBlockValidationError(block_errors=at) for place, at in enumerate(errors) if at}
    return StreamBlockValidationError(block_errors=found) if found else None


def list_block_errors(error: Any) -> Iterator[tuple[int, str, str]]:
    """(place of a block, its field, what is wrong there) of all errors of a stream."""
    for place, at in sorted(getattr(error, "block_errors", {}).items()):
        fields = getattr(at, "block_errors", None) or {"": at}
        for field, inner in fields.items():
            yield from ((int(place), field, message) for message in dict.fromkeys(list_messages(inner)))
        yield from ((int(place), "", message) for message in list_messages(getattr(at, "non_block_errors", [])))


def list_messages(error: Any) -> Iterator[str]:
    """All messages of a nested block error, outermost first."""
    if hasattr(error, "as_data") and not hasattr(error, "block_errors"):
        error = error.as_data()
    if isinstance(error, dict):
        error = list(error.values())
    if isinstance(error, list | tuple):
        for one in error:
            yield from list_messages(one)
        return
    if hasattr(error, "block_errors"):
        yield from list_messages(getattr(error, "non_block_errors", []))
        yield from list_messages(error.block_errors)
    elif error is not None:
        yield from getattr(error, "messages", [])


def merge_stream_errors(one: Any, other: Any) -> Any:
    """Both errors of a stream as one; where both are about a field of a block, the first is kept. `one` may be a plain
    error of the whole stream."""
    is_plain = not hasattr(one, "block_errors")
    found = {} if is_plain else dict(one.block_errors)
    for place, at in other.block_errors.items():
        there = found.get(place)
        fields = getattr(at, "block_errors", {}) | getattr(there, "block_errors", {})
        found[place] = StructBlockValidationError(
            block_errors=fields, non_block_errors=getattr(there, "non_block_errors", None)
        )
    whole = [one] if is_plain else one.non_block_errors
    return StreamBlockValidationError(block_errors=found, non_block_errors=whole)
