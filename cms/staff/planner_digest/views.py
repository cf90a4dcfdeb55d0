"""The switch of the digest, on the page of how a person is told."""

from django.contrib import messages
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from cms.staff.planner_digest.actions import choose_digest
from insights.access import planner_view


@planner_view
@require_POST
def save_digest_choice(request):
    choose_digest(by=request.user, wanted=request.POST.get("wanted") == "yes")
    messages.success(request, "Saved.")
    return redirect("notifications:own")
