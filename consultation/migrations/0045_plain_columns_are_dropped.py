"""Drops the plain columns that 0.2.0 emptied, and the table of notices. The code of 0.2.0 names none of
them, so it can serve meanwhile; that of 0.1.0 cannot.

Where a process of 0.1.0 wrote while 0.2.0 was put in, nothing sealed was written: that is sealed now, and what stands
beside a sealed value, which 0.2.0 never showed, is emptied, since PostgreSQL keeps a dropped value until its row is
written anew; a flag is not lost with it. So from now on each sealed value is there: no default stands for it, and no order is null.
"""

from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

from consultation.responses.sealed_json_field import SealedJSONField

NONE = models.Value([], models.JSONField())
TEXT = (models.TextField, {"blank": True, "db_default": ""}, "")
LEVEL = (models.PositiveSmallIntegerField, {"default": 0, "db_default": 0}, 0)
PRIORITY = (models.CharField, {"max_length": 2, "blank": True, "db_default": ""}, "")
# {model: {plain column: (its field, what it was emptied to)}}
PLAIN = {
    "screening": {
        "flagged": (models.BooleanField, {"db_default": False}, False),
        "priority": PRIORITY,
        "language": (models.CharField, {"max_length": 8, "blank": True, "db_default": ""}, ""),
        "alerted": LEVEL,
        "score": (models.FloatField, {"db_default": 0}, 0),
        "reasons": (models.JSONField, {"default": list, "db_default": NONE}, []),
        "spans": (models.JSONField, {"default": list, "null": True}, None),
    },
    "mailbox": {"priority": PRIORITY, "due": (models.DateTimeField, {"null": True, "blank": True}, None), "alerted": LEVEL},
    "reading": {"spans": (models.JSONField, {"default": list, "db_default": NONE}, []), "note": TEXT},
    "draft": {"marks": (models.JSONField, {"null": True, "blank": True}, None), "note": TEXT},
    "originalopened": {"reason": TEXT},
}  # fmt: skip
# {model: (its sealed fields, where a process of 0.1.0 wrote a row)}
SEALED = {
    "screening": (["order", "reasons", "spans"], Q(order=None) | Q(reasons=b"")),
    "mailbox": (["alerted"], Q(alerted=b"")),
    "reading": (["spans", "note"], Q(spans=None) | Q(note=b"")),
    "draft": (["marks", "note"], Q(note=b"")),
    "originalopened": (["reason"], Q(reason=b"")),
}


def seal_what_is_left(apps, schema_editor):
    """Each row is saved once: PostgreSQL alters no table with a row that was changed twice in the transaction."""
    for model, (sealed, unsealed) in SEALED.items():
        emptied = {f"plain_{name}": empty for name, (*_, empty) in PLAIN[model].items()}
        is_emptied = Q(*((name, empty) if empty is not None else (f"{name}__isnull", True) for name, empty in emptied.items()))
        for row in apps.get_model("consultation", model).objects.filter(unsealed | ~is_emptied).iterator():
            if model == "screening":
                if row.__dict__["order"] and row.plain_flagged:  # 0.1.0 flags what was screened when a name is reported
                    row.reported = True
                row.plain_order = [True, row.plain_priority, row.plain_language]  # as 0.2.0 has it: somebody must look
            for name in sealed:
                if not row.__dict__[name]:
                    setattr(row, name, getattr(row, f"plain_{name}"))
            for name, empty in emptied.items():
                setattr(row, name, empty)
            row.save()


def describe_what_is_dropped():
    for model, columns in PLAIN.items():
        for name, (field, options, _) in columns.items():
            yield migrations.AddField(model, f"plain_{name}", field(db_column=name, **options))
    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+", db_constraint=False
    )
    yield migrations.CreateModel("UrgentNotice", [("person", person), ("slot", models.DateTimeField())])


def ask_for_sealed_values():
    note = {"default": str, "least": 256}
    for model, name, options in (
        ("screening", "order", {}),
        ("screening", "reasons", {"default": list, "least": 1024}),
        ("mailbox", "alerted", {"default": 0, "least": 3}),
        ("reading", "spans", {"default": list, "least": 512}),
        ("reading", "note", note),
        ("draft", "note", note),
        ("originalopened", "reason", note),
    ):
        yield migrations.AlterField(model, name, SealedJSONField(db_column=f"sealed_{name}", **options))


class Migration(migrations.Migration):
    dependencies = [("consultation", "0044_tables_of_version_0_2_0")]

    operations = [
        migrations.SeparateDatabaseAndState(state_operations=list(describe_what_is_dropped())),
        migrations.RunPython(seal_what_is_left, migrations.RunPython.noop),
        *(migrations.RemoveField(model, f"plain_{name}") for model, columns in PLAIN.items() for name in columns),
        migrations.DeleteModel("UrgentNotice"),
        *ask_for_sealed_values(),  # last, as it reads whole tables: then it waits for no other lock
    ]
