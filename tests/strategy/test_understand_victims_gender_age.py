"""1.3: a report is split by one question about the person; a two-way split is refused, and small cells are hidden."""

import pytest

from consultation.responses.models import EqualityRow
from consultation.surveys.starting_points.consultation_templates import load_templates
from consultation.surveys.starting_points.question_bank import build_question_bank
from insights.releases.equality_pictures import refresh_equality_pictures
from insights.releases.models import EqualityPicture, Figure
from tests.strategy.template_worlds import TODAY, answer, approve_seed_codebook, keys_of, publish_template, release_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_noise")]
HARMONISED = {
    "sex", "gender", "ethnic-group", "disability", "care-experience", "language-at-home", "young-carer"
}  # fmt: skip


@pytest.fixture
def released(home, person):
    """40 people of 14 or 15 and 12 of 16 or 17, of whom 2 had a worker for less than a week."""
    officers = approve_seed_codebook(person)
    page, version = publish_template(home, "support-experience")
    answer(version, 40, age="14-15", wait="less-than-a-week")
    answer(version, 10, age="16-17", wait="longer")
    answer(version, 2, age="16-17", wait="less-than-a-week")
    said = keys_of(version, {"sex": "female"})
    EqualityRow.objects.bulk_create(EqualityRow(consultation=page, answers=said) for _ in range(52))
    return release_of(page, officers)


def compare(client, release, *by):
    asked = "".join(f"&by={one}" for one in by)
    return client.get(f"/insights/compare/?release={release.pk}&what=wait{asked}")


def test_harmonised_questions_are_in_three_templates_and_more_kept_apart():
    asked = {
        one.id: {q["id"] for part in one.parts for q in part["questions"] if q.get("apart")}
        for one in load_templates().values()
    }
    assert sum(found == HARMONISED for found in asked.values()) >= 3
    texts = {q["text"] for one in load_templates().values() for part in one.parts for q in part["questions"]
             if q["id"] in HARMONISED and q.get("apart")}  # fmt: skip
    bank = {entry.text for entry in build_question_bank().values()}
    assert len(texts) == len(HARMONISED) and texts <= bank, "in the same words everywhere, and in the bank"
    for template in load_templates().values():
        about = [q for part in template.parts for q in part["questions"] if q.get("about_you")]
        assert len(about) <= 3, "A7"


def test_a_report_is_split_by_one_and_small_cells_are_hidden(client_as, released):
    html = compare(client_as("planner"), released, "age").content.decode()
    assert "16–17" in html and "fewer than 5" in html


def test_a_two_way_split_is_refused(client_as, released):
    refused = compare(client_as("planner"), released, "age", "sex")
    assert refused.status_code == 422
    assert "split by one question about the person at a time" in refused.content.decode()


def test_what_is_kept_apart_splits_nothing(released):
    refresh_equality_pictures(TODAY)
    assert EqualityPicture.objects.get().figures, "the answers are counted"
    assert not Figure.objects.filter(key__contains="sex").exists()
