import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

LINKED = [("person", "The same person"), ("place", "The same place")]


def build_person_field(**more):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, **more
    )


def build_case_field(name):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.CASCADE, related_name=name, to="consultation.triagecase"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("consultation", "0018_agencies_are_a_list"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveField("triagecase", "agency_text"),
        migrations.RemoveField("triagecase", "agency_key"),
        migrations.RemoveField("withdrawntext", "agency_key"),
        migrations.RemoveField("mailbox", "agency_key"),
        migrations.RemoveField("casereferral", "agency_text"),
        migrations.AlterField(
            "casereferral",
            "agency",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="consultation.knownagency"
            ),
        ),
        migrations.AddField("withdrawntext", "sealed_handover", models.BinaryField(blank=True, null=True)),
        migrations.AddField("mailbox", "sealed_handover", models.BinaryField(blank=True, null=True)),
        migrations.CreateModel(
            name="CaseLink",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(choices=LINKED, max_length=6)),
                ("sealed_note", models.BinaryField()),
                ("made_at", models.DateTimeField()),
                ("sealed_end_reason", models.BinaryField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_by", build_person_field(blank=True, null=True)),
                ("made_by", build_person_field()),
                ("one", build_case_field("links_from")),
                ("other", build_case_field("links_to")),
            ],
            options={
                "ordering": ["made_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("one", models.F("other")), _negated=True),
                        name="a_case_is_linked_with_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            sealed_end_reason__isnull=True, ended_by__isnull=True, ended_at__isnull=True
                        )
                        | models.Q(sealed_end_reason__isnull=False, ended_by__isnull=False, ended_at__isnull=False),
                        name="an_ended_link_has_reason_person_and_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseSearch",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("searched_at", models.DateTimeField()),
                ("sealed_reason", models.BinaryField()),
                ("opened", models.PositiveSmallIntegerField()),
                ("found", models.PositiveSmallIntegerField()),
                ("by", build_person_field()),
            ],
            options={"ordering": ["-searched_at", "pk"], "verbose_name_plural": "case searches"},
        ),
    ]
