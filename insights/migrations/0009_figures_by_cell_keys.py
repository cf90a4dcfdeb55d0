from django.db import migrations, models


def delete_previews(apps, schema_editor):
    apps.get_model("insights", "ReleaseOrder").objects.filter(kind="preview").delete()


class Migration(migrations.Migration):
    dependencies = [("insights", "0008_agencies_of_plans_by_key")]

    operations = [
        migrations.RunPython(delete_previews, migrations.RunPython.noop),
        migrations.RemoveField("releaseorder", "kind"),
        migrations.RemoveField("releaseorder", "people"),
        migrations.RemoveField("releaseorder", "preview"),
        migrations.AddField("changepoll", "replies", models.PositiveIntegerField(default=0)),
        migrations.AddField("reachpicture", "rows", models.PositiveIntegerField(default=0)),
        migrations.AddField("release", "secret_fingerprint", models.CharField(blank=True, max_length=16)),
        migrations.AddField("release", "verification", models.JSONField(default=dict)),
        migrations.DeleteModel("LedgerFigure"),
        migrations.DeleteModel("LedgerPage"),
        migrations.DeleteModel("Ledger"),
    ]
