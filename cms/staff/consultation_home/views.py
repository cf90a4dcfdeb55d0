"""The list of consultations, and the home of one."""

from django.conf import settings
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from cms.staff.consultation_home import waiting_tasks
from cms.staff.consultation_home.consultation_list import (
    ConsultationFilter,
    ConsultationLine,
    list_lines,
    select_source_pages,
)
from cms.staff.consultation_home.rooms import EDIT, list_rooms
from consultation.access import may_see_consultations, staff_view
from consultation.channels.short_links.models import Outlet
from consultation.channels.short_links.qr_codes import render_inline_qr_svg
from consultation.surveys.consultation_state import find_state
from consultation.surveys.immediate_closure import find_staff_reason
from consultation.surveys.starting_points import publishing_guide
from insights.representation.representation_overview import describe_answers

LINES_A_PAGE = 20


@staff_view(may_see_consultations, method="GET")
def show_consultations(request):
    chosen = ConsultationFilter(request.GET)
    lines = list_lines(chosen.cleaned_data if chosen.is_valid() else {})
    page = Paginator(lines, LINES_A_PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    due = waiting_tasks.group_by_consultation(today)
    rows = [(line, next(iter(due.get(line.page.pk, ())), None)) for line in page]
    context = {
        "form": chosen,
        "page": page,
        "today": today,
        "rows": rows,
        "filtered": any(chosen.data.get(name) for name in chosen.fields),
    }
    return render(request, "cms/staff/consultation_home/list.html", context)


@staff_view(may_see_consultations, method="GET")
def show_home(request, slug):
    page = get_object_or_404(select_source_pages(), slug=slug)
    state = find_state(page)
    due = waiting_tasks.group_by_consultation(timezone.localdate()).get(page.pk, [])
    context = {
        "line": ConsultationLine(page, state),
        "page": page,
        "state": state,
        "stop": find_staff_reason(page) if state.stopped else None,
        "answers": describe_answers(page) if page.first_published_at else "",
        "waiting": waiting_tasks.describe_waiting_tasks(due, request.user),
        "next": next((task for task in due if task.day), None),
        "today": timezone.localdate(),
        "rooms": list_rooms(page, state, request.user),
    }
    context |= _build_link(page) | _build_steps(page, request.user)
    return render(request, "cms/staff/consultation_home/home.html", context)


def _build_link(page):
    """The public address with its QR code, and the posters that there are; empty while nobody can open the page."""
    if not page.live:
        return {}
    address = settings.SITE_URL.rstrip("/") + page.get_url_parts()[2]
    posters = page.printed_links.filter(channel=Outlet.POSTER, off=False).order_by("label")
    return {"address": address, "code": render_inline_qr_svg(address), "posters": posters}


def _build_steps(page, user):
    """The steps to publishing, for an officer, while something is not published."""
    if not user.has_perm(EDIT) or (page.live and not page.has_unpublished_changes):
        return {}
    return {
        "steps": publishing_guide.build_steps(page),
        "may_send": publishing_guide.may_send_for_approval(page),
        "hidden": publishing_guide.is_guide_hidden(user),
    }


@staff_view(may_see_consultations, method="GET")
def redirect_to_home(request, pk):
    """The home by number, for links made before a draft had its last title."""
    return redirect("consultations:home", get_object_or_404(select_source_pages(), pk=pk).slug)
