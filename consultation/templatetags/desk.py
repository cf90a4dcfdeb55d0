"""Working time on staff pages: `{% clock due start %}` as words and a ring, `{{ moment|worktime:now }}` as words."""

from datetime import timedelta

from django import template
from django.utils import timezone

from consultation.safeguarding import clocks
from consultation.safeguarding.duty_rota.working_week import get_working_week

register = template.Library()


def _count_units(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"


def write_out_worktime(time: timedelta) -> str:
    """Hours and minutes of working time; no seconds."""
    minutes = int(abs(time).total_seconds() // 60)
    hours, minutes = divmod(minutes, 60)
    parts = [_count_units(hours, "hour")] if hours else []
    return " ".join(parts + ([_count_units(minutes, "minute")] if minutes or not hours else []))


@register.filter
def at_time(moment, now):
    """ "at 11:00" when it is today, else "on Thursday 26 November at 09:30"."""
    local, day = timezone.localtime(moment), _name_other_day(moment, now)
    return f"on {day} at {local:%H:%M}" if day else f"at {local:%H:%M}"


@register.filter
def day_time(moment, now):
    """ "11:00" when it is today, else "Thursday 26 November, 09:30"."""
    local, day = timezone.localtime(moment), _name_other_day(moment, now)
    return f"{day}, {local:%H:%M}" if day else f"{local:%H:%M}"


def _name_other_day(moment, now):
    local = timezone.localtime(moment)
    return "" if local.date() == timezone.localtime(now).date() else f"{local:%A %-d %B}"


@register.filter
def worktime(due, now=None):
    """Working time between now and then, in words."""
    return write_out_worktime(clocks.working_time_between(now or timezone.now(), due, get_working_week()))


@register.inclusion_tag("consultation/safeguarding/clock.html")
def clock(due, start=None, before="", now=None):
    """Context of the clock; without a start the full ring is eight working hours."""
    now = now or timezone.now()
    left = clocks.working_time_between(now, due, get_working_week())
    whole = clocks.working_time_between(start, due, get_working_week()) if start else timedelta(hours=8)
    share = left / whole if whole > timedelta() else 0
    over = now > due
    return {
        "over": over,
        "words": write_out_worktime(left),
        "before": before,
        "dash": 100 if over else round(min(max(share, 0), 1) * 100),
    }
