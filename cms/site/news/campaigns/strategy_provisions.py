from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from cms.site.news.models import CampaignEvaluation, CampaignPage
from consultation.strategy_provisions import Proof, provides_for

POINT = "engage-online-campaigns"
EDIT = "consultation.edit_consultation"
START: dict[str, Any] = {"start": "campaigns:list", "may_start": EDIT}


@provides_for(
    POINT, "campaigns", "A campaign is live, with a link, a QR code and a picture that bear no mark", **START
)
def find_live_campaigns() -> Iterator[Proof]:
    return (Proof(one, one.title, one.get_url()) for one in CampaignPage.objects.live().order_by("-starts"))


@provides_for(POINT, "campaign-evaluations", "A campaign has its evaluation", **START, opens_with=EDIT)
def find_evaluated_campaigns() -> Iterator[Proof]:
    for one in CampaignEvaluation.objects.select_related("campaign", "consultation"):
        yield Proof(one, one.consultation.title, reverse("campaigns:campaign", args=[one.campaign_id]))
