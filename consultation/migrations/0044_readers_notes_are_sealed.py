"""What readers write of a child's words is sealed to the answer key as the words are: their notes, the places and kinds of
what they hid, their unfinished work, and why an original was opened.

The plain columns are emptied and stay for one release without a use, because older code still serves meanwhile. What it
writes into them until its restart is not seen again: a draft begins anew, a question to a colleague has no note, and from an
answer without places nothing is learned.
"""

from django.db import migrations, models

from consultation.domain.migration_batches import change_in_batches
from consultation.responses.sealed_json_field import SealedJSONField

NOTE = {"default": str, "db_default": b"", "least": 256}
PLACES = {"null": True, "least": 512}
NO_PLACES = models.Value([], models.JSONField())
# (model, field, the plain field, what it is emptied to, the plain field with a default for newer code, the sealed field)
FIELDS = [
    (
        "reading",
        "spans",
        models.JSONField(default=list, db_column="spans"),
        [],
        models.JSONField(default=list, db_default=NO_PLACES, db_column="spans"),
        SealedJSONField(default=list, db_column="sealed_spans", **PLACES),
    ),
    (
        "draft",
        "marks",
        models.JSONField(null=True, blank=True, db_column="marks"),
        None,
        models.JSONField(null=True, blank=True, db_column="marks"),
        SealedJSONField(db_column="sealed_marks", **PLACES),
    ),
    *(
        (
            model,
            name,
            models.TextField(blank=True, db_column=name),
            "",
            models.TextField(blank=True, db_default="", db_column=name),
            SealedJSONField(db_column=f"sealed_{name}", **NOTE),
        )
        for model, name in (("reading", "note"), ("draft", "note"), ("originalopened", "reason"))
    ),
]
MODELS = ["reading", "draft", "originalopened"]


def seal_notes(apps, schema_editor):
    for model in MODELS:
        plain = {name: empty for of, name, _, empty, *_ in FIELDS if of == model}

        def seal(row, plain=plain):
            for name, empty in plain.items():
                setattr(row, name, getattr(row, f"plain_{name}"))
                setattr(row, f"plain_{name}", empty)

        names = [*plain, *(f"plain_{name}" for name in plain)]
        change_in_batches(apps.get_model("consultation", model), seal, names)


def open_notes(apps, schema_editor):
    """Needs the private key."""
    for model in MODELS:
        names = [name for of, name, *_ in FIELDS if of == model]

        def unseal(row, names=names):
            for name in names:
                setattr(row, f"plain_{name}", getattr(row, name))

        change_in_batches(apps.get_model("consultation", model), unseal, [f"plain_{name}" for name in names])


def put_plain_aside():
    """State alone: the plain columns under other names."""
    for model, name, plain, *_ in FIELDS:
        yield migrations.RemoveField(model, name)
        yield migrations.AddField(model, f"plain_{name}", plain)


def add_sealed():
    for model, name, _, _, plain, sealed in FIELDS:
        yield migrations.AlterField(model, f"plain_{name}", plain)
        yield migrations.AddField(model, name, sealed)


class Migration(migrations.Migration):
    dependencies = [("consultation", "0043_clocks_of_mailboxes_are_sealed")]

    operations = [
        migrations.RemoveConstraint("originalopened", "an_original_is_opened_for_a_reason"),
        migrations.SeparateDatabaseAndState(state_operations=list(put_plain_aside())),
        *add_sealed(),
        migrations.RunPython(seal_notes, open_notes),
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.RemoveField(model, f"plain_{name}") for model, name, *_ in FIELDS]
        ),
    ]
