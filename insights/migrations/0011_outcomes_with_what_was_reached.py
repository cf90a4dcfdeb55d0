from django.db import migrations, models


def drop_triggers(apps, schema_editor):
    """SQLite makes the table anew and refuses while triggers name it. After the migration they are installed again."""
    if schema_editor.connection.vendor != "sqlite":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%insights_outcomeupdate%'")
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")


class Migration(migrations.Migration):
    dependencies = [("insights", "0010_report_summaries")]

    operations = [
        migrations.RunPython(drop_triggers, migrations.RunPython.noop),
        migrations.AddField(
            model_name="outcomeupdate", name="reached", field=models.JSONField(blank=True, default=list)
        ),
    ]
