"""How urgent a child's message in a mailbox is, and by when it is due, is sealed to the answer key, as it is of answers.

The plain columns are emptied and stay for one release without a use, because older code still serves meanwhile. A clock
that it starts or stops in that time is mended by the next sweep.
"""

from datetime import UTC

from django.db import migrations, models

from consultation.domain.migration_batches import change_in_batches
from consultation.responses.sealed_json_field import SealedJSONField

PLAIN = ["priority", "due", "plain_alerted"]


def seal_clocks(apps, schema_editor):
    def seal(row):
        row.clock = [row.priority, row.due.astimezone(UTC).isoformat()] if row.due else None
        row.alerted = row.plain_alerted
        row.priority, row.due, row.plain_alerted = "", None, 0

    change_in_batches(apps.get_model("consultation", "Mailbox"), seal, ["clock", "alerted", *PLAIN])


def open_clocks(apps, schema_editor):
    """Needs the private key."""

    def unseal(row):
        row.priority, row.due = row.clock or ("", None)
        row.plain_alerted = row.alerted

    change_in_batches(apps.get_model("consultation", "Mailbox"), unseal, PLAIN)


class Migration(migrations.Migration):
    dependencies = [("consultation", "0042_order_is_sealed")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField("mailbox", "alerted"),
                migrations.AddField(
                    "mailbox", "plain_alerted", models.PositiveSmallIntegerField(default=0, db_column="alerted")
                ),
            ]
        ),
        migrations.RemoveConstraint("mailbox", "a_mailbox_that_waits_has_a_priority"),
        migrations.RemoveConstraint("mailbox", "a_closed_mailbox_waits_for_nobody"),
        migrations.AlterField("mailbox", "priority", models.CharField(max_length=2, blank=True, db_default="")),
        migrations.AlterField(
            "mailbox",
            "plain_alerted",
            models.PositiveSmallIntegerField(default=0, db_default=0, db_column="alerted"),
        ),
        migrations.AddField("mailbox", "clock", SealedJSONField(null=True, db_column="sealed_clock", least=0)),
        migrations.AddField(
            "mailbox", "alerted", SealedJSONField(default=0, db_default=b"", db_column="sealed_alerted", least=3)
        ),
        migrations.RunPython(seal_clocks, open_clocks),
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.RemoveField("mailbox", name) for name in PLAIN]
        ),
    ]
