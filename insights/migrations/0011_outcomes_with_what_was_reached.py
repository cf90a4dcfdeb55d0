from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("insights", "0009_figures_by_cell_keys")]

    operations = [
        migrations.AddField(
            model_name="outcomeupdate", name="reached", field=models.JSONField(blank=True, default=list)
        ),
    ]
