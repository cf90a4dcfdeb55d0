"""The forms of pages with several buttons."""

import pytest
from django import forms
from django.test import RequestFactory

from consultation.access import NotAllowed
from consultation.action_forms import UNKNOWN_VERB, ActionForm, KnownChoicesField


class DayForm(ActionForm):
    verbs = ("remove", "keep")
    why = forms.CharField(error_messages={"required": "Say why."})
    seen = KnownChoicesField(required=False, choices=[("a", "A"), ("b", "B")])


def post(**data):
    return DayForm.of(RequestFactory().post("/", data))


def test_a_button_names_a_verb_and_what_it_is_about():
    form = post(do="remove:2030-01-01", why=" It is over. ")
    assert form.chosen() == {"do": "remove", "why": "It is over.", "seen": []} and form.value == "2030-01-01"


@pytest.mark.parametrize(
    ("data", "says"),
    [({}, UNKNOWN_VERB), ({"do": "burn", "why": "So."}, UNKNOWN_VERB), ({"do": "keep"}, "Say why.")],
)
def test_the_first_fault_is_refused_and_what_was_typed_is_kept(data, says):
    form = post(**data)
    with pytest.raises(NotAllowed, match=says):
        form.chosen()
    assert form.typed("why") == data.get("why", "")


def test_another_request_shows_the_empty_form():
    form = DayForm.of(RequestFactory().get("/"))
    assert not form.is_bound and form.typed("why") == ""


def test_choices_that_are_gone_are_dropped():
    assert post(do="keep", why="So.", seen=["a", "z"]).chosen()["seen"] == ["a"]
