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
    for place, inner in enumerate(list_child_values(value["of"])):
        error = (build_conditions_error(inner, problem) if "of" in inner else None) or problem(inner)
        if error:
            found[place] = error
    return (
        StructBlockValidationError(block_errors={"of": _build_children_error(value["of"], found)}) if found else None
    )


def list_child_values(of):
    """The values of a stream or list value."""
    return [getattr(child, "value", child) for child in of]


def _build_children_error(of, found):
    kind = ListBlockValidationError if hasattr(of, "list_block") else StreamBlockValidationError
    return kind(block_errors=found)
