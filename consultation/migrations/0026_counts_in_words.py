from django.db import migrations, models
from django.db.models import Value
from django.db.models.functions import Concat


def say_in_words(apps, schema_editor):
    """What was counted so far was a number, or empty."""
    for model, field in (("PrintedLink", "answers"), ("CodeBatch", "used_about")):
        counted = apps.get_model("consultation", model).objects.exclude(**{field: ""})
        counted.update(**{field: Concat(Value("about "), field)})


class Migration(migrations.Migration):
    dependencies = [("consultation", "0025_consent_to_quote")]

    operations = [
        migrations.AlterField("printedlink", "answers", models.CharField(blank=True, default="", max_length=20)),
        migrations.AlterField("codebatch", "used_about", models.CharField(blank=True, default="", max_length=20)),
        migrations.RunPython(say_in_words, migrations.RunPython.noop),
        migrations.AlterField("printedlink", "answers", models.CharField(blank=True, max_length=20)),
        migrations.AlterField("codebatch", "used_about", models.CharField(blank=True, max_length=20)),
        migrations.AddField("codebatch", "used_frozen", models.PositiveSmallIntegerField(default=0)),
        migrations.AddField("codebatch", "counted_on", models.DateField(blank=True, null=True)),
    ]
