"""The worker's sweep that makes ordered releases. A release is calculated first and stored in one
transaction, so an interrupted run leaves nothing behind and starts again."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from consultation import handover
from insights.releases import actions
from insights.releases.policies import why_not_release_now
from insights.releases.release_builder.models import OrderStage, ReleaseOrder

TRIES = 3
BROKEN = "Something went wrong on our side, and nothing was made. Try again, or tell whoever runs the site."


def run_waiting_orders() -> int:
    """Run every waiting order, and those that a dead worker had begun; return how many."""
    orders = list(ReleaseOrder.objects.for_a_worker().select_related("consultation", "asked_by", "agreed_by"))
    for order in orders:
        run_order(order)
    return len(orders)


def run_order(order: ReleaseOrder) -> None:
    """Run one order; a refusal is stored and shown on its page."""
    try:
        _run_release(order)
    except ValidationError as error:
        order.mark_failed(" ".join(error.messages))
    except Exception:
        order.mark_failed(BROKEN)
        raise


def _run_release(order: ReleaseOrder) -> None:
    today, people = timezone.localdate(), sum(handover.count_people_by_release(order.consultation).values())
    for attempt in range(TRIES):
        previous = actions.find_newest_release(order.consultation)
        if wrong := why_not_release_now(order.consultation, previous, today):
            raise ValidationError(wrong)
        draft, version = _calculate_for_order(order, people)
        order.move_to(OrderStage.KEEPING)
        try:
            with transaction.atomic():
                release = actions.store_release(draft, version, previous, by=order.asked_by, today=today)
                order.finish_order(release=release)
        except actions.AnswersTakenBack:
            if attempt == TRIES - 1:
                raise
        else:
            return


def _calculate_for_order(order: ReleaseOrder, people: int) -> tuple[Any, Any]:
    def tick(stage: str, done: int, total: int) -> None:
        order.move_to(stage, done, total or people)

    order.move_to(OrderStage.READING, 0, people)
    return actions.calculate_release(
        order.consultation, order.preset, by=order.asked_by, agreed_by=order.agreed_by, tick=tick
    )
