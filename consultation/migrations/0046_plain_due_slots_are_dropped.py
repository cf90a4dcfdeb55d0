"""Drops the plain column of due slots that 0.2.0 emptied, as 0045 does others. Alone: whoever decides about an answer holds
its row while they wait for its screening, and must not wait for a migration that waits for them.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("consultation", "0045_plain_columns_are_dropped")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AddField(
                    "answer", "plain_due", models.DateTimeField(null=True, blank=True, db_column="due")
                )
            ]
        ),
        migrations.RunPython(
            lambda apps, schema_editor: (
                apps.get_model("consultation", "Answer").objects.exclude(plain_due=None).update(plain_due=None)
            ),
            migrations.RunPython.noop,
        ),
        migrations.RemoveField("answer", "plain_due"),
    ]
