from datetime import date

from django import forms
from django.utils import timezone

from consultation.action_forms import ActionForm

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _build_time_field(label):
    return forms.TimeField(
        required=False,
        label=label,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": "Write a time as 08:30."},
    )


class WorkingHoursForm(forms.Form):
    """Two times for each weekday; both empty: a day off."""

    def __init__(self, *args, week, **kwargs):
        super().__init__(*args, **kwargs)
        for number, name in enumerate(WEEKDAYS):
            opens, closes = week.hours[number] or (None, None)
            self.fields[f"opens_{number}"] = _build_time_field(f"{name}, from")
            self.fields[f"closes_{number}"] = _build_time_field(f"{name}, until")
            self.initial |= {f"opens_{number}": opens, f"closes_{number}": closes}

    def rows(self):
        return [(name, self[f"opens_{n}"], self[f"closes_{n}"]) for n, name in enumerate(WEEKDAYS)]

    def clean(self):
        super().clean()
        for number, name in enumerate(WEEKDAYS):
            opens, closes = self._get_day_hours(number)
            if bool(opens) != bool(closes):
                self.add_error(f"closes_{number}", f"{name} needs both times, or none for a day off.")
            elif opens and opens >= closes:
                self.add_error(f"closes_{number}", f"{name} must open before it closes.")

    def _get_day_hours(self, number):
        return self.cleaned_data.get(f"opens_{number}"), self.cleaned_data.get(f"closes_{number}")

    def hours_of(self):
        return {
            number: self._get_day_hours(number) if all(self._get_day_hours(number)) else None
            for number in range(len(WEEKDAYS))
        }


class DayOffForm(forms.Form):
    day = forms.DateField(label="Day", widget=forms.DateInput(attrs={"type": "date"}))
    name = forms.CharField(
        label="What day it is", max_length=80, help_text="Such as “Training day” or “Coronation bank holiday”."
    )

    def clean_day(self):
        day: date = self.cleaned_data["day"]
        if day < timezone.localdate():
            raise forms.ValidationError("That day has passed.")
        return day


class HoursActionForm(ActionForm):
    verbs = ("hours", "off", "remove")


class RotaForm(ActionForm):
    """Lead and backup of each day, and who both were when the page was shown (`was`)."""

    verbs = ("save", "repeat")
    do = forms.CharField(required=False, empty_value="save")

    def __init__(self, *args, days, **kwargs):
        super().__init__(*args, **kwargs)
        self.days = days
        for name in (f"{role}-{day}" for day in days for role in ("lead", "backup")):
            self.fields[name] = forms.IntegerField(required=False)

    def pair(self, day):
        return self.cleaned_data.get(f"lead-{day}"), self.cleaned_data.get(f"backup-{day}")

    def changes(self):
        """Days that this user changed: other days keep what a colleague saved meanwhile."""
        was = {day: self.data.get(f"was-{day}") for day in self.days}
        return {day: self.pair(day) for day in self.days if was[day] not in (None, describe_pair(self.pair(day)))}


def describe_pair(pair):
    return "/".join(str(each or "") for each in pair)
