"""3.1: each principle shows a linked decision or "no evidence yet"; its text is entered here, by two people."""

import pytest

from cms.site.hear_by_right.actions import record_assessment
from insights.commitments.actions import choose_principles
from insights.commitments.models import Commitment

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]
POINT = "safeguard-journey-to-excellence"


def test_principles_stand_in_the_self_assessment_with_their_evidence(
    client, client_as, holding, principle, decision, officer
):
    public, staff = "/en/hear-by-right/", client_as("engagement_officer")
    for page in (client.get(public), staff.get("/staff/hear-by-right/")):
        assert "We listen" in page.content.decode() and "No evidence yet" in page.content.decode()
    assert "evidence" not in holding(POINT)
    choose_principles(decision=decision, by=officer, principles=[principle])
    for page in (client.get(public), staff.get("/staff/hear-by-right/")):
        assert decision.title in page.content.decode() and "No evidence yet" not in page.content.decode()
    assert holding(POINT) >= {"principles", "evidence"}
    Commitment.objects.all().delete()
    assert not holding(POINT) & {"principles", "evidence"}
    assert "Journey to Excellence" not in client.get(public).content.decode()


def test_how_far_a_principle_is_met_is_said_like_any_indicator(client, client_as, principle):
    staff = client_as("engagement_officer")
    address = f"/staff/hear-by-right/principle-{principle.pk}/"
    assert staff.post(address, {"stage": "yes", "words": "We do."}).status_code == 422, "nothing shows it"
    record_assessment(
        indicator=f"principle-{principle.pk}", stage="part", words="We ask first at times.", evidence=[], by=staff.user
    )
    assert "We ask first at times." in client.get("/en/hear-by-right/").content.decode()
