"""Drops the plain column of contacts that 0.2.0 emptied. The code of 0.2.0 does not name it, so it can serve meanwhile; that
of 0.1.0 cannot. A contact that a process of 0.1.0 wrote while 0.2.0 was put in is sealed first: 0.2.0 does not show it.
"""

from django.db import migrations, models
from django.db.models import Q

from consultation.responses.sealed_json_field import SealedJSONField


def seal_what_is_left(apps, schema_editor):
    for offer in apps.get_model("insights", "SentOffer").objects.filter(Q(contact=b"") | ~Q(plain_contact="")):
        offer.contact, offer.plain_contact = offer.__dict__["contact"] or offer.plain_contact, ""
        offer.save(update_fields=["contact", "plain_contact"])


class Migration(migrations.Migration):
    dependencies = [("insights", "0027_tables_of_version_0_2_0")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AddField(
                    "sentoffer", "plain_contact", models.CharField(max_length=200, db_default="", db_column="contact")
                )
            ]
        ),
        migrations.RunPython(seal_what_is_left, migrations.RunPython.noop),
        migrations.AlterField(
            "sentoffer", "contact", SealedJSONField(db_column="sealed_contact", default=str, least=256)
        ),
        migrations.RemoveField("sentoffer", "plain_contact"),
    ]
