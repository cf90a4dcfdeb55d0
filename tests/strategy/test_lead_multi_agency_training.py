"""4.5: leaders' pledges show a date and an outcome."""

from datetime import date

import pytest
from django.urls import reverse

from insights.commitments.actions import note_progress
from insights.commitments.models import Commitment, CommitmentNote

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]
POINT = "lead-multi-agency-training"


def test_pledges_show_a_date_and_an_outcome(client, client_as, holding, pledge, officer):
    page = client.get("/en/pledges/").content.decode()
    assert f"By {pledge.due:%-d %B %Y}" in page and "We do not know yet." in page
    note_progress(commitment=pledge, by=officer, progress="done", words="I went there.", today=date(2026, 6, 1))
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
