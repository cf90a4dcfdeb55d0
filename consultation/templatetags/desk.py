"""Deadlines on staff pages: `{% clock due start %}` as a day, an hour and a ring; `{{ moment|day_time:now }}` as words."""

from datetime import timedelta

from django import template
from django.utils import timezone

from consultation.safeguarding import clocks
from consultation.safeguarding.duty_rota.working_week import get_working_week

register = template.Library()


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


@register.inclusion_tag("consultation/safeguarding/clock.html")
def clock(due, start=None, verb="", now=None):
    """Context of the clock: "By Monday 30 November, 11:00", with the working time left as a ring; without a start the
    full ring is eight working hours. Never as hours left: on a Sunday two working hours are not two hours.
    """
    now = now or timezone.now()
    left = clocks.working_time_between(now, due, get_working_week())
    whole = clocks.working_time_between(start, due, get_working_week()) if start else timedelta(hours=8)
    share = left / whole if whole > timedelta() else 0
    over = now > due
    return {
        "over": over,
        "moment": day_time(due, now),
        "verb": verb,
        "dash": 100 if over else round(min(max(share, 0), 1) * 100),
    }
