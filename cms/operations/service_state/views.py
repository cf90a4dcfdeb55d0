"""The page "Is anything stuck?" for officers, leads and administrators."""

from django.shortcuts import render

from cms.operations.launch.policies import may_see_checklist
from cms.operations.service_state.running_checks import list_running_checks
from cms.operations.version import read_version
from consultation.access import staff_view


@staff_view(may_see_checklist, method="GET")
def show_service_state(request):
    rows = list_running_checks()
    context = {"rows": rows, "stuck": sum(not row.ok for row in rows), "version": read_version()}
    return render(request, "cms/operations/service_state/show.html", context)
