"""Asking whether a campaign reached people."""

from typing import Any

from django.db import transaction

from cms.site.news.models import CampaignEvaluation, CampaignPage
from consultation.access import NotAllowed
from consultation.surveys.models import ConsultationPage
from consultation.surveys.starting_points.actions import start_from_template
from consultation.surveys.starting_points.consultation_templates import load_templates

TEMPLATE = "campaign-evaluation"
BEGUN = "This campaign has its evaluation. Go on with that one."


@transaction.atomic
def begin_campaign_evaluation(*, campaign: CampaignPage, by: Any) -> ConsultationPage:
    """A draft for the campaign's audience. Once it is live, the campaign's page leads to it."""
    CampaignPage.objects.select_for_update().get(pk=campaign.pk)
    if CampaignEvaluation.objects.filter(campaign=campaign).exists():
        raise NotAllowed(BEGUN)
    template = load_templates()[TEMPLATE]
    page = start_from_template(template=template, title=template.title, by=by, audience=campaign.audience)
    CampaignEvaluation.objects.create(campaign=campaign, consultation=page)
    return page
