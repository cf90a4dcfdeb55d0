"""Officers order a preview or a release; a worker makes it."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from consultation.audit.log import record
from insights.reports.actions import newest
from insights.reports.disclosure.presets import PRESETS, read
from insights.reports.making import policies
from insights.reports.making.models import OrderKind, OrderStatus, ReleaseOrder
from insights.reports.policies import why_not_now


def must_publish(by: Any) -> None:
    if not by.has_perm("insights.publish_release"):
        raise PermissionDenied("You cannot make a release.")


@transaction.atomic
def ask(*, consultation: Any, kind: str, preset: str, by: Any) -> ReleaseOrder:
    """Order a preview or release. A worker starts within seconds; with looser rules, once a second person agrees."""
    must_publish(by)
    if preset not in PRESETS or kind not in OrderKind.values:
        raise ValidationError("Choose one of the conventions.")
    orders, previous = ReleaseOrder.objects.of(consultation), newest(consultation)
    wrong = policies.why_not_ask(orders.unfinished()) or why_not_now(consultation, previous, timezone.localdate())
    if wrong:
        raise ValidationError(wrong)
    before = read(previous.rules) if previous else None
    waits = policies.waits_for_a_second(kind, PRESETS[preset].rules, before, by)
    return _enter(orders, consultation, kind, preset, by, OrderStatus.ASKED if waits else OrderStatus.WAITING)


def _enter(orders: Any, consultation: Any, kind: str, preset: str, by: Any, status: OrderStatus) -> ReleaseOrder:
    orders.filter(kind=kind, status__in=(OrderStatus.DONE, OrderStatus.FAILED)).exclude(
        pk__in=orders.previews().order_by("-pk").values("pk")[:1]
    ).delete()  # the audit log lists all orders; only the last of each kind is of use
    today = timezone.localdate()
    try:
        with transaction.atomic():
            order = ReleaseOrder.objects.create(
                consultation=consultation, kind=kind, preset=preset, status=status, asked_by=by, asked_on=today
            )
    except IntegrityError as error:  # somebody else asked in the same moment
        raise ValidationError("The machine is at work on this consultation already.") from error
    record(f"{kind} of figures asked for", by=by, obj=consultation, preset=preset)
    return order


@transaction.atomic
def agree(*, order: ReleaseOrder, by: Any) -> ReleaseOrder:
    """A second person agrees to rules looser than the previous release's."""
    must_publish(by)
    order = ReleaseOrder.objects.select_for_update(of=("self",)).get(pk=order.pk)
    if wrong := policies.why_not_agree(order, by):
        raise ValidationError(wrong)
    order.status, order.agreed_by = OrderStatus.WAITING, by
    order.save(update_fields=["status", "agreed_by"])
    record("looser rules agreed to", by=by, obj=order.consultation, preset=order.preset)
    return order


@transaction.atomic
def take_back(*, order: ReleaseOrder, by: Any) -> None:
    """Delete an order that no worker has begun; anyone who may release can."""
    must_publish(by)
    order = ReleaseOrder.objects.select_for_update(of=("self",)).get(pk=order.pk)
    if order.status not in (OrderStatus.ASKED, OrderStatus.WAITING):
        raise ValidationError("A worker has begun. Discard the draft when it is made.")
    record("release order taken back", by=by, obj=order.consultation)
    order.delete()
