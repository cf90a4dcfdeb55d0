"""How to reach a group is sealed to the answer key, as other contacts are.

Sealed contacts have a column of their own. The plain one is emptied and stays for one release without a use, because older
code still serves meanwhile. A contact that it writes into it until its restart is not in the sealed one.
"""

from django.db import migrations, models

from consultation.responses.sealed_json_field import SealedJSONField

BATCH = 500
SEALED = {"default": str, "db_default": b"", "least": 256}


def iter_batches(offers):
    rows = offers.order_by("pk")
    while batch := list(rows[:BATCH]):
        yield batch
        rows = offers.filter(pk__gt=batch[-1].pk).order_by("pk")


def seal_contacts(apps, schema_editor):
    offers = apps.get_model("insights", "SentOffer")._base_manager
    for batch in iter_batches(offers):
        for row in batch:
            row.sealed_contact, row.contact = row.contact, ""
        offers.bulk_update(batch, ["contact", "sealed_contact"])


def open_contacts(apps, schema_editor):
    """Needs the private key."""
    offers = apps.get_model("insights", "SentOffer")._base_manager
    for batch in iter_batches(offers):
        for row in batch:
            row.contact = row.sealed_contact
        offers.bulk_update(batch, ["contact"])


class Migration(migrations.Migration):
    dependencies = [("insights", "0024_mask_mirrored_pairs")]

    operations = [
        migrations.AlterField("sentoffer", "contact", models.CharField(max_length=200, db_default="")),
        migrations.AddField("sentoffer", "sealed_contact", SealedJSONField(**SEALED)),
        migrations.RunPython(seal_contacts, open_contacts),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField("sentoffer", "contact"),
                migrations.RenameField("sentoffer", "sealed_contact", "contact"),
                migrations.AlterField("sentoffer", "contact", SealedJSONField(db_column="sealed_contact", **SEALED)),
            ]
        ),
    ]
