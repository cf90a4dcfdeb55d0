"""Tick and untick items of the launch checklist, and set the site live or not. Each leaves an audit line."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cms.operations.launch import checklist_report, launch_items, policies
from cms.operations.launch.models import Launch, LaunchTick
from consultation.access import require_permission
from consultation.audit.audit_log import record_event
from consultation.respondent_pages.live_status import live_status

OLDEST = timedelta(days=365)  # an older check is of a different site


@transaction.atomic
def tick_item(*, item: str, checker: str, checked_on: date, note: str = "", by: Any) -> LaunchTick:
    """Record that `checker`, by name, checked the item on a day; `by` is the user who enters it."""
    require_permission(by, policies.may_tick_checklist)
    if item not in launch_items.list_item_keys():
        raise ValidationError("This is not on the checklist.")
    if LaunchTick.objects.standing().filter(item=item).exists():
        raise ValidationError("This is ticked already. Take the tick back first.")
    made = LaunchTick(item=item, checker=checker.strip(), checked_on=checked_on, note=note.strip(), ticked_by=by)
    made.full_clean()
    if checked_on > timezone.localdate():
        raise ValidationError({"checked_on": "This day is still to come. Write the day on which it was checked."})
    if checked_on < timezone.localdate() - OLDEST:
        raise ValidationError("That is more than a year ago, and much has changed since. Have it checked again.")
    made.save()
    record_event("launch item ticked", by=by, obj=made, item=item)
    return made


@transaction.atomic
def untick_item(*, tick: LaunchTick, by: Any) -> None:
    require_permission(by, policies.may_tick_checklist)
    tick.undone_on, tick.undone_by = timezone.localdate(), by
    tick.save(update_fields=["undone_on", "undone_by"])
    record_event("launch item unticked", by=by, obj=tick, item=tick.item)


@transaction.atomic
def update_live_state(*, by: Any = None) -> list[checklist_report.ChecklistSection]:
    """Run the whole checklist and set the site live or not.

    It goes live when every row is in order, and stops being live if a tick is withdrawn or a setting is wrong.
    Rows that lapse, such as a missing worker, only warn staff.
    """
    launch, _ = Launch.objects.select_for_update().get_or_create(pk=1)
    found = checklist_report.list_checklist_sections()
    wrong = [row for row in checklist_report.list_checklist_rows(found) if not row.ok]
    if not wrong and launch.live_since is None:
        launch.live_since = timezone.localdate()
        record_event("site live", by=by, obj=launch)
    elif launch.live_since and any(not row.lapses for row in wrong):
        launch.live_since = None
        record_event("site not live any more", by=by, obj=launch, missing=[row.key for row in wrong])
    launch.save()
    transaction.on_commit(live_status.clear)
    return found
