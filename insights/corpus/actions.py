"""Taking released texts into the corpus, and deleting withdrawn texts at once."""

from itertools import batched
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from consultation import handover
from insights.corpus.models import Text, draw_of

BATCH = 1000


def take_released_texts() -> int:
    """Take every released text that is not in the corpus. Idempotent: the released row is the outbox. Returns how
    many."""
    taken = 0
    for keys in batched(handover.list_released_keys(known=Text.objects.all()), BATCH):
        with handover.claim_released_texts(keys) as rows:  # else what is withdrawn in this moment would stay here
            Text.objects.bulk_create(map(_build_text, rows), ignore_conflicts=True)
        taken += len(rows)
    return taken


def _build_text(row: handover.ReleasedText) -> Text:
    return Text(
        id=row.id,
        respondent=row.respondent,
        version_id=row.version_id,
        question=row.question,
        language=row.language,
        audience=row.audience,
        text=row.text,
        quotable=row.quotable,
        draw=draw_of(row.respondent),
    )


def forget_respondent(respondent: UUID) -> None:
    """Delete all texts of one person with their codes, inside the caller's transaction."""
    _delete_locked_texts(Text.objects.filter(respondent=respondent))


def forget_text(answer: UUID) -> None:
    """Delete one text: a name was left in it, or its writer withdrew it."""
    _delete_locked_texts(Text.objects.filter(pk=answer))


def stop_quoting_respondent(respondent: UUID) -> list[Text]:
    """Keep all texts of one person out of later quotes, inside the caller's transaction. Returns them."""
    texts = list(Text.objects.select_for_update().filter(respondent=respondent).order_by("pk"))
    Text.objects.filter(pk__in=[text.pk for text in texts]).update(quotable=False)
    return texts


@transaction.atomic
def _delete_locked_texts(texts: QuerySet[Text]) -> None:
    """Lock the texts, then delete them. A worker's row about a text (a model that learned from it, a proposal) was
    either saved before the lock and is deleted too, or finds no text afterwards; so a withdrawal never fails."""
    held = list(texts.select_for_update().order_by("pk").values_list("pk", flat=True))
    Text.objects.filter(pk__in=held).delete()
