"""The leads' page of the sample: what waits for this lead, and what was found. Looking is done on the case's page."""

from django.shortcuts import render

from consultation.safeguarding.case_sample import actions
from consultation.safeguarding.case_sample.models import SampledCase
from consultation.safeguarding.lead_access import build_lead_context, lead_view

WEEKS = 26


@lead_view(method="GET")
def show_case_sample(request):
    waiting = list(actions.list_waiting_samples(request.user))
    left = SampledCase.objects.filter(result="").count() > len(waiting)
    context = build_lead_context(
        request, waiting=waiting, for_colleagues=left, weeks=actions.count_samples_by_week(WEEKS)
    )
    return render(request, "consultation/safeguarding/case_sample/sample.html", context)
