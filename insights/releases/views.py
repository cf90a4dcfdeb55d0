"""Lists of releases and equality pictures; publish or discard a release, approve a quote."""

from collections import defaultdict

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from consultation import handover
from consultation.access import staff_view
from insights.disclosure.disclosure_presets import preset_of
from insights.disclosure.rules_wording import wording_of
from insights.forms import SeenApprovalForm, run_action
from insights.publishing.views import PublishingPages
from insights.releases import actions, equality_pictures
from insights.releases.models import EqualityPicture, Quote, Release
from insights.releases.release_builder.models import ReleaseOrder


@staff_view("insights.publish_release")
def show_releases(request):
    """Releases of each consultation, with the progress of an ordered one."""
    orders = {order.consultation_id: order for order in ReleaseOrder.objects.order_by("pk")}
    made = defaultdict(list)
    agreed = (
        "agreed__agreement__agency",
        "agreed__released_by",
    )  # for which agency alone, as the room of partners says
    for release in Release.objects.order_by("-number").select_related("made_by", *agreed):
        made[release.consultation_id].append((release, preset_of(release.rules)))
    rows = [
        {"page": page, "releases": made[page.pk], "order": orders.get(page.pk)}
        for page in handover.list_consultations()
    ]
    return render(request, "insights/releases/releases.html", {"section": "releases", "rows": rows})


@staff_view("insights.publish_release")
def show_equality_pictures(request):
    """The equality picture of every consultation with equality questions."""
    pictures = {picture.consultation_id: picture for picture in EqualityPicture.objects.all()}
    pages = [
        page
        for page in handover.list_consultations()
        if page.pk in pictures or equality_pictures.asks_equality_questions(page)
    ]
    rows = [{"page": page, "picture": pictures.get(page.pk)} for page in pages]
    return render(request, "insights/releases/heard.html", {"section": "heard", "rows": rows, "rules": wording_of({})})


class ReleasePages(PublishingPages):
    lifecycle, model, name, shown_with = actions.RELEASES, Release, "release", ("consultation",)
    done = "The release is published. Planners can see it now."
    gone = "The draft is gone. You can make a new one."

    def get_address(self, held):
        return reverse("insights:releases")


PAGES = ReleasePages()


@staff_view("insights.approve_quote", method="POST")
def save_quote_approval(request, pk):
    """Approve, or with `stop` remove every approval."""
    quote = get_object_or_404(Quote, pk=pk, release__status="published")
    stop = SeenApprovalForm(request.POST).given_values()["stop"]
    run_action(request, actions.withdraw_quote_approval if stop else actions.approve_quote, quote=quote)
    return redirect("insights:quote", pk)
