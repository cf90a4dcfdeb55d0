"""Builders of validation errors for nested blocks, each at the block that caused it."""

from django.core.exceptions import ValidationError
from wagtail.blocks import StreamBlockValidationError
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError


def build_field_error(name, message):
    return StructBlockValidationError(block_errors={name: ValidationError(message)})


def build_struct_error(message):
    """An error of a whole struct block."""
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
