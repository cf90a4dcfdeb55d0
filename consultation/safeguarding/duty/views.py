"""Pages of the duty rota, of deadlines and opening times, and of the working hours."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from consultation.holidays import bank_holidays
from consultation.safeguarding.clocks import STANDARD
from consultation.safeguarding.duty import actions, rota
from consultation.safeguarding.duty.forms import WEEKDAYS, DayOffForm, HoursForm
from consultation.safeguarding.duty.hours import days_off_ahead, week
from consultation.safeguarding.duty.models import DayOff
from consultation.safeguarding.gate import frame, leads
from consultation.safeguarding.models import HelpEntry, Priority

DAYS = 28
FAR = timedelta(days=5 * 366)


def _monday(day):
    return day - timedelta(days=day.weekday())


@leads
@require_http_methods(["GET", "HEAD", "POST"])
def rota_page(request):
    """Show and save four weeks of the rota from a Monday on; past days cannot be changed."""
    today = timezone.localdate()
    since = _monday(_asked_day(request.GET.get("from"), today))
    error, typed = "", {}
    if request.method == "POST":
        error, typed = _save(request, since, today)
        if not error:
            return redirect(request.get_full_path())
    context = frame(
        request, error=error, weeks=_weeks(rota.duties(since, DAYS), typed, today), people=list(rota.leads()),
        on=rota.on_duty(), is_open=rota.is_open(), gaps=rota.gaps(max(since, today), DAYS), since=since, today=today,
        earlier=since - timedelta(days=DAYS), later=since + timedelta(days=DAYS),
    )  # fmt: skip
    return render(request, "consultation/safeguarding/rota.html", context, status=422 if error else 200)


def _asked_day(text, today):
    try:
        asked = parse_date(text or "")
    except ValueError:
        asked = None
    return asked if asked and abs(asked - today) <= FAR else today


def _save(request, since, today):
    if not request.user.has_perm("consultation.decide_triage"):
        raise PermissionDenied
    try:
        if request.POST.get("do") == "repeat":
            filled = actions.repeat_last_week(by=request.user, since=max(since, today), days=DAYS)
            said = f"{filled} day{' was' if filled == 1 else 's were'} filled."
            messages.success(request, said if filled else "There was nothing to fill from.")
            return "", {}
        wanted = {day: _people(request, day) for day in _days(since, today) if _touched(request, day)}
        changed = actions.set_rota(by=request.user, people=wanted)
    except actions.NotAllowed as refused:
        return str(refused), {day: _people(request, day) for day in _days(since, today)}
    messages.success(request, "Saved." if changed else "Nothing was changed.")
    return "", {}


def _days(since, today):
    days = [since + timedelta(days=number) for number in range(DAYS)]
    return [day for day in days if day >= today]


def _touched(request, day):
    """Whether this user changed the day: other days keep what a colleague saved meanwhile."""
    was = request.POST.get(f"was-{day}")
    return was is not None and was != "{}/{}".format(*_chosen(request, day))


def _chosen(request, day):
    return request.POST.get(f"lead-{day}", ""), request.POST.get(f"backup-{day}", "")


def _people(request, day):
    lead, backup = (int(text) if text.isdecimal() else None for text in _chosen(request, day))
    return lead, backup


def _weeks(duties, typed, today):
    names, closed = {}, {row.day: row.name for row in DayOff.objects.all()}
    for duty in duties:
        if not duty.works:
            bank = duty.day in bank_holidays(duty.day.year)
            names[duty.day] = closed.get(duty.day) or ("Bank holiday" if bank else "")
    rows = [_row(duty, typed.get(duty.day), names.get(duty.day, ""), today) for duty in duties]
    weeks = [rows[at : at + 7] for at in range(0, len(rows), 7)]
    return [[row for row in rows if row["duty"].works or row["name"]] for rows in weeks]


def _row(duty, typed, name, today):
    saved = (duty.lead.pk if duty.lead else None, duty.backup.pk if duty.backup else None)
    lead, backup = typed or saved
    return {
        "duty": duty, "name": name, "lead": lead, "backup": backup, "past": duty.day < today,
        "was": "/".join(str(each or "") for each in saved), "today": duty.day == today,
    }  # fmt: skip


@leads
@require_safe
def times(request):
    """Deadlines in words, the order of alerts, and numbers to call."""
    today = timezone.localdate()
    context = frame(
        request, on=rota.on_duty(), is_open=rota.is_open(), hours=_in_words(week()), priorities=Priority.choices,
        days_off=_next_days_off(today), head=settings.HEAD_OF_SERVICE_EMAIL, entries=HelpEntry.objects.all(),
        gaps=rota.gaps(today, 14), leads=rota.leads(),
    )  # fmt: skip
    return render(request, "consultation/safeguarding/times.html", context)


def _in_words(working):
    return [(name, working.hours[number]) for number, name in enumerate(WEEKDAYS)]


def _next_days_off(today):
    """[(day, name, was added by staff)] of the next year's days off, bank holidays included."""
    until = today + timedelta(days=366)
    banks = {day for year in (today.year, today.year + 1) for day in bank_holidays(year) if today <= day < until}
    added = {row.day: row.name for row in days_off_ahead(today)}
    return [(day, added.get(day, "Bank holiday"), day in added) for day in sorted(banks | set(added))]


@never_cache
@login_required
@permission_required("consultation.edit_help", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def hours_page(request):
    """Edit working hours and days off. Promises to children ("we aim to reply by ...") follow them."""
    forms = {"form": HoursForm(week=week()), "off": DayOffForm(prefix="off")}
    error = ""
    if request.method == "POST":
        try:
            if _change(request, forms):
                return redirect("hours")
            error = "Something is missing. See below."
        except actions.NotAllowed as refused:
            error = str(refused)
    context = forms | {
        "error": error, "days_off": _next_days_off(timezone.localdate()), "is_standard": week().hours == STANDARD.hours,
    }  # fmt: skip
    return render(request, "consultation/safeguarding/hours.html", context, status=422 if error else 200)


def _change(request, forms):
    """Apply the posted change; returns whether it was done. An invalid form replaces its empty one in `forms`."""
    verb, _, value = request.POST.get("do", "").partition(":")
    if verb == "hours":
        forms["form"] = form = HoursForm(request.POST, week=week())
        done = form.is_valid()
        if done:
            actions.set_hours(by=request.user, hours_of=form.hours_of())
            messages.success(request, "Saved. Clocks that run already keep their time.")
        return done
    if verb == "off":
        forms["off"] = form = DayOffForm(request.POST, prefix="off")
        done = form.is_valid()
        if done:
            off = actions.add_day_off(by=request.user, **form.cleaned_data)
            messages.success(request, f"{off.day:%A %-d %B %Y} is a day off.")
        return done
    if verb == "remove":
        day = _asked_day(value, timezone.localdate())
        actions.remove_day_off(by=request.user, day=day)
        messages.success(request, f"{day:%A %-d %B %Y} is a working day again, if its weekday is one.")
        return True
    raise actions.NotAllowed("Choose what to do.")
