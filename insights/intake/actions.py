"""Taking what readers released, and letting go at once of what is withdrawn."""

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from consultation import handover
from insights.intake.models import Text

BATCH = 1000


@transaction.atomic
def take() -> int:
    """Take every released text that is not here yet. Idempotent: the released row is the outbox. Returns how many."""
    rows = [
        Text(
            id=row.id,
            respondent=row.respondent,
            version_id=row.version_id,
            question=row.question,
            language=row.language,
            audience=row.audience,
            text=row.text,
            quotable=row.quotable,
        )
        for row in handover.released(known=Text.objects.values("id"))
    ]
    Text.objects.bulk_create(rows, ignore_conflicts=True, batch_size=BATCH)
    return len(rows)


def forget_respondent(respondent: UUID) -> None:
    """Everything of one person goes, with the codes on it, inside the caller's transaction."""
    _forget(Text.objects.filter(respondent=respondent))


def forget_text(answer: UUID) -> None:
    """One text goes: a name was left in, or its writer took the words back."""
    _forget(Text.objects.filter(pk=answer))


@transaction.atomic
def _forget(texts: QuerySet[Text]) -> None:
    """Locked before anything is looked up: what a worker writes beside them meanwhile (a model that learned from them, a
    proposal) either stands already and goes with them, or finds no text any more. The withdrawal never fails for it."""
    held = list(texts.select_for_update().order_by("pk").values_list("pk", flat=True))
    Text.objects.filter(pk__in=held).delete()
