import re
from collections import Counter, defaultdict

import django.db.models.deletion
import django.db.models.functions
from django.db import migrations, models

NAMED_BY = ("User", "Agreement", "ApiClient")


def key_of(name):
    return re.sub(r"[\W_]+", "", name).casefold()


def find_key(model, text):
    """An account whose agency had no letter had none; an agreement or a program must name one."""
    return key_of(text) or (None if model.__name__ == "User" else "unnamed")


def build_agency_field():
    return models.ForeignKey(
        blank=True,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="consultation.knownagency",
    )


def list_agencies(apps, editor):
    """Each agency that an account, agreement or program names stands on the list; every spelling is kept with it."""
    KnownAgency, spellings = apps.get_model("consultation", "KnownAgency"), defaultdict(Counter)
    named = [apps.get_model("cms", name) for name in NAMED_BY]
    for model in named:
        for text in model.objects.exclude(agency_text="").values_list("agency_text", flat=True):
            if find_key(model, text):
                spellings[find_key(model, text)][text.strip()] += 1
    for key, texts in spellings.items():
        names = [text for text, _ in texts.most_common()]
        known = KnownAgency.objects.filter(key=key).first() or KnownAgency(key=key, name=names[0], kind="other")
        if known.status == "secret":  # leads alone knew it; its people have accounts, so it is no secret
            names, known.name = [*names, known.name], names[0]
        known.status = "listed"
        others = dict.fromkeys([*known.other_names.splitlines(), *names])
        known.other_names = "\n".join(name for name in others if name != known.name)
        known.save()
    for model in named:
        for text in set(model.objects.exclude(agency_text="").values_list("agency_text", flat=True)):
            model.objects.filter(agency_text=text).update(agency_id=find_key(model, text))


class Migration(migrations.Migration):
    dependencies = [("cms", "0006_requests_of_a_minute"), ("consultation", "0018_agencies_are_a_list")]

    operations = [
        migrations.AlterModelOptions(
            "agreement", {"ordering": [django.db.models.functions.Lower("agency__name"), "-ends"]}
        ),
        migrations.AlterModelOptions("apiclient", {"ordering": ["agency__name", "name", "pk"]}),
        *(migrations.RenameField(name.lower(), "agency", "agency_text") for name in NAMED_BY),
        *(migrations.AddField(name.lower(), "agency", build_agency_field()) for name in NAMED_BY),
        migrations.RunPython(list_agencies, migrations.RunPython.noop),
    ]
