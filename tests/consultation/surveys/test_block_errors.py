"""Errors of a stream become one, and none of them is lost."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.blocks import StreamBlockValidationError

from consultation.surveys.block_errors import build_field_error, list_block_errors, list_messages, merge_stream_errors

FOUND = StreamBlockValidationError(block_errors={1: build_field_error("text", "It leads.")})


@pytest.mark.parametrize(
    ("there", "blocks", "whole"),
    [
        (ValidationError("Ask something."), [(1, "text", "It leads.")], ["Ask something."]),
        (
            StreamBlockValidationError(block_errors={0: build_field_error("text", "Write it.")}),
            [(0, "text", "Write it."), (1, "text", "It leads.")],
            [],
        ),
        (
            StreamBlockValidationError(block_errors={1: build_field_error("options", "Two at least.")}),
            [(1, "text", "It leads."), (1, "options", "Two at least.")],
            [],
        ),
        (
            StreamBlockValidationError(block_errors={1: build_field_error("text", "Write it.")}),
            [(1, "text", "Write it.")],
            [],
        ),
    ],
)
def test_both_are_kept_and_of_one_field_the_first(there, blocks, whole):
    merged = merge_stream_errors(there, FOUND)
    assert list(list_block_errors(merged)) == blocks and list(list_messages(merged.non_block_errors)) == whole
