"""Officers order a release; a worker makes it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from consultation.access import require_permission
from consultation.audit.audit_log import record_event
from insights.disclosure.disclosure_presets import find_preset, parse_stored_rules
from insights.disclosure.disclosure_rules import DisclosureRules
from insights.releases.actions import find_newest_release
from insights.releases.policies import why_not_looser_rules, why_not_release_now
from insights.releases.release_builder.models import OrderStatus, ReleaseOrder


def why_not_order(orders: Any) -> str:
    """`orders` are the consultation's unfinished ones."""
    order = orders.first()
    if order is None:
        return ""
    if order.status == "asked":
        return "Another release waits for a second person to agree to its rules. Agree or take it back first."
    return "The machine is at work on this consultation already."


def needs_second_person(rules: DisclosureRules, before: DisclosureRules | None, by: Any) -> bool:
    return bool(why_not_looser_rules(rules, before, by, None))


def why_not_agree(order: ReleaseOrder, by: Any) -> str:
    if order.status != "asked":
        return "This does not wait for anybody any more."
    if order.asked_by_id == by.pk:
        return "You asked for it. Ask a colleague to agree to these rules."
    return ""


@transaction.atomic
def order_release(*, consultation: Any, preset: str, by: Any) -> ReleaseOrder:
    """Order a release. A worker starts within seconds; with looser rules, once a second person agrees."""
    require_permission(by, "insights.publish_release")
    rules = find_preset(preset).rules
    today = timezone.localdate()
    orders, previous = ReleaseOrder.objects.of(consultation), find_newest_release(consultation)
    if wrong := why_not_order(orders.unfinished()) or why_not_release_now(consultation, previous, today):
        raise ValidationError(wrong)
    before = parse_stored_rules(previous.rules) if previous else None
    waits = needs_second_person(rules, before, by)
    status = OrderStatus.ASKED if waits else OrderStatus.WAITING
    orders.filter(status__in=(OrderStatus.DONE, OrderStatus.FAILED)).delete()  # the audit log lists all orders
    try:
        with transaction.atomic():
            order = ReleaseOrder.objects.create(
                consultation=consultation, preset=preset, status=status, asked_by=by, asked_on=today
            )
    except IntegrityError as error:  # somebody else asked in the same moment
        raise ValidationError("The machine is at work on this consultation already.") from error
    record_event("release of figures asked for", by=by, obj=consultation, preset=preset)
    return order


@transaction.atomic
def agree_to_rules(*, order: ReleaseOrder, by: Any) -> ReleaseOrder:
    """A second person agrees to rules looser than the previous release's."""
    require_permission(by, "insights.publish_release")
    order = ReleaseOrder.objects.select_for_update(of=("self",)).get(pk=order.pk)
    if wrong := why_not_agree(order, by):
        raise ValidationError(wrong)
    order.status, order.agreed_by = OrderStatus.WAITING, by
    order.save(update_fields=["status", "agreed_by"])
    record_event("looser rules agreed to", by=by, obj=order.consultation, preset=order.preset)
    return order


@transaction.atomic
def take_back_order(*, order: ReleaseOrder, by: Any) -> None:
    """Delete an order that no worker has begun; anyone who may release can."""
    require_permission(by, "insights.publish_release")
    order = ReleaseOrder.objects.select_for_update(of=("self",)).get(pk=order.pk)
    if order.status not in (OrderStatus.ASKED, OrderStatus.WAITING):
        raise ValidationError("A worker has begun. Discard the draft when it is made.")
    record_event("release order taken back", by=by, obj=order.consultation)
    order.delete()
