"""The switch of the digest, on the page of how a person is told."""

from django.contrib import messages
from django.shortcuts import redirect

from cms.staff.planner_digest.actions import choose_digest
from consultation.access import staff_view
from insights.access import VIEW_REPORTS


@staff_view(VIEW_REPORTS, method="POST")
def save_digest_choice(request):
    choose_digest(by=request.user, wanted=request.POST.get("wanted") == "yes")
    messages.success(request, "Saved.")
    return redirect("notifications:own")
