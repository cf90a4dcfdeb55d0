import django.db.models.deletion
from django.db import migrations, models


def build_agency_field():
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="consultation.knownagency"
    )


class Migration(migrations.Migration):
    dependencies = [("cms", "0007_agencies_from_the_list")]

    operations = [
        *(migrations.RemoveField(name, "agency_text") for name in ("user", "agreement", "apiclient")),
        migrations.AlterField("agreement", "agency", build_agency_field()),
        migrations.AlterField("apiclient", "agency", build_agency_field()),
    ]
