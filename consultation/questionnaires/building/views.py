"""Pages beside the editor: path map, comparison of formats, changes between drafts, and measures of typed texts."""

import json
from typing import Any

from django.contrib.auth.decorators import login_required, user_passes_test
from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.auth import require_admin_access
from wagtail.admin.viewsets.pages import page_viewset_registry

from consultation.questionnaires.building import difference, mapping, measuring, versions, voices
from consultation.questionnaires.building.outline import outline
from consultation.questionnaires.linting.policies import may_look
from consultation.questionnaires.models import ConsultationPage

HERE = "consultation/questionnaires/building"


def allowed(user: Any) -> bool:
    if not may_look(user):
        raise PermissionDenied
    return True


def staff(view: Any) -> Any:
    return never_cache(login_required(user_passes_test(allowed)(view)))


def _page(pk: int) -> Any:
    return get_object_or_404(ConsultationPage, pk=pk).source


@staff
@require_safe
def map_of_paths(request, pk):
    page = _page(pk)
    draft = page.get_latest_revision_as_object()
    return render(request, f"{HERE}/map.html", {"page": page, **mapping.drawn(draft)})


@staff
@require_safe
def three_voices(request, pk):
    page = _page(pk)
    draft = page.get_latest_revision_as_object()
    return render(request, f"{HERE}/voices.html", {"page": page, **voices.table(draft)})


@staff
@require_safe
def changes(request, pk):
    """Works for translations too, which have texts of their own."""
    page = get_object_or_404(ConsultationPage, pk=pk)
    kept = versions.of(page)
    chosen = versions.pair(page, kept, request.GET.get("from"), request.GET.get("to"))
    context = {"page": page, "kept": kept, "chosen": chosen}
    if chosen:
        old, new = (one.revision.as_object() for one in chosen)
        found = [*difference.of_pages(old, new), *difference.difference(outline(old), outline(new))]
        context |= {"changes": found, "old": chosen[0], "new": chosen[1]}
    return render(request, f"{HERE}/changes.html", context)


def compare(request, pk, revision_id_a, revision_id_b):
    """Redirect Wagtail's revision comparison to the changes in words; `?fields` shows Wagtail's own."""
    if may_look(request.user) and "fields" not in request.GET and ConsultationPage.objects.filter(pk=pk).exists():
        wanted = f"?from={revision_id_a}&to={revision_id_b}"
        return redirect(reverse("building:changes", args=[pk]) + wanted)
    return _by_fields(request, pk=pk, revision_id_a=revision_id_a, revision_id_b=revision_id_b)


_by_fields = require_admin_access(page_viewset_registry.as_view("revisions_compare", page_id_kwarg="pk"))


@staff
@require_POST
def measure(request):
    """Measures posted texts and stores nothing."""
    try:
        asked = json.loads(request.body)
        return JsonResponse(measuring.measured(asked))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Http404 from error
