"""Every line of the retention table has an erasure that explains itself, and every field about a respondent is erased
by one."""

import pytest
from django.apps import apps
from django.db.models import CASCADE

from cms.operations.personal_data import FIELDS, DataSubject
from cms.operations.retention.retention_registry import ERASURES, KEPT, REQUESTED
from consultation.audit.erasure_types import round_count
from consultation.responses.models import Answer
from tests.domain_tables import CONTROLS

ALL = (*ERASURES, *KEPT, *REQUESTED)


def lines():
    return [line["data"] for line in CONTROLS["retention"]]


def test_every_line_of_the_table_has_an_object():
    assert {one.line for one in ALL} == set(lines())


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.slug)
def test_each_says_what_goes_what_stays_and_why(one):
    for said in (one.keep, one.removes, one.keeps, one.why):
        assert said.strip()
    for said in (one.removes, one.keeps, one.why):
        assert said.endswith(".")


def test_no_two_have_one_name():
    assert len({one.slug for one in ALL}) == len(ALL)


def held():
    """Every field that may hold a respondent's data."""
    return {(label, name) for label, kinds in FIELDS.items() for name in kinds.get(DataSubject.RESPONDENT, "").split()}


def covered():
    return {name for one in ERASURES for name in one.covers}


def whole():
    """Models whose rows go: those that an erasure names, and those whose rows go with them."""
    found = {apps.get_model(name) for name in covered() if name.count(".") == 1}
    while True:
        more = {
            model
            for model in apps.get_models()
            for field in model._meta.local_fields
            if field.is_relation and field.remote_field.on_delete is CASCADE and field.related_model in found
        }
        if more <= found:
            return {model._meta.label for model in found}
        found |= more


def test_every_field_that_may_hold_a_respondents_data_is_erased_by_one():
    gone = whole()
    missing = [f"{label}.{name}" for label, name in held() if label not in gone and f"{label}.{name}" not in covered()]
    assert missing == [], "declare who erases it, and when: consultation/audit/erasure_types.py"


def test_words_as_they_were_written_go_with_the_raw_text_and_not_years_later():
    [raw] = [one for one in ERASURES if one.slug == "raw-words"]
    hang_on_answers = {
        model._meta.label
        for model in apps.get_models()
        for field in model._meta.local_fields
        if field.is_relation and field.related_model is Answer and field.remote_field.on_delete is CASCADE
    }
    told = {".".join(name.split(".")[:2]) for name in raw.covers}
    assert hang_on_answers - told == set(), "what hangs on an answer says what of it goes with the raw words"


def test_an_erasure_covers_nothing_that_is_gone():
    names = {f"{label}.{name}" for label, name in held()} | {label for label, _ in held()}
    assert covered() - names == set()


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "none"),
        (1, "fewer than 10"),
        (9, "fewer than 10"),
        (10, "about 10"),
        (14, "about 10"),
        (1003, "about 1000"),
    ],
)
def test_counts_are_told_roughly(count, said):
    assert round_count(count) == said
