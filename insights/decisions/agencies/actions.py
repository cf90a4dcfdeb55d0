"""Plan actions of agencies and report their progress, each with its ledger entry in the same transaction."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from consultation import handover
from consultation.access import require_permission
from consultation.audit.audit_log import record_event as audit
from consultation.audit.models import AuditEntry
from insights.decisions.actions import find_free_slug, lock_decision
from insights.decisions.addable_rows import attach_row_number
from insights.decisions.agencies.models import ENDED, ActionItem, Agency, ItemUpdate
from insights.decisions.agencies.policies import may_plan_actions, may_update_item
from insights.decisions.ledger_entries import append_ledger_entry, hash_canonical
from insights.decisions.models import Decision, DecisionStatus

IN_PAST = "The day it is due is before the day it was decided."
AT_ONCE = "Someone named it for the first time at the same moment. Save it again."
REMINDED = "agency reminded"


def get_or_create_agency(name: str) -> Agency:
    """The agency of that name, or the one that the list calls so, created on first use."""
    name = " ".join(name.split())
    if not name:
        raise ValidationError({"agency": "Name the agency that does it."})
    key = handover.map_agency_keys([name]).get(name, "")
    found: Agency | None = Agency.objects.named(name, key).first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            return Agency.objects.create(name=name, slug=find_free_slug(Agency, name, "agency"), list_key=key)
    except IntegrityError:
        raise ValidationError({"agency": AT_ONCE}) from None


def hash_action_item(item: ActionItem) -> str:
    """SHA-256 over the content and status of an action."""
    said = [item.decision_id, item.agency_id, item.what, item.lead_role, item.due, item.status]
    return hash_canonical(said)


def hash_item_update(told: ItemUpdate) -> str:
    """SHA-256 over an update's action, day, status, due days and writer; not its words."""
    return hash_canonical([told.item_id, told.day, told.status, told.due_was, told.due, told.written_by_id])


@transaction.atomic
def set_action_plan(*, decision: Decision, by: Any, items: Sequence[Mapping[str, Any]]) -> list[ActionItem]:
    """Replace the whole action plan of a draft; `items`: {agency, what, lead_role, due} each."""
    fresh = lock_decision(decision)
    require_permission(by, may_plan_actions, fresh)
    if fresh.status == DecisionStatus.PUBLISHED:
        raise ValidationError("It is published: what is in the plan stays. Add to it, or say how an action goes.")
    fresh.items.all().delete()
    made = [_create_item_of_row(fresh, n, given) for n, given in enumerate(items)]
    append_ledger_entry(
        "action plan written", fresh, by, items={str(item.pk): hash_action_item(item) for item in made}
    )
    audit("action plan changed", by=by, obj=fresh, items=len(made))
    return made


@transaction.atomic
def add_action_items(*, decision: Decision, by: Any, items: Sequence[Mapping[str, Any]]) -> list[ActionItem]:
    """Add actions to the plan of a published decision."""
    fresh = lock_decision(decision)
    require_permission(by, may_plan_actions, fresh)
    if fresh.status != DecisionStatus.PUBLISHED:
        raise ValidationError("It is a draft: write its whole plan.")
    there = fresh.items.count()
    made = [_create_item_of_row(fresh, n, given, first=there) for n, given in enumerate(items)]
    for item in made:
        append_ledger_entry("action added", fresh, by, item=item.pk, content=hash_action_item(item))
    audit("action plan changed", by=by, obj=fresh, items=len(made))
    return made


def _create_item_of_row(decision: Decision, number: int, given: Mapping[str, Any], first: int = 0) -> ActionItem:
    try:
        item = ActionItem(
            decision=decision, agency=get_or_create_agency(given["agency"]), order=first + number,
            what=given["what"].strip(), lead_role=given.get("lead_role", "").strip(), due=given.get("due"),
        )  # fmt: skip
        if item.due and item.due < decision.decided:
            raise ValidationError({"due": IN_PAST})
        item.full_clean(exclude=["decision", "agency"])
    except ValidationError as error:
        raise attach_row_number(error, number) from None
    item.save()
    return item


@transaction.atomic
def update_action_item(
    *, item: ActionItem, by: Any, status: str, words: str, due: date | None = None, today: date | None = None
) -> ItemUpdate:
    """Add a dated update to an action; earlier updates stay. A moved due day is stored with the old one."""
    item.refresh_from_db(from_queryset=ActionItem.objects.select_for_update())
    require_permission(by, may_update_item, item)
    errors = {}
    if not words.strip():
        errors["words"] = "Say in one or two short sentences how it goes."
    if item.due and due is None and status not in ENDED:
        errors["due"] = "It has a day until it is done or stopped. If the day moves, give the new one and say why."
    if due and due < item.decision.decided:
        errors["due"] = IN_PAST
    if errors:
        raise ValidationError(errors)
    noted = ItemUpdate(
        item=item, day=today or timezone.localdate(), status=status, words=words.strip(),
        due_was=item.due, due=due, written_by=by,
    )  # fmt: skip
    noted.full_clean(exclude=["written_by", "item"])
    noted.save()
    item.status, item.due = status, due
    item.save(update_fields=["status", "due"])
    said = {"words": hashlib.sha256(noted.words.encode()).hexdigest(), "told": hash_item_update(noted)}
    append_ledger_entry(
        "action noted", item.decision, by, item=item.pk, update=noted.pk, content=hash_action_item(item), **said
    )
    audit("action updated", by=by, obj=item, status=status)
    return noted


def find_last_reminder(key: str) -> str:
    """The day on which this agency was last told; empty if it never was."""
    told = AuditEntry.objects.filter(verb=REMINDED, data__agency=key).order_by("-seq")
    return told.values_list("day", flat=True).first() or ""
