"""The page on which a summary is edited, and the button that signs it."""

from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from consultation.access import staff_view
from insights.forms import SeenForm, render_form, run_action, save_form
from insights.releases.models import Release
from insights.summaries import actions
from insights.summaries.forms import HELP, SummaryForm
from insights.summaries.models import ReportSummary

PERMISSION = "insights.publish_release"


def _get_release(pk):
    return get_object_or_404(Release.objects.select_related("consultation", "codebook_version"), pk=pk)


def _report_of(release):
    return f"{reverse('insights:report', args=[release.pk])}#short"


@staff_view(PERMISSION)
def edit_summary(request, pk):
    release = _get_release(pk)
    form = SummaryForm(request.POST or None, release=release)
    if save_form(request, form, actions.write_summary, "Saved. Read it once more, then sign it.", release=release):
        return redirect(_report_of(release))
    signed = ReportSummary.objects.filter(release=pk, signed_by__isnull=False).exists()
    context = {
        "section": "consultations",
        "heading": "In short",
        "lead": HELP,
        "crumbs": [(release, _report_of(release))],
        "hint": "Saving takes the signature away." if signed else "",
    }
    return render_form(request, form, "insights/summaries/write.html", **context)


@staff_view(PERMISSION, method="POST")
def save_signature(request, pk):
    release, given = _get_release(pk), SeenForm(request.POST).given_values()
    run_action(request, actions.sign_summary, "Signed with your name.", release=release, **given)
    return redirect(_report_of(release))
