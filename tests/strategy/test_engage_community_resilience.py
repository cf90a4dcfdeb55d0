"""6.6: nothing that a member of the public writes is published without moderation."""

import pytest
from django.urls import reverse

from insights.commitments.actions import screen_sent_offers
from insights.commitments.models import Commitment, SentOffer
from tests.cms.site.pages.test_commitment_pages import FORM, SAID, token

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]
POINT = "engage-community-resilience"


def test_a_groups_offer_is_moderated_by_one_and_published_by_another(client, client_as, holding, home):
    client.post(FORM, SAID | {"token": token(client)})
    screen_sent_offers()
    offer = SentOffer.objects.get()
    first, second = client_as("engagement_officer"), client_as("engagement_officer")
    fields = {"name": offer.name, "what": "We open our hall on Fridays.", "language": "en", "begins": "2027-05-01"}
    first.post(reverse("insights:take-offer", args=[offer.pk]), fields)
    one = Commitment.objects.get()
    publish = reverse("insights:publish-commitment", args=[one.pk])
    first.post(publish, {"seen_state": one.state_hash})
    assert "Example Choir" not in client.get("/en/what-groups-do/").content.decode()
    assert "offers" not in holding(POINT)
    second.post(publish, {"seen_state": one.state_hash})
    page = client.get("/en/what-groups-do/").content.decode()
    assert "We open our hall on Fridays." in page and "From 1 May 2027" in page and SAID["contact"] not in page
    assert one in Commitment.objects.published() and "offers" in holding(POINT)
    Commitment.objects.all().delete()
    assert "offers" not in holding(POINT)
