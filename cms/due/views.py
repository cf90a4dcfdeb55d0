"""The task list of officers: own tasks or all."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.due import board
from cms.due.policies import shown, without_a_day
from insights.results.models import HeardPicture

MAY = ("consultation.edit_consultation", "consultation.safety_check")


def may_look(user):
    return any(user.has_perm(name) for name in MAY)


@never_cache
@login_required
@require_safe
def due(request):
    if not may_look(request.user):
        raise PermissionDenied
    mine = request.GET.get("whose") != "all"
    today = timezone.localdate()
    found = shown(board.items(today), user=request.user, mine=mine)
    context = {
        "dated": [item for item in found if item.day],
        "undated": without_a_day(found),
        "mine": mine,
        "heard": HeardPicture.objects.select_related("consultation").order_by("-made_on", "pk"),
        "today": today,
    }
    return render(request, "cms/due/board.html", context)
