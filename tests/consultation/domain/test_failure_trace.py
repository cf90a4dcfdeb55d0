"""A failure is logged with places in the code and no value."""

import json

import pytest
from django.test import override_settings

from consultation.domain.failure_trace import MOST_PLACES, trace_without_values

pytestmark = pytest.mark.any_database
TYPED = "my name is Sam"


def caught(run):
    try:
        run()
    except Exception as error:
        return error
    raise AssertionError("it did not fail")


def fail_with_a_cause():
    try:
        {}[TYPED]
    except KeyError as error:
        raise ValueError(TYPED) from error


def test_the_chain_of_causes_with_their_places_and_no_value():
    told = trace_without_values(caught(fail_with_a_cause))
    first, after = told.split("; after ")
    assert first.startswith("ValueError at tests/consultation/domain/test_failure_trace.py:")
    assert " fail_with_a_cause < tests/" in first and after.startswith("KeyError at tests/")
    assert TYPED not in told


def test_an_installed_package_is_named_from_its_own_folder_on():
    told = trace_without_values(caught(lambda: override_settings(TYPED)))
    assert told.startswith("TypeError at tests/")
    told = trace_without_values(caught(lambda: json.loads(TYPED)))
    assert "JSONDecodeError at decoder.py:" in told


def test_a_deep_failure_names_the_innermost_places():
    def deeper(left):
        return 1 // left + deeper(left - 1)

    told = trace_without_values(caught(lambda: deeper(30)))
    assert told.count("deeper") == MOST_PLACES


def test_an_error_that_was_never_raised_has_no_place():
    assert trace_without_values(ValueError(TYPED)) == "ValueError"
