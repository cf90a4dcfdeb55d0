"""Every line of the retention table has an object that explains itself, and every field about a respondent has one
that erases it."""

from pathlib import Path

import pytest
import yaml
from django.conf import settings

from cms.personal_data import FIELDS, Whose
from cms.retention.registry import ERASURES, KEPT, REQUESTED
from consultation.audit.erasure import about

ALL = (*ERASURES, *KEPT, *REQUESTED)
CONTROLS = Path(__file__).parent / "retention.yaml"


def lines():
    return [line["data"] for line in yaml.safe_load(CONTROLS.read_text(encoding="utf-8"))]


def test_every_line_of_the_table_has_an_object():
    assert {one.line for one in ALL} == set(lines())


def test_the_table_is_the_one_that_was_agreed():
    agreed = settings.BASE_DIR.parent / "shared" / "domain" / "controls.yaml"
    if not agreed.exists():
        pytest.skip("needs the folder of the domain's demands beside the repository")
    assert yaml.safe_load(agreed.read_text(encoding="utf-8"))["retention"] == yaml.safe_load(CONTROLS.read_text())


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.slug)
def test_each_says_what_goes_what_stays_and_why(one):
    for said in (one.keep, one.removes, one.keeps, one.why):
        assert said.strip()
    for said in (one.removes, one.keeps, one.why):
        assert said.endswith(".")


def test_no_two_have_one_name():
    assert len({one.slug for one in ALL}) == len(ALL)


def test_every_field_that_may_hold_a_respondents_data_is_erased_by_one():
    held = {f"{label}.{name}" for label, kinds in FIELDS.items() for name in kinds.get(Whose.RESPONDENT, "").split()}
    covered = {field for one in ERASURES for field in one.covers}
    assert held - covered == set(), "declare who erases it, and when: consultation/audit/erasure.py"
    assert covered - held == set(), "covered, and gone or nobody's"


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
    assert about(count) == said
