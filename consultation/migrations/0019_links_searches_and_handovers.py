import django.db.models.deletion
from django.db import migrations, models

class Migration(migrations.Migration):
    dependencies = [
        ("consultation", "0018_agencies_are_a_list"),
    ]

    operations = [
        migrations.RemoveField("triagecase", "agency_text"),
        migrations.RemoveField("triagecase", "agency_key"),
        migrations.RemoveField("withdrawntext", "agency_key"),
        migrations.RemoveField("mailbox", "agency_key"),
        migrations.RemoveField("casereferral", "agency_text"),
        migrations.AlterField(
            "casereferral",
            "agency",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="consultation.knownagency"
            ),
        ),
        migrations.AddField("withdrawntext", "sealed_handover", models.BinaryField(blank=True, null=True)),
        migrations.AddField("mailbox", "sealed_handover", models.BinaryField(blank=True, null=True)),
    ]
