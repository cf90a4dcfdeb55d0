"""A number that a child may call is changed by two people: one enters it, another tries it. One person alone may take a
wrong number down, at once."""

import re
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from consultation.access import NotAllowed, require_permission, require_second_person
from consultation.audit.audit_log import record_event
from consultation.domain.call_numbers import drop_clock_times, list_call_numbers
from consultation.safeguarding.help.models import ContactField, HelpNumberChange
from consultation.safeguarding.models import HelpEntry

EDITS = "consultation.edit_help"
PROSE = ("name", "for_whom", "hours", "leaves_trace")  # saved by one person
LEAST_DIGITS = 5  # of fewer are ages, years and the names of lines, such as 101
ADDRESS = re.compile(r"\S+@\S+|\w+\.[^\W\d]\w+\S*|https?:\S+")


def list_numbers_in_prose(entry: HelpEntry) -> dict[str, str]:
    """{field: a new number to call, or an address, that a field for words would show without a second person}."""
    stored = HelpEntry.objects.filter(pk=entry.pk).values(*PROSE).first() or {}
    found: dict[str, str] = {}
    for name in PROSE:
        known = _list_numbers_and_addresses(stored.get(name, ""))
        new = [each for each in _list_numbers_and_addresses(getattr(entry, name)) if each not in known]
        found |= {name: new[0]} if new else {}
    return found


def _list_numbers_and_addresses(words: str) -> list[str]:
    told = drop_clock_times(words)
    return [*list_call_numbers(told, least_digits=LEAST_DIGITS), *ADDRESS.findall(told)]


def hold_back_new_numbers(entry: HelpEntry) -> dict[str, str]:
    """Give an edited, unsaved entry its stored numbers back, but for those that were emptied; returns the new ones."""
    stored = HelpEntry.objects.filter(pk=entry.pk).values(*ContactField.values).first() or {}
    wanted = {}
    for name in ContactField.values:
        new, last = getattr(entry, name), stored.get(name, "")
        if new and new != last:
            wanted[name] = new
            setattr(entry, name, last)
    return wanted


@transaction.atomic
def ask_for_numbers(*, entry: HelpEntry, wanted: Mapping[str, str], by: Any) -> None:
    """Let these new numbers wait for a second person. A newer one replaces one that waits."""
    require_permission(by, EDITS)
    for name, value in wanted.items():
        asked = {"value": value, "asked_by": by, "asked_on": timezone.localdate()}
        HelpNumberChange.objects.update_or_create(entry=entry, field=name, defaults=asked)
        record_event("help number entered", by=by, obj=entry, field=name)


@transaction.atomic
def confirm_number(*, change: HelpNumberChange, by: Any) -> None:
    """Show the new number: somebody else than who entered it has tried it."""
    fresh = _lock_change(change, by)
    require_second_person(by, fresh.asked_by_id, "Somebody else tries a number that you entered.")
    setattr(fresh.entry, fresh.field, fresh.value)
    fresh.entry.save(update_fields=[fresh.field])
    record_event("help number confirmed", by=by, obj=fresh.entry, field=fresh.field)
    fresh.delete()


@transaction.atomic
def refuse_number(*, change: HelpNumberChange, by: Any) -> None:
    """Drop the new number; who entered it may do so, too. Pages go on with the last one."""
    fresh = _lock_change(change, by)
    record_event("help number refused", by=by, obj=fresh.entry, field=fresh.field)
    fresh.delete()


def _lock_change(change: HelpNumberChange, by: Any) -> HelpNumberChange:
    """The change as it is now. Raises NotAllowed if it is not what was looked at."""
    require_permission(by, EDITS)
    fresh = HelpNumberChange.objects.select_for_update().filter(pk=change.pk).first()
    if fresh is None or fresh.value != change.value:
        raise NotAllowed("This number does not wait any more. Look at the list again.")
    return fresh
