from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("insights", "0012_larger_groups_of_answers")]

    operations = [
        migrations.AddField("quote", "place", models.PositiveSmallIntegerField(default=0)),
        migrations.AddField("quote", "disagrees", models.BooleanField(default=False)),
        migrations.AddField("quote", "fold", models.PositiveIntegerField(null=True)),
        migrations.AddField("quote", "alike", models.PositiveIntegerField(null=True)),
        migrations.AddField("themeentry", "parent", models.SlugField(blank=True, max_length=80)),
    ]
