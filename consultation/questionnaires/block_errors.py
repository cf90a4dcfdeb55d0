"""Builders of validation errors for nested blocks, each at the block that caused it."""

from django.core.exceptions import ValidationError
from wagtail.blocks import StreamBlockValidationError
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError


def at_field(name, message):
    return StructBlockValidationError(block_errors={name: ValidationError(message)})


def on_top(message):
    """An error of a whole struct block."""
    return StructBlockValidationError(non_block_errors=[ValidationError(message)])


def at_conditions(value, problem):
    """The error of a rule's value, or None. `problem(condition or group)` returns its error or None.

    An error inside a group comes before an error of the group itself.
    """
    found = {}
    for place, inner in enumerate(values(value["of"])):
        error = (at_conditions(inner, problem) if "of" in inner else None) or problem(inner)
        if error:
            found[place] = error
    return StructBlockValidationError(block_errors={"of": _of(value["of"], found)}) if found else None


def values(of):
    """The values of a stream or list value."""
    return [getattr(child, "value", child) for child in of]


def _of(of, found):
    kind = ListBlockValidationError if hasattr(of, "list_block") else StreamBlockValidationError
    return kind(block_errors=found)
