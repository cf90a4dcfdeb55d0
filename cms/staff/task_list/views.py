"""The task list of officers: own tasks or all."""

from django.shortcuts import render
from django.utils import timezone

from cms.staff.task_list import due_task_sources
from cms.staff.task_list.policies import group_tasks, visible_tasks
from consultation.access import may_see_consultations, staff_view
from insights.publications.models import HeardPicture


@staff_view(may_see_consultations, method="GET")
def show_task_list(request):
    mine = request.GET.get("whose") != "all"
    today = timezone.localdate()
    found = visible_tasks(due_task_sources.list_due_tasks(today), user=request.user, mine=mine)
    heard = HeardPicture.objects.exclude(table__has_key="refused").select_related("consultation")
    context = {
        "groups": group_tasks(found),
        "mine": mine,
        "heard": heard.order_by("-made_on", "pk"),
        "today": today,
    }
    return render(request, "cms/staff/task_list/board.html", context)
