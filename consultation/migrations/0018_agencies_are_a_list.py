import re
from collections import Counter, defaultdict

import django.db.models.deletion
import django.db.models.functions
from django.conf import settings
from django.db import migrations, models

KINDS = [
    ("council", "Council"),
    ("social-care", "Children's social care"),
    ("police", "Police"),
    ("health", "Health"),
    ("school", "School or college"),
    ("voluntary", "Voluntary or community organisation"),
    ("national", "National service"),
    ("route", "A way to report, for which nobody here works"),
    ("other", "Something else"),
]
STATUSES = [
    ("listed", "On the list"),
    ("proposed", "Named in a referral"),
    ("secret", "Known to leads"),
    ("retired", "Not offered any more"),
]
REFERRALS = {
    "front door/MASH": "social-care",
    "police 999": "route",
    "police 101 or intelligence": "route",
    "LADO": "route",
    "CEOP": "national",
    "NRM": "route",
    "Forced Marriage Unit": "national",
    "school DSL": "route",
    "existing worker told": "route",
}


def key_of(name):
    return re.sub(r"[\W_]+", "", name).casefold()


def build_agency_field(**more):
    return models.ForeignKey(
        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="consultation.knownagency", **more
    )


def list_agencies(apps, editor):
    """Each agency that a text names becomes one of the list; every spelling is kept with it."""
    KnownAgency, TriageCase, WithdrawnText, Mailbox, CaseReferral = (
        apps.get_model("consultation", name)
        for name in ("KnownAgency", "TriageCase", "WithdrawnText", "Mailbox", "CaseReferral")
    )
    for name, kind in REFERRALS.items():
        KnownAgency.objects.get_or_create(key=key_of(name), defaults={"name": name, "kind": kind, "status": "listed"})
    spellings = defaultdict(Counter)
    for key, text in TriageCase.objects.exclude(agency_key="").values_list("agency_key", "agency_text"):
        spellings[key][text] += 1
    for model in (WithdrawnText, Mailbox):
        for key in model.objects.exclude(agency_key="").values_list("agency_key", flat=True):
            spellings[key][key] += 0
    for key, texts in spellings.items():
        names = [text for text, _ in texts.most_common()]
        fields = {"name": names[0], "status": "secret", "other_names": "\n".join(names[1:])}
        KnownAgency.objects.get_or_create(key=key, defaults=fields)
    for model in (TriageCase, WithdrawnText, Mailbox):
        model.objects.exclude(agency_key="").update(agency_id=models.F("agency_key"))
    for text in set(CaseReferral.objects.values_list("agency_text", flat=True)):
        KnownAgency.objects.get_or_create(key=key_of(text), defaults={"name": text, "status": "proposed"})
        CaseReferral.objects.filter(agency_text=text).update(agency_id=key_of(text))


class Migration(migrations.Migration):
    dependencies = [
        ("consultation", "0017_languages_of_readers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="KnownAgency",
            fields=[
                ("key", models.CharField(editable=False, max_length=120, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=120)),
                ("kind", models.CharField(choices=KINDS, default="other", max_length=11)),
                ("reach", models.TextField(blank=True, verbose_name="How to reach it")),
                ("status", models.CharField(choices=STATUSES, default="listed", max_length=8)),
                ("other_names", models.TextField(blank=True)),
            ],
            options={
                "ordering": [django.db.models.functions.Lower("name"), "key"],
                "verbose_name_plural": "agencies",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("key", ""), _negated=True), name="an_agency_on_the_list_has_a_key"
                    )
                ],
            },
        ),
        migrations.RemoveConstraint("triagecase", "an_agency_has_its_key"),
        migrations.RenameField("triagecase", "agency", "agency_text"),
        migrations.RenameField("casereferral", "agency", "agency_text"),
        migrations.AddField("triagecase", "agency", build_agency_field(blank=True)),
        migrations.AddField("withdrawntext", "agency", build_agency_field(blank=True)),
        migrations.AddField("mailbox", "agency", build_agency_field(blank=True)),
        migrations.AddField("casereferral", "agency", build_agency_field()),
        migrations.RunPython(list_agencies, migrations.RunPython.noop),
    ]
