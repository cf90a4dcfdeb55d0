"""Who will read: coverage gaps, named readers and late reading of each consultation.

For officers who may close a survey: they provide its readers, or close it.
"""

from django.contrib import messages
from django.db.models import F
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from consultation.access import NotAllowed, staff_view
from consultation.action_forms import MISSING
from consultation.reading.staffing import actions, reader_coverage
from consultation.reading.staffing.forms import ReaderRemovalForm, ReadersForm
from consultation.reading.staffing.late_reading import list_late_consultations
from consultation.reading.staffing.models import NamedReader
from consultation.reading.staffing.reader_languages import list_language_names
from consultation.surveys.models import ConsultationPage

EARLIER = 60  # days: a consultation that closed longer ago needs nobody


def _consultations_needing_readers():
    """Draft and live consultations in the source language that may still need a reader."""
    since = timezone.localdate() - timezone.timedelta(days=EARLIER)
    pages = ConsultationPage.objects.sources().exclude(closes__lt=since)
    return pages.defer("body").order_by(F("closes").asc(nulls_last=True), "title")


def _newest_draft(page):
    """The page as its newest draft has it, since readers are named before publication."""
    return page if page.live and not page.has_unpublished_changes else page.get_latest_revision_as_object()


@staff_view("consultation.close_survey", method="GET")
def show_staffing_overview(request):
    today = timezone.localdate()
    rows = [_build_coverage_row(page, today) for page in _consultations_needing_readers()]
    context = {
        "rows": [row for row in rows if row["days"]],
        "late": list_late_consultations(),
        "readers": [(reader, list_language_names(reader)) for reader in reader_coverage.list_trained_readers()],
        "everywhere": NamedReader.objects.filter(page=None, last_day__gte=today).select_related("reader"),
    }
    return render(request, "consultation/reading/staffing/list.html", context)


def _build_coverage_row(page, today):
    draft = _newest_draft(page)
    undated = not (page.live or draft.opens or draft.closes)  # which days need somebody is not known yet
    days = [] if undated else reader_coverage.list_coverage_days(draft, today)
    return {"page": page, "undated": undated, "days": days, "gaps": [day for day in days if day.missing]}


@staff_view("consultation.close_survey")
def edit_named_readers(request, pk):
    page, today = get_object_or_404(_consultations_needing_readers(), pk=pk), timezone.localdate()
    row = _build_coverage_row(page, today)
    form, error = ReadersForm.of(request, initial=_suggest_period(row, today)), ""
    if form.is_bound:
        error = _save_named_readers(request, page, form)
        if not error:
            return redirect(_find_way_on(page, today), page.pk)
    named = NamedReader.objects.filter(page=page) | NamedReader.objects.filter(page=None)
    context = row | {
        "form": form,
        "error": error,
        "weeks": _group_days_by_week(row["days"]),
        "today": today,
        "named": named.filter(last_day__gte=today).select_related("reader"),
        "may_read": set(reader_coverage.list_trained_readers()),
        "late": [each for each in list_late_consultations() if each.page.pk == page.pk],
    }
    return render(request, "consultation/reading/staffing/consultation.html", context, status=422 if error else 200)


def _suggest_period(row, today):
    """Initial form values: from the first to the last day without a reader."""
    missing = (
        [day.day for day in row["gaps"] if "reader" in day.missing] or [day.day for day in row["days"]] or [today]
    )
    return {"first_day": missing[0], "last_day": missing[-1]}


def _group_days_by_week(days):
    """[(Monday, [days])] of working days, and of named holidays and days off."""
    found = {}
    for day in days:
        if day.duty.works or day.name:
            found.setdefault(day.day - timezone.timedelta(days=day.day.weekday()), []).append(day)
    return list(found.items())


def _save_named_readers(request, page, form):
    if not form.is_valid():
        return MISSING
    chosen = form.cleaned_data
    try:
        actions.name_readers(
            page=None if chosen["everywhere"] else page, readers=chosen["readers"], first_day=chosen["first_day"],
            last_day=chosen["last_day"], by=request.user,
        )  # fmt: skip
    except NotAllowed as refused:
        return str(refused)
    messages.success(request, "They are named to read it.")
    return ""


def _find_way_on(page, today):
    """The home of a draft whose days all have a reader now, for the step that comes next; else these days."""
    has_readers = not page.first_published_at and not _build_coverage_row(page, today)["gaps"]
    return "consultations:number" if has_readers else "readers:consultation"


@staff_view("consultation.close_survey", method="POST")
def remove_reader(request, named):
    found = get_object_or_404(NamedReader, pk=named)
    actions.remove_named_reader(named=found, by=request.user)
    messages.success(request, f"{found.reader} is taken out.")
    form = ReaderRemovalForm.of(request)
    back = form.cleaned_data["back"] if form.is_valid() else None
    return redirect("readers:consultation", back) if back else redirect("readers:list")
