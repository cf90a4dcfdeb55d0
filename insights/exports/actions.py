"""Follow-up of recalled words that had been exported."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from consultation.access import require_permission
from consultation.audit.audit_log import record_event
from insights.exports.models import Recall


@transaction.atomic
def finish_recall(*, recall: Recall, by: Any) -> Recall:
    """A lead confirms that everyone who exported the words was asked to delete them."""
    require_permission(by, "consultation.see_triage")
    done = Recall.objects.filter(pk=recall.pk, done_on__isnull=True).update(done_by=by, done_on=timezone.localdate())
    if done:
        record_event("recall followed up", by=by, obj=recall, exports=len(recall.exports))
    recall.refresh_from_db()
    return recall
