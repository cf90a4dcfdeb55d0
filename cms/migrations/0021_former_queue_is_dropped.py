"""Drops the table of the queue of 0.1.0, which 0014 emptied: no code since then names it. A new site never had it."""

from django.db import migrations


def drop_former_queue(apps, schema_editor):
    schema_editor.execute("DROP TABLE IF EXISTS django_tasks_database_dbtaskresult")
    schema_editor.execute("DELETE FROM django_migrations WHERE app = 'django_tasks_database'")


class Migration(migrations.Migration):
    dependencies = [("cms", "0020_tables_of_version_0_2_0")]

    operations = [migrations.RunPython(drop_former_queue, migrations.RunPython.noop)]
