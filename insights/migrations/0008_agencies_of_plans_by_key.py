import re

from django.db import migrations, models


def make_key(name):
    return re.sub(r"[\W_]+", "", name).casefold()


def find_keys(apps, schema_editor):
    """Give each agency of a plan the key of the one on the list that is called so, or was."""
    listed = apps.get_model("consultation", "KnownAgency").objects.exclude(status="secret")
    keys = {make_key(name): key for key, name in listed.values_list("key", "name")}
    keys |= {key: key for key in keys.values()}
    for agency in apps.get_model("insights", "Agency").objects.filter(list_key=""):
        agency.list_key = keys.get(make_key(agency.name), "")
        agency.save(update_fields=["list_key"])


class Migration(migrations.Migration):
    dependencies = [("consultation", "0018_agencies_are_a_list"), ("insights", "0007_reports_and_decisions")]

    operations = [
        migrations.AddField("agency", "list_key", models.CharField(blank=True, max_length=120)),
        migrations.RunPython(find_keys, migrations.RunPython.noop),
    ]
