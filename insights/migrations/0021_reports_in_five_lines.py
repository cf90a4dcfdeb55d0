from django.db import migrations


def join_last_lines(apps, schema_editor):
    """What is few but grave and what no decision answers stand in one line: the words stay, and so does a signature."""
    for summary in apps.get_model("insights", "ReportSummary").objects.all():
        last = [line for line in summary.lines if line["slot"] in ("grave", "unanswered")]
        if last:
            words, links = " ".join(line["words"] for line in last), [link for line in last for link in line["links"]]
            kept = [line for line in summary.lines if line not in last]
            one = {"slot": "open", "words": words, "links": list(dict.fromkeys(links)), "quote": None}
            summary.lines = [*kept, one]
            summary.save(update_fields=["lines"])


class Migration(migrations.Migration):
    dependencies = [("insights", "0020_withheld_and_new_words")]
    operations = [migrations.RunPython(join_last_lines, migrations.RunPython.noop)]
