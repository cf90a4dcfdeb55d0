"""Pages beside the editor: path map, comparison of formats, changes between drafts, and measures of typed texts."""

import json
from typing import Any

from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from wagtail.admin.auth import require_admin_access
from wagtail.admin.viewsets.pages import page_viewset_registry

from consultation.access import staff_view
from consultation.surveys.editor import (
    draft_difference,
    draft_revisions,
    format_comparison,
    path_map,
    typed_text_measures,
)
from consultation.surveys.models import ConsultationPage
from consultation.surveys.validation.policies import may_view_findings

HERE = "consultation/surveys/editor"


def _get_source_page(pk: int) -> Any:
    return get_object_or_404(ConsultationPage, pk=pk).source


@staff_view(may_view_findings, method="GET")
def show_path_map(request, pk):
    page = _get_source_page(pk)
    draft = page.get_latest_revision_as_object()
    return render(request, f"{HERE}/map.html", {"page": page, **path_map.build_path_map(draft)})


@staff_view(may_view_findings, method="GET")
def show_format_comparison(request, pk):
    page = _get_source_page(pk)
    draft = page.get_latest_revision_as_object()
    return render(request, f"{HERE}/voices.html", {"page": page, **format_comparison.build_comparison_table(draft)})


@staff_view(may_view_findings, method="GET")
def show_changes(request, pk):
    """Works for translations too, which have texts of their own."""
    page = get_object_or_404(ConsultationPage, pk=pk)
    kept = draft_revisions.list_draft_revisions(page)
    chosen = draft_revisions.choose_revision_pair(page, kept, request.GET.get("from"), request.GET.get("to"))
    context = {"page": page, "kept": kept, "chosen": chosen}
    if chosen:
        old, new = (one.revision.as_object() for one in chosen)
        context |= {"changes": draft_difference.list_draft_changes(old, new), "old": chosen[0], "new": chosen[1]}
    return render(request, f"{HERE}/changes.html", context)


def compare_revisions(request, pk, revision_id_a, revision_id_b):
    """Redirect Wagtail's revision comparison to the changes in words; `?fields` shows Wagtail's own."""
    in_words = may_view_findings(request.user) and "fields" not in request.GET
    if in_words and ConsultationPage.objects.filter(pk=pk).exists():
        return redirect(f"{reverse('editor:changes', args=[pk])}?from={revision_id_a}&to={revision_id_b}")
    return _compare_by_fields(request, pk=pk, revision_id_a=revision_id_a, revision_id_b=revision_id_b)


_compare_by_fields = require_admin_access(page_viewset_registry.as_view("revisions_compare", page_id_kwarg="pk"))


@staff_view(may_view_findings, method="POST")
def measure_typed_text(request):
    """Measures posted texts and stores nothing."""
    try:
        asked = json.loads(request.body)
        return JsonResponse(typed_text_measures.measure_texts(asked))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Http404 from error
