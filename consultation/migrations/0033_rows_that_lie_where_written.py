"""Rows of answer tables say whether the sweep of storage order has still to move them. Earlier ones it has moved."""

from django.db import migrations, models

from consultation.domain.key_order import Settled

TABLES = {
    "answer": ("answers", "id"),
    "contactrequest": ("contact_requests", "id"),
    "equalityrow": ("equality_rows", "id"),
    "groupsession": ("group_sessions", "id"),
    "heardanswer": ("heard_answers", "id"),
    "importedresponse": ("imported", "response"),
    "invitationcode": ("invitation_codes", "digest"),
    "mailbox": ("mailboxes", "id"),
    "mailboxmessage": ("mailbox_messages", "id"),
    "receipt": ("receipts", "digest"),
    "response": ("responses", "id"),
    "screening": ("screenings", "answer"),
    "tombstone": ("tombstones", "digest"),
    "waitingevent": ("waiting_events", "id"),
    "withdrawntext": ("withdrawn_texts", "id"),
}


def settled_field(of_rows):
    return models.PositiveSmallIntegerField(db_default=of_rows, default=Settled.NEW, editable=False)


class Migration(migrations.Migration):
    dependencies = [("consultation", "0032_redaction_comes_after_screening")]

    operations = [
        operation
        for model, (table, key) in TABLES.items()
        for operation in (
            # The database fills the column of earlier rows at once, and that of rows that older code still writes.
            migrations.AddField(model, "settled", settled_field(Settled.FOR_GOOD)),
            migrations.AlterField(model, "settled", settled_field(Settled.NEW)),
            migrations.AddIndex(
                model,
                models.Index(
                    condition=models.Q(settled__lt=Settled.FOR_GOOD),
                    fields=["settled", key],
                    name=f"{table}_unsettled",
                ),
            ),
        )
    ]
