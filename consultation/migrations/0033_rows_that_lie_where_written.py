"""Rows of answer tables say whether the sweep of storage order has still to move them. Earlier ones it has moved.

The column comes by plain SQL: Django would write each table of a SQLite file anew, three times.
"""

from django.db import migrations, models

from consultation.domain.key_order import RowPlace

# {model: (name of its index, primary key's field, primary key's column)}
TABLES = {
    "answer": ("answers", "id", "id"),
    "contactrequest": ("contact_requests", "id", "id"),
    "equalityrow": ("equality_rows", "id", "id"),
    "groupsession": ("group_sessions", "id", "id"),
    "heardanswer": ("heard_answers", "id", "id"),
    "importedresponse": ("imported", "response", "response_id"),
    "invitationcode": ("invitation_codes", "digest", "digest"),
    "mailbox": ("mailboxes", "id", "id"),
    "mailboxmessage": ("mailbox_messages", "id", "id"),
    "receipt": ("receipts", "digest", "digest"),
    "response": ("responses", "id", "id"),
    "screening": ("screenings", "answer", "answer_id"),
    "tombstone": ("tombstones", "digest", "digest"),
    "waitingevent": ("waiting_events", "id", "id"),
    "withdrawntext": ("withdrawn_texts", "id", "id"),
}
# PostgreSQL fills the column of earlier rows at once, whatever their number; then comes the value of rows that older
# code still writes.
POSTGRESQL = (
    'ALTER TABLE {table} ADD COLUMN settled smallint NOT NULL DEFAULT 2 CHECK ("settled" >= 0)',
    "ALTER TABLE {table} ALTER COLUMN settled SET DEFAULT 0",
)
SQLITE = (
    'ALTER TABLE {table} ADD COLUMN "settled" smallint unsigned NOT NULL DEFAULT 0 CHECK ("settled" >= 0)',
    "UPDATE {table} SET settled = 2",
)
INDEX = 'CREATE INDEX "{name}_unsettled" ON {table} ("settled", "{key}") WHERE "settled" < 2'


def add_columns(apps, schema_editor):
    columns = POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE
    for model, (name, _, key) in TABLES.items():
        for sql in (*columns, INDEX):
            schema_editor.execute(sql.format(table=f'"consultation_{model}"', name=name, key=key))


def drop_columns(apps, schema_editor):
    for model, (name, *_) in TABLES.items():
        schema_editor.execute(f'DROP INDEX "{name}_unsettled"')
        schema_editor.execute(f'ALTER TABLE "consultation_{model}" DROP COLUMN "settled"')


def describe_columns():
    field = models.PositiveSmallIntegerField(db_default=RowPlace.NEW, default=RowPlace.NEW, editable=False)
    unsettled = models.Q(settled__lt=RowPlace.FOR_GOOD)
    for model, (name, key, _) in TABLES.items():
        yield migrations.AddField(model, "settled", field)
        index = models.Index(condition=unsettled, fields=["settled", key], name=f"{name}_unsettled")
        yield migrations.AddIndex(model, index)


class Migration(migrations.Migration):
    dependencies = [("consultation", "0032_redaction_comes_after_screening")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(add_columns, drop_columns)],
            state_operations=list(describe_columns()),
        )
    ]
