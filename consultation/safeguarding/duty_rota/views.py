"""Pages of the duty rota, of deadlines and opening times, and of the working hours."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date

from consultation.access import NotAllowed, staff_view
from consultation.action_forms import MISSING
from consultation.domain.calendar import bank_holidays
from consultation.safeguarding.clocks import RULES, STANDARD_WEEK
from consultation.safeguarding.duty_rota import actions, lead_rota
from consultation.safeguarding.duty_rota.forms import (
    WEEKDAYS,
    DayOffForm,
    HoursActionForm,
    RotaForm,
    WorkingHoursForm,
    describe_pair,
)
from consultation.safeguarding.duty_rota.models import DayOff
from consultation.safeguarding.duty_rota.working_week import get_working_week, select_days_off_ahead
from consultation.safeguarding.lead_access import build_lead_context, lead_view
from consultation.safeguarding.models import HelpEntry

ROTA_DAYS = 28
MAX_DISTANCE = timedelta(days=5 * 366)


@lead_view(to_post="consultation.decide_triage")
def edit_rota(request):
    """Show and save four weeks of the rota from a Monday on; past days cannot be changed."""
    today = timezone.localdate()
    asked = _parse_day(request.GET.get("from"), today)
    since = asked - timedelta(days=asked.weekday())
    error, typed = "", {}
    if request.method == "POST":
        error, typed = _save_rota(request, since, today)
        if not error:
            return redirect(request.get_full_path())
    context = build_lead_context(
        request,
        error=error,
        weeks=_build_weeks(lead_rota.list_duties(since, ROTA_DAYS), typed, today),
        people=list(lead_rota.list_leads()),
        on=lead_rota.find_current_duty(),
        is_open=lead_rota.is_working_now(),
        gaps=lead_rota.list_rota_gaps(max(since, today), ROTA_DAYS),
        today=today,
        earlier=since - timedelta(days=ROTA_DAYS),
        later=since + timedelta(days=ROTA_DAYS),
    )
    return render(request, "consultation/safeguarding/duty_rota/rota.html", context, status=422 if error else 200)


def _parse_day(text, today):
    try:
        asked = parse_date(text or "")
    except ValueError:
        asked = None
    return asked if asked and abs(asked - today) <= MAX_DISTANCE else today


def _save_rota(request, since, today):
    days = [since + timedelta(days=number) for number in range(ROTA_DAYS)]
    form = RotaForm.of(request, days=[day for day in days if day >= today])
    try:
        if form.chosen()["do"] == "repeat":
            filled = actions.repeat_last_week(by=request.user, since=max(since, today), days=ROTA_DAYS)
            said = f"{filled} day{' was' if filled == 1 else 's were'} filled."
            messages.success(request, said if filled else "There was nothing to fill from.")
            return "", {}
        changed = actions.set_rota(by=request.user, people=form.changes())
    except NotAllowed as refused:
        return str(refused), {day: form.pair(day) for day in form.days}
    messages.success(request, "Saved." if changed else "Nothing was changed.")
    return "", {}


def _build_weeks(duties, typed, today):
    closed, rows = {row.day: row.name for row in DayOff.objects.all()}, []
    for duty in duties:
        bank = "Bank holiday" if duty.day in bank_holidays(duty.day.year) else ""
        saved = (duty.lead.pk if duty.lead else None, duty.backup.pk if duty.backup else None)
        lead, backup = typed.get(duty.day) or saved
        rows.append({
            "duty": duty, "name": "" if duty.works else closed.get(duty.day) or bank, "lead": lead, "backup": backup,
            "past": duty.day < today, "was": describe_pair(saved), "today": duty.day == today,
        })  # fmt: skip
    weeks = [rows[at : at + 7] for at in range(0, len(rows), 7)]
    return [[row for row in rows if row["duty"].works or row["name"]] for rows in weeks]


@lead_view(method="GET")
def show_times(request):
    """Deadlines in words, the order of alerts, and numbers to call."""
    today = timezone.localdate()
    context = build_lead_context(
        request,
        on=lead_rota.find_current_duty(),
        is_open=lead_rota.is_working_now(),
        hours=list(zip(WEEKDAYS, get_working_week().hours, strict=True)),
        rules=RULES,
        days_off=_list_days_off(today),
        head=settings.HEAD_OF_SERVICE_EMAIL,
        entries=HelpEntry.objects.all(),
        gaps=lead_rota.list_rota_gaps(today, 14),
    )
    return render(request, "consultation/safeguarding/duty_rota/times.html", context)


def _list_days_off(today):
    """[(day, name, was added by staff)] of the next year's days off, bank holidays included."""
    until = today + timedelta(days=366)
    banks = {day for year in (today.year, today.year + 1) for day in bank_holidays(year) if today <= day < until}
    added = {row.day: row.name for row in select_days_off_ahead(today)}
    return [(day, added.get(day, "Bank holiday"), day in added) for day in sorted(banks | set(added))]


@staff_view("consultation.edit_help")
def edit_working_hours(request):
    """Edit working hours and days off. Promises to children ("we aim to reply by ...") follow them."""
    forms = {"form": WorkingHoursForm(week=get_working_week()), "off": DayOffForm(prefix="off")}
    error = ""
    if request.method == "POST":
        try:
            if _apply_change(request, forms):
                return redirect("hours")
            error = MISSING
        except NotAllowed as refused:
            error = str(refused)
    context = forms | {
        "error": error,
        "days_off": _list_days_off(timezone.localdate()),
        "is_standard": get_working_week().hours == STANDARD_WEEK.hours,
    }
    return render(request, "consultation/safeguarding/duty_rota/hours.html", context, status=422 if error else 200)


def _apply_change(request, forms):
    """Apply the posted change; returns whether it was done. An invalid form replaces its empty one in `forms`."""
    action = HoursActionForm.of(request)
    verb = action.chosen()["do"]
    if verb == "hours":
        forms["form"] = form = WorkingHoursForm(request.POST, week=get_working_week())
        if not form.is_valid():
            return False
        actions.set_working_hours(by=request.user, hours_of=form.hours_of())
        messages.success(request, "Saved. Clocks that run already keep their time.")
    elif verb == "off":
        forms["off"] = form = DayOffForm(request.POST, prefix="off")
        if not form.is_valid():
            return False
        off = actions.add_day_off(by=request.user, **form.cleaned_data)
        messages.success(request, f"{off.day:%A %-d %B %Y} is a day off.")
    else:
        day = _parse_day(action.value, timezone.localdate())
        actions.remove_day_off(by=request.user, day=day)
        messages.success(request, f"{day:%A %-d %B %Y} is a working day again, if its weekday is one.")
    return True
