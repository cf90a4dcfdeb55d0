"""What the screen found in words, and what it proposes to hide, is sealed to the answer key as the words are.

Sealed values have columns of their own. The plain ones are emptied and stay for one release without a use, because
older code still serves meanwhile: it shows a flag without its reasons, and proposes anew what is to hide. What it writes
into them until its restart stays there until the next release drops them. A score that nobody read goes with them.
"""

from django.db import migrations, models

from consultation.domain.migration_batches import change_in_batches
from consultation.responses.sealed_json_field import SealedJSONField

PLAIN, SEALED = ("reasons", "spans"), ("sealed_reasons", "sealed_spans")


def seal(row):
    row.sealed_reasons, row.sealed_spans = row.reasons, row.spans
    row.reasons, row.spans, row.score = [], None, 0


def unseal(row):
    row.reasons, row.spans = row.sealed_reasons, row.sealed_spans


def seal_findings(apps, schema_editor):
    change_in_batches(apps.get_model("consultation", "Screening"), seal, [*PLAIN, *SEALED, "score"])


def open_findings(apps, schema_editor):
    """Needs the private key."""
    change_in_batches(apps.get_model("consultation", "Screening"), unseal, PLAIN)


REASONS = {"default": list, "db_default": b"", "least": 1024}
SPANS = {"null": True, "least": 512}


def put_in_place_of_plain_ones():
    """State alone: the model's fields are the sealed columns, under the names of the plain ones."""
    yield migrations.RemoveField("screening", "score")
    for name, options in (("reasons", REASONS), ("spans", SPANS | {"default": list})):
        yield migrations.RemoveField("screening", name)
        yield migrations.RenameField("screening", f"sealed_{name}", name)
        yield migrations.AlterField("screening", name, SealedJSONField(db_column=f"sealed_{name}", **options))


class Migration(migrations.Migration):
    dependencies = [("consultation", "0034_responses_by_version_and_key")]

    operations = [
        migrations.RemoveIndex("screening", "screenings_unredacted"),
        migrations.AlterField("screening", "score", models.FloatField(db_default=0)),
        migrations.AlterField(
            "screening", "reasons", models.JSONField(default=list, db_default=models.Value([], models.JSONField()))
        ),
        migrations.AddField("screening", "reported", models.BooleanField(default=False, db_default=False)),
        migrations.AddField("screening", "sealed_reasons", SealedJSONField(**REASONS)),
        migrations.AddField("screening", "sealed_spans", SealedJSONField(**SPANS)),
        migrations.RunPython(seal_findings, open_findings),
        migrations.SeparateDatabaseAndState(state_operations=list(put_in_place_of_plain_ones())),
        migrations.AddIndex(
            "screening",
            models.Index(fields=["flagged"], condition=models.Q(spans__isnull=True), name="screenings_unredacted"),
        ),
    ]
