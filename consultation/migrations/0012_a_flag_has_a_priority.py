from django.db import migrations, models


def give_flags_a_priority(apps, schema_editor):
    """A flag without one was of a text that the screen could not read: T2, read on the same day."""
    apps.get_model("consultation", "Screening").objects.filter(flagged=True, priority="").update(priority="T2")


class Migration(migrations.Migration):

    dependencies = [
        ("consultation", "0011_deadlines_stand_in_clocks"),
    ]

    operations = [
        migrations.RunPython(give_flags_a_priority, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="screening",
            constraint=models.CheckConstraint(
                condition=models.Q(("flagged", False), ("priority__in", ["T1", "T2", "T3"]), _connector="OR"),
                name="a_flag_has_a_priority",
            ),
        ),
    ]
