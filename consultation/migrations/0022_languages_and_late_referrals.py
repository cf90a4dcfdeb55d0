from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("consultation", "0021_first_reads_are_counted")]

    operations = [
        migrations.AddField(
            model_name="reading",
            name="language",
            field=models.CharField(blank=True, max_length=8),
        ),
        migrations.AddField(
            model_name="casereferral",
            name="told_late",
            field=models.BooleanField(default=False),
        ),
    ]
