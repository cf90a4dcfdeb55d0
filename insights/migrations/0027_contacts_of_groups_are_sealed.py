"""How to reach a group is sealed to the answer key, as other contacts are.

Sealed contacts have a column of their own. The plain one is emptied and stays for one release without a use, because older
code still serves meanwhile. A contact that it writes into it until its restart is not in the sealed one.
"""

from django.db import migrations, models

from consultation.domain.migration_batches import change_in_batches
from consultation.responses.sealed_json_field import SealedJSONField

SEALED = {"default": str, "db_default": b"", "least": 256}


def seal(row):
    row.sealed_contact, row.contact = row.contact, ""


def unseal(row):
    row.contact = row.sealed_contact


def seal_contacts(apps, schema_editor):
    change_in_batches(apps.get_model("insights", "SentOffer"), seal, ["contact", "sealed_contact"])


def open_contacts(apps, schema_editor):
    """Needs the private key."""
    change_in_batches(apps.get_model("insights", "SentOffer"), unseal, ["contact"])


class Migration(migrations.Migration):
    dependencies = [("insights", "0026_minority_views_that_are_shown")]

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
