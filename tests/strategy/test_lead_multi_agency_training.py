"""4.5: leaders’ pledges show a date and an outcome; training is evaluated by level, and level is a closed list."""

from datetime import date

import pytest
from django.urls import reverse

from consultation.surveys.answer_scales import LEVELS
from insights.commitments.actions import note_progress, publish_note
from insights.commitments.models import Commitment, CommitmentNote
from insights.strategy.points.point_provisions import get_served_point
from tests.insights import released
from tests.insights.evaluations import evaluated
from tests.insights.evaluations.evaluated import AGREEMENT

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]
POINT = "lead-multi-agency-training"


def test_pledges_show_a_date_and_an_outcome(client, client_as, holding, pledge, officer, colleague):
    page = client.get("/en/pledges/").content.decode()
    assert f"By {pledge.due:%-d %B %Y}" in page and "We do not know yet." in page
    note = note_progress(commitment=pledge, by=officer, progress="done", words="I went there.", today=date(2026, 6, 1))
    publish_note(note, by=colleague)
    page = client.get("/en/pledges/").content.decode()
    assert "<b>Done</b>" in page and "1 June 2026" in page
    assert (
        "I went there." in client_as("planner").get(reverse("insights:commitment", args=[pledge.pk])).content.decode()
    )
    assert holding(POINT) >= {"pledges", "pledge-outcomes"}
    CommitmentNote.objects.all().delete()
    assert "pledge-outcomes" not in holding(POINT)
    Commitment.objects.all().delete()
    assert "pledges" not in holding(POINT)


def levels():
    return next(one for one in get_served_point(POINT).provisions if one.key == "levels")


def test_training_is_evaluated_by_a_closed_list_of_levels(home, client_as):
    assert tuple(LEVELS) == ("initial-contact", "specialist", "leader", "planner")
    rounds = evaluated.ask_rounds(
        home, "training", [evaluated.item("spot", AGREEMENT, points=[POINT]), evaluated.level_question()]
    )
    assert not levels().holds, "a set that was only begun is no proof"
    report = evaluated.report(rounds[0], released.codebook(lights=[]))
    split = {"level": {"initial-contact": (60, (12,) * 5), "leader": (40, (8,) * 5)}}
    evaluated.answer(report, "spot", AGREEMENT, (20,) * 5, by=split)
    page = client_as("planner").get(levels().proofs[0].url).content.decode()
    assert '<option value="q-level">Your level</option>' in page
    report.delete()
    assert not levels().holds
