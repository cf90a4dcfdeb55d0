import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("insights", "0013_confirmation_samples")]

    operations = [
        migrations.AddField("quote", "place", models.PositiveSmallIntegerField(default=0)),
        migrations.AddField("quote", "disagrees", models.BooleanField(default=False)),
        migrations.AddField("quote", "fold", models.PositiveIntegerField(null=True)),
        migrations.AddField("quote", "alike", models.PositiveIntegerField(null=True)),
        migrations.AddField("themeentry", "parent", models.SlugField(blank=True, max_length=80)),
        migrations.CreateModel(
            name="MarkedPhrase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("phrase", models.CharField(max_length=300)),
                (
                    "codebook",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="marked_phrases",
                        to="insights.codebook",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["codebook", "phrase"], name="one_marked_phrase_of_a_codebook")
                ]
            },
        ),
    ]
