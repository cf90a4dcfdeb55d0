from collections.abc import Iterator
from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone

from cms.site.news.models import CampaignEvaluation, CampaignPage, NewsPage
from cms.site.news.news_blocks import select_public_quotes
from consultation.strategy_provisions import Proof, provides_for

POINT = "engage-online-campaigns"
EDIT = "consultation.edit_consultation"
START: dict[str, Any] = {"start": "campaigns:list", "may_start": EDIT}


@provides_for(
    "prevent-training-professionals",
    "young-peoples-words",
    "A page for people who train has words of young people, “What we want you to know”",
    start="wagtailadmin_explore_root",
    may_start="wagtailadmin.access_admin",
)
def find_pages_with_words():
    public = {str(pk) for pk in select_public_quotes().values_list("pk", flat=True)}
    live = NewsPage.objects.live().annotate(source=Cast("body", TextField())).filter(source__contains='"quotes"')
    for page in live.order_by("-day", "pk"):
        if any(block.block_type == "quotes" and public & set(block.value["quotes"]) for block in page.body):
            yield Proof(page, page.title, page.url)


@provides_for(
    POINT,
    "campaigns",
    "A campaign runs or is to come, with a link, a QR code and a picture that bear no mark",
    **START,
)
def find_live_campaigns() -> Iterator[Proof]:
    found = CampaignPage.objects.live().filter(ends__gte=timezone.localdate()).order_by("-starts")
    return (Proof(one, one.title, one.get_url()) for one in found)


@provides_for(POINT, "campaign-evaluations", "A campaign has its evaluation", **START, opens_with=EDIT)
def find_evaluated_campaigns() -> Iterator[Proof]:
    for one in CampaignEvaluation.objects.select_related("campaign", "consultation"):
        yield Proof(one, one.consultation.title, reverse("campaigns:campaign", args=[one.campaign_id]))
