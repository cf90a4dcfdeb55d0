import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FIGURES = models.BooleanField(db_column="held", default=False)


class Migration(migrations.Migration):
    """Names of fields alone: columns, indexes and stored values stay as they are."""

    dependencies = [
        ("consultation", "0009_closer_headings_and_checks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveIndex("response", "responses_with_apart"),
                *(
                    operation
                    for model in ("response", "equalityrow", "heardanswer")
                    for operation in (
                        migrations.RenameField(model, "held", "excluded_from_figures"),
                        migrations.AlterField(model, "excluded_from_figures", FIGURES.clone()),
                    )
                ),
                migrations.RenameField("response", "apart", "sealed_equality"),
                migrations.AlterField(
                    "response", "sealed_equality", models.BinaryField(blank=True, db_column="apart", null=True)
                ),
                migrations.AddIndex(
                    "response",
                    models.Index(
                        condition=models.Q(("sealed_equality__isnull", False)),
                        fields=["version"],
                        name="responses_with_apart",
                    ),
                ),
                migrations.RenameField("reading", "held_by", "colleague_asked_by"),
                migrations.AlterField(
                    "reading",
                    "colleague_asked_by",
                    models.ForeignKey(
                        blank=True,
                        db_column="held_by_id",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ]
        )
    ]
