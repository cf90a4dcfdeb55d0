"""Link two cases, and take them apart again. Both must be seen by the lead; of others nothing is told, not even a link.

A note on a link stands on neither case's notes, which leads read who may not see the other case.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from consultation.access import NotAllowed, refuse_for, require_words
from consultation.audit.audit_log import record_event
from consultation.responses.vault import seal_text
from consultation.safeguarding.case_links.models import CaseLink, LinkKind
from consultation.safeguarding.case_steps import lock_case
from consultation.safeguarding.models import TriageCase

NOT_FOUND = "There is no such item."
# The address of an item holds its whole id; its name the first six letters.
ITEM_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[0-9a-f]{6}\b")


@dataclass(frozen=True)
class SeenLink:
    link: CaseLink
    other: TriageCase


def list_links(case: TriageCase, lead: Any) -> list[SeenLink]:
    """Links of a case with others that this lead may see, the standing ones first."""
    rows = CaseLink.objects.filter(Q(one=case) | Q(other=case)).select_related("one", "other", "made_by", "ended_by")
    both = [SeenLink(link, link.other if link.one_id == case.pk else link.one) for link in rows]
    seen = set(
        TriageCase.objects.seen_by(lead).filter(pk__in=[each.other.pk for each in both]).values_list("pk", flat=True)
    )
    return sorted((each for each in both if each.other.pk in seen), key=lambda each: each.link.ended_at is not None)


def find_named_case(name: str, lead: Any) -> TriageCase:
    """The case of this name or address, among those that the lead may see."""
    said = ITEM_ID.search(name.casefold())
    found = list(TriageCase.objects.seen_by(lead).filter(pk__startswith=said[0])[:2]) if said else []
    if len(found) > 1:
        raise NotAllowed("Two items have this name. Copy the address of the one that you mean.")
    if not found:
        raise NotAllowed(NOT_FOUND)
    return found[0]


@transaction.atomic
def link_cases(
    *, case: TriageCase, other: TriageCase, by: Any, kind: str, note: str, now: datetime | None = None
) -> CaseLink:
    """Link two cases that a lead takes to be about the same person or place."""
    refuse_for("That is this item." if case.pk == other.pk else "")
    refuse_for("" if kind in LinkKind.values else "Say what they have in common.")
    require_words(note, "Say what makes you think so.")
    one, two = _lock_both(case, other, by)
    standing = CaseLink.objects.filter(Q(one=one, other=two) | Q(one=two, other=one), kind=kind, ended_at=None)
    refuse_for("They are linked already." if standing.exists() else "")
    made: CaseLink = CaseLink.objects.create(
        one=one, other=two, kind=kind, sealed_note=seal_text(note.strip()), made_by=by, made_at=now or timezone.now()
    )
    _record_on_both("triage linked", by, made)
    return made


@transaction.atomic
def unlink_cases(*, link: CaseLink, by: Any, why: str, now: datetime | None = None) -> None:
    """Take two cases apart. The link stays on record, with the reason why it ended."""
    _lock_both(link.one, link.other, by)
    require_words(why)
    fresh = CaseLink.objects.select_for_update().get(pk=link.pk)
    refuse_for("They were taken apart already." if fresh.ended_at else "")
    fresh.sealed_end_reason, fresh.ended_by, fresh.ended_at = seal_text(why.strip()), by, now or timezone.now()
    fresh.save(update_fields=["sealed_end_reason", "ended_by", "ended_at"])
    _record_on_both("triage unlinked", by, fresh)


def _lock_both(case: TriageCase, other: TriageCase, by: Any) -> tuple[TriageCase, TriageCase]:
    """Both cases, locked in the order of their ids, so that two leads do not wait for each other."""
    locked = {each.pk: lock_case(each, by) for each in sorted((case, other), key=lambda each: each.pk)}
    return locked[case.pk], locked[other.pk]


def _record_on_both(verb: str, by: Any, link: CaseLink) -> None:
    for case, other in ((link.one, link.other), (link.other, link.one)):
        record_event(verb, by=by, obj=case, other=str(other.pk))
