"""A minority view that two people approved is public, as every other record is: by status, second person and day.

The day on which it was written stands for that of the second approval, which no row kept.
"""

from django.db import migrations


def publish_approved_views(apps, schema_editor):
    for view in apps.get_model("insights", "MinorityVoice").objects.exclude(words="").filter(status="draft"):
        approvers = [person for person in view.approved_by.order_by("pk") if person.pk != view.made_by_id]
        if len(approvers) >= 2:
            view.status, view.published_by, view.published_on = "published", approvers[-1], view.made_on
            view.save(update_fields=["status", "published_by", "published_on"])


class Migration(migrations.Migration):
    dependencies = [("insights", "0025_one_way_of_publishing")]
    operations = [migrations.RunPython(publish_approved_views, migrations.RunPython.noop)]
