import pytest

from consultation.channels.paper.paper_references import (
    PaperFormReference,
    find_version_by_reference,
    make_form_reference,
    parse_form_reference,
)
from tests.consultation.channels.paper import asked

REFERENCE = PaperFormReference(12, 3, "ur")


def test_reference_says_consultation_version_and_language():
    assert REFERENCE.text.startswith("12-3-UR-")


@pytest.mark.parametrize("spoil", [str.lower, str.strip, lambda text: text.replace("-", " "), lambda t: f" {t} "])
def test_reference_may_be_typed_in_any_way(spoil):
    assert parse_form_reference(spoil(REFERENCE.text)) == REFERENCE


def test_every_single_slip_is_found():
    slips = 0
    for place, sign in enumerate(REFERENCE.text):
        others = "0123456789" if sign.isdigit() else "ABCDEFGHIJKLMNOPQRSTUVW" if sign.isalpha() else ""
        for other in set(others) - {sign}:
            found = parse_form_reference(REFERENCE.text[:place] + other + REFERENCE.text[place + 1 :])
            assert found is None or found.language not in ("en", "ur", "pl", "pa", "bn", "sk", "ro", "ar"), found
            slips += 1
    assert slips > 80


def test_neighbours_that_change_places_are_found():
    assert parse_form_reference(PaperFormReference(12, 3, "ur").text.replace("12-3", "21-3")) is None
    assert parse_form_reference(PaperFormReference(1, 23, "ur").text.replace("1-23", "12-3")) is None


@pytest.mark.parametrize("typed", ["", "hello", "12", "12-3", "12-3-UR", "x" * 400, "12-3-UR-4"])
def test_what_is_no_reference(typed):
    assert parse_form_reference(typed) is None


def test_find_the_version(home):
    _, version = asked.published(home)
    assert find_version_by_reference(make_form_reference(version, "ur").text) == (version, "ur")
    assert find_version_by_reference(make_form_reference(version, "bn").text) is None, "this version does not speak it"
    assert find_version_by_reference(PaperFormReference(version.page_id, 77, "en").text) is None
