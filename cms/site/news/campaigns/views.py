"""The picture of a campaign for everyone; for officers the ways to pass a campaign on, and its evaluation."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from cms.site.news.campaigns.actions import begin_campaign_evaluation
from cms.site.news.campaigns.share_images import ShareImageUnavailable, draw_share_image
from cms.site.news.models import CampaignEvaluation, CampaignPage
from consultation.access import NotAllowed, staff_view
from consultation.branding.current_branding import get_branding
from consultation.channels.short_links import qr_codes
from consultation.file_output.file_responses import send_file
from consultation.file_output.spreadsheets import deliver_table
from consultation.respondent_pages.request_origin import respondent_view

EDIT = "consultation.edit_consultation"
COLUMNS = ("Campaign", "Language", "For whom", "From", "Until", "State", "Evaluation")
SQUARES = {"svg": ("image/svg+xml", qr_codes.render_qr_svg), "png": ("image/png", qr_codes.render_qr_png)}


@respondent_view
@require_safe
def show_share_image(request, pk):
    campaign = get_object_or_404(CampaignPage.objects.live().select_related("locale"), pk=pk)
    try:
        drawn = draw_share_image(
            campaign.title,
            language=campaign.locale.language_code,
            address=_full_address(campaign).partition("://")[2].rstrip("/"),
            colours=get_branding().colours,
        )
    except ShareImageUnavailable:
        raise Http404 from None
    return HttpResponse(drawn, content_type="image/png")


def _full_address(campaign):
    """Without a parameter: nobody learns from it who passed it on, or where."""
    return settings.SITE_URL.rstrip("/") + campaign.get_url()


@staff_view(EDIT, method="GET")
def show_campaigns(request):
    campaigns = CampaignPage.objects.order_by("-starts", "-pk").select_related("locale")
    return render(request, "cms/site/news/campaigns/campaigns.html", {"campaigns": campaigns})


@staff_view(EDIT, method="GET")
def download_campaigns(request):
    found = CampaignPage.objects.order_by("-starts", "-pk").select_related("locale", "evaluation__consultation")
    rows = ((
        one.title, one.locale.language_code, one.get_audience_display(), one.starts, one.ends, one.state,
        one.evaluation.consultation.title if hasattr(one, "evaluation") else "",
    ) for one in found)  # fmt: skip
    return deliver_table(by=request.user, kind="campaigns", name="campaigns", columns=COLUMNS, rows=rows)


@staff_view(EDIT)
def show_campaign(request, pk):
    campaign = get_object_or_404(CampaignPage, pk=pk)
    if request.method == "POST":
        try:
            page = begin_campaign_evaluation(campaign=campaign, by=request.user)
        except NotAllowed as refused:
            messages.error(request, str(refused))
            return redirect("campaigns:campaign", pk)
        messages.success(request, "The evaluation is a draft now. Look at each question before you hand it on.")
        return redirect("consultations:home", page.slug)
    evaluation = CampaignEvaluation.objects.filter(campaign=campaign).select_related("consultation").first()
    context = {"campaign": campaign, "evaluation": evaluation, "address": _full_address(campaign)}
    return render(request, "cms/site/news/campaigns/campaign.html", context)


@staff_view(EDIT, method="GET")
def download_campaign_square(request, pk, ending):
    campaign = get_object_or_404(CampaignPage, pk=pk)
    content_type, draw = SQUARES[ending]
    return send_file(draw(_full_address(campaign)), f"campaign-{campaign.pk}.{ending}", content_type)
