"""What says how to reach an agency waits for a second administrator; where "Leave this site" goes is the operator's; and
three entries of help say in plain words whom they are for, where nobody has changed them."""

from django.conf import settings
from django.db import migrations, models

PLAIN = (
    ("Under 18, an image of you is online", "Under 18, if a picture of you is online"),
    ("Under 35 with thoughts of suicide", "Under 35, if you think about suicide"),
    ("Anyone, never contact through family", "Anyone. They do not go through your family."),
)


def say_plainly(apps, schema_editor):
    for before, now in PLAIN:
        apps.get_model("consultation", "HelpEntry").objects.filter(for_whom=before).update(for_whom=now)


def say_as_before(apps, schema_editor):
    for before, now in PLAIN:
        apps.get_model("consultation", "HelpEntry").objects.filter(for_whom=now).update(for_whom=before)


class Migration(migrations.Migration):
    dependencies = [
        ("consultation", "0046_plain_due_slots_are_dropped"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("knownagency", "new_reach", models.TextField(blank=True, db_default="", default="")),
        migrations.AddField(
            "knownagency",
            "new_reach_by",
            models.ForeignKey(
                settings.AUTH_USER_MODEL, models.SET_NULL, blank=True, null=True, related_name="+"
            ),
        ),
        migrations.AlterField("appearance", "exit_url", models.URLField(blank=True, db_default="", editable=False)),
        migrations.RunPython(say_plainly, say_as_before),
    ]
