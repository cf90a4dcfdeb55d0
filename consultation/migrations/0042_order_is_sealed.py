"""That an answer is flagged, how urgently, by when it is due, its language, and who was told of it, is sealed to the answer
key: a copy of the database does not tell which child disclosed what.

The plain columns are emptied and stay for one release without a use, with the table of notices, because older code still
serves meanwhile: its desk shows no flags until its restart. What it screens in that time is screened anew.
"""

from datetime import UTC, datetime

from django.conf import settings
from django.db import migrations, models

from consultation.domain.migration_batches import change_in_batches
from consultation.responses.sealed_json_field import SealedJSONField

UNDECIDED = ("unread", "held")
PLAIN = ["flagged", "priority", "language", "alerted"]
OF_0035 = {
    "plain_reasons": models.JSONField(
        default=list, db_default=models.Value([], models.JSONField()), db_column="reasons"
    ),
    "plain_spans": models.JSONField(default=list, null=True, db_column="spans"),
    "score": models.FloatField(db_default=0),
}


def seal_order(apps, schema_editor):
    get = apps.get_model
    answers, notices = get("consultation", "Answer").objects, get("consultation", "UrgentNotice").objects
    slots = dict(answers.filter(due__isnull=False).values_list("pk", "due"))
    undecided = set(answers.filter(state__in=UNDECIDED).values_list("pk", flat=True))
    levels = {}

    def seal(row):
        row.order = [row.flagged, row.priority, row.language]
        if row.pk in slots:
            row.clock = slots[row.pk].astimezone(UTC).isoformat()
        elif row.pk in undecided:
            row.clock = ""
        if row.alerted and row.pk in undecided:
            levels[row.pk.hex] = row.alerted
        row.flagged, row.priority, row.language, row.alerted = False, "", "", 0

    change_in_batches(get("consultation", "Screening"), seal, ["order", "clock", *PLAIN])
    told = {str(each.person_id): each.slot.astimezone(UTC).isoformat() for each in notices.all()}
    if levels or told:
        get("consultation", "UrgentNotices").objects.create(told={"levels": levels, "slots": told})
    notices.all().delete()
    answers.filter(due__isnull=False).update(due=None)


def open_order(apps, schema_editor):
    """Needs the private key."""
    answers, due = apps.get_model("consultation", "Answer").objects, {}

    def unseal(row):
        row.flagged, row.priority, row.language = row.order or (False, "", "")
        if row.clock:
            due[row.pk] = datetime.fromisoformat(row.clock)

    change_in_batches(apps.get_model("consultation", "Screening"), unseal, PLAIN[:3])
    for key, slot in due.items():
        answers.filter(pk=key).update(due=slot)


class Migration(migrations.Migration):
    dependencies = [("consultation", "0041_second_officers_of_panels")]

    operations = [
        # The table stays, and must not keep its people from being deleted, nor their table from being emptied.
        migrations.AlterField(
            "urgentnotice",
            "person",
            models.OneToOneField(
                settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+", db_constraint=False
            ),
        ),
        # SQLite makes the table anew, from what the state knows: else the plain columns of 0035 would be dropped now.
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.AddField("screening", name, field) for name, field in OF_0035.items()]
        ),
        migrations.RemoveConstraint("screening", "a_flag_has_a_priority"),
        migrations.RemoveIndex("screening", "screenings_unredacted"),
        migrations.AlterField("screening", "flagged", models.BooleanField(db_default=False)),
        migrations.AlterField("screening", "priority", models.CharField(max_length=2, blank=True, db_default="")),
        migrations.AlterField("screening", "language", models.CharField(max_length=8, blank=True, db_default="")),
        migrations.AlterField("screening", "alerted", models.PositiveSmallIntegerField(default=0, db_default=0)),
        migrations.AddField("screening", "order", SealedJSONField(null=True, db_column="sealed_order", least=0)),
        migrations.AddField("screening", "clock", SealedJSONField(null=True, db_column="sealed_clock", least=0)),
        migrations.CreateModel(
            name="UrgentNotices",
            fields=[
                ("id", models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False, serialize=False)),
                ("told", SealedJSONField(default=dict, least=4096)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(id=1), name="there_is_one_row_of_urgent_notices")
                ]
            },
        ),
        migrations.RunPython(seal_order, open_order),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                *(migrations.RemoveField("screening", name) for name in (*PLAIN, *OF_0035)),
                migrations.RemoveField("answer", "due"),
                migrations.DeleteModel("UrgentNotice"),
            ]
        ),
        migrations.AddIndex(
            "screening",
            models.Index(fields=["answer"], condition=models.Q(spans__isnull=True), name="screenings_unredacted"),
        ),
    ]
