"""Errors of nested blocks, each at the block that it is about."""

from django.core.exceptions import ValidationError
from wagtail.blocks import StreamBlockValidationError
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError


def at_field(name, message):
    return StructBlockValidationError(block_errors={name: ValidationError(message)})


def on_top(message):
    """Of a struct as a whole."""
    return StructBlockValidationError(non_block_errors=[ValidationError(message)])


def at_conditions(value, problem):
    """The error of a rule's value; None when there is none. `problem` gives the error of one condition or group; what
    is wrong inside a group comes before what is wrong with the group."""
    found = {}
    for place, inner in enumerate(values(value["of"])):
        error = (at_conditions(inner, problem) if "of" in inner else None) or problem(inner)
        if error:
            found[place] = error
    return StructBlockValidationError(block_errors={"of": _of(value["of"], found)}) if found else None


def values(of):
    """The values in a stream or a list."""
    return [getattr(child, "value", child) for child in of]


def _of(of, found):
    kind = ListBlockValidationError if hasattr(of, "list_block") else StreamBlockValidationError
    return kind(block_errors=found)
