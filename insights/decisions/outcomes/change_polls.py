"""The poll “Did this change anything for you?”: two people publish it; counting and disclosure control are those of
“Did you hear back?”."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from consultation import handover
from consultation.access import require_permission
from consultation.audit.audit_log import record_event as audit
from insights.decisions.actions import lock_decision as locked_decision
from insights.decisions.ledger_entries import append_ledger_entry, hash_canonical
from insights.decisions.models import Decision
from insights.decisions.outcomes import policies
from insights.decisions.outcomes.actions import require_published
from insights.decisions.outcomes.models import ChangePoll
from insights.polls.poll_tables import describe_poll_table, renew_poll_table
from insights.polls.public_figures import DisplayText, PublicFigure, build_poll_figure
from insights.publishing.lifecycle import Lifecycle

WORDS = {"yes": "said yes", "partly": "said in part", "no": "said no", "dk": "did not know"}


class PollLifecycle(Lifecycle[ChangePoll]):
    name = "poll"
    two_people = "Two people put a question to everyone. Ask a colleague who did not prepare it."

    def validate_publication(self, held: ChangePoll, today: date) -> None:
        if held.closes < today:
            raise ValidationError("The last day has passed. Prepare it again with later days.")

    def record(self, verb: str, held: ChangePoll, by: Any, **data: Any) -> None:
        if verb != "discarded":
            data = {"opens": str(held.opens), "closes": str(held.closes), "people": held.people}
        append_ledger_entry(f"poll {verb}", held.decision, by, poll=held.pk, **data)

    def record_publication(self, held: ChangePoll, by: Any) -> None:
        self.record("published", held, by)
        audit("poll published", by=by, obj=held)


POLLS = PollLifecycle()
publish_poll, discard_poll = POLLS.publish, POLLS.discard


@transaction.atomic
def draft_poll(*, decision: Decision, by: Any, opens: date, closes: date, today: date | None = None) -> ChangePoll:
    """Create a draft poll. The question is the same for every decision; only the days are chosen."""
    require_permission(by, POLLS.may_write)
    require_published(locked_decision(decision))  # the lock queues two polls drafted at once
    # The answered consultation that keeps its replies longest.
    page = max(decision.consultations.order_by("pk"), key=lambda page: handover.last_reply_day(page) or date.max)
    if problems := policies.list_poll_problems(opens, closes, handover.last_reply_day(page)):
        raise ValidationError(problems)
    if decision.polls.filter(closes__gte=opens).exists():
        raise ValidationError({"opens": "People are asked in those days already. Choose days after that."})
    made = ChangePoll.objects.create(
        decision=decision, consultation=page, opens=opens, closes=closes,
        made_on=today or timezone.localdate(), made_by=by,
    )  # fmt: skip
    POLLS.record("prepared", made, by)
    return made


def refresh_polls(today: date | None = None) -> int:
    """Count the replies of all polls that have opened; returns how many tables changed."""
    today = today or timezone.localdate()
    return sum(_refresh_poll(pk, today) for pk in ChangePoll.objects.begun_by(today).values_list("pk", flat=True))


@transaction.atomic
def _refresh_poll(pk: int, today: date) -> bool:
    poll = ChangePoll.objects.select_for_update().select_related("decision", "consultation").get(pk=pk)
    replies = handover.list_heard_back_replies(poll.consultation, poll.about)
    table = renew_poll_table(replies, poll.about, today, frozen=poll.replies, made_on=poll.counted_on)
    if table is None:
        return False
    poll.table, poll.counted_on, poll.replies = table, today, len(replies)
    poll.save(update_fields=["table", "counted_on", "replies"])
    append_ledger_entry("poll counted", poll.decision, None, poll=pk, table=hash_canonical(table))
    return True


def build_public_figure(poll: ChangePoll) -> PublicFigure | None:
    """The figure for the public page; None until a number may be shown."""
    shown = build_poll_figure(poll) if poll.table else None
    return shown and replace(shown, id=poll.about, title=DisplayText(key="change.ask"))


def describe_poll(poll: ChangePoll) -> str:
    """A sentence for staff: "Of about 60 who replied: about 40 said yes ..."."""
    return describe_poll_table(poll.table, WORDS)
