"""Follow-up of recalled words that had been exported."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from consultation.audit.audit_log import record_event
from insights.exports.models import Recall


@transaction.atomic
def finish_recall(*, recall: Recall, by: Any) -> Recall:
    """A lead confirms that everyone who exported the words was asked to delete them."""
    if not by.has_perm("consultation.see_triage"):
        raise PermissionDenied("Only a safeguarding lead can do this.")
    done = Recall.objects.filter(pk=recall.pk, done_on__isnull=True).update(done_by=by, done_on=timezone.localdate())
    if done:
        record_event("recall followed up", by=by, obj=recall, exports=len(recall.exports))
    recall.refresh_from_db()
    return recall
