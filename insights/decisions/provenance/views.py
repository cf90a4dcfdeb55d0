"""Download of a decision's trace."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from consultation.access import staff_view
from insights.decisions.models import Decision
from insights.decisions.provenance import actions


@staff_view("insights.export", method="GET")
def download_trace(request, slug, form):
    if form not in actions.FORMS:
        raise Http404
    decision = get_object_or_404(Decision.objects.seen_by(request.user), slug=slug)
    file = actions.export_trace(decision=decision, form=form, by=request.user)
    response = HttpResponse(file.content, content_type=file.content_type)
    response["Content-Disposition"] = f'attachment; filename="{file.name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
