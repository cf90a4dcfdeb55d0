from django.db import migrations, models


def forget_who_was_not_counted(apps, schema_editor):
    """False became 0, which is no release. True became 1: the first release, for all that was counted until now."""
    apps.get_model("consultation", "Response").objects.filter(counted=0).update(counted=None)


class Migration(migrations.Migration):
    dependencies = [("consultation", "0022_languages_and_late_referrals")]

    operations = [
        migrations.AddField("response", "leaving", models.BooleanField(default=False)),
        migrations.AlterField("response", "counted", models.PositiveIntegerField(blank=True, null=True)),
        migrations.RunPython(forget_who_was_not_counted, migrations.RunPython.noop),
    ]
