"""Hides, in themes by themes, numbers that the mirrored cell hid: of an ordinary theme by a grave one, 5 to 9 people were
shown where the grave one by the ordinary one said "fewer than 10"; and a number stood where the other said "nearly all".
"""

import hashlib
import json

from django.db import migrations

NEARLY_ALL, NEARLY_ALL_OF_ROW = "nearly all", "nearly all of the row"


def hide_as_mirrored(table):
    """Whether any number of the table was hidden."""
    cells, found = [row["cells"] for row in table["rows"]], False
    for at, row in enumerate(cells):
        for beside, cell in enumerate(row):
            mirror = cells[beside][at]
            if cell["value"] is not None and mirror["value"] is None:
                sign = NEARLY_ALL_OF_ROW if mirror["symbol"] == NEARLY_ALL else mirror["symbol"]
                cell |= {"value": None, "symbol": sign, "percent": None}
                found = True
    return found


def fingerprint(release):
    """As release_verification.fingerprint_figures."""
    tables = list(release.figures.order_by("kind", "key").values_list("kind", "key", "table"))
    return hashlib.sha256(json.dumps([release.people, tables], sort_keys=True).encode()).hexdigest()


def mend_releases(apps, schema_editor):
    """A release is immutable, but a leak is mended. What was changed by somebody before still does not verify."""
    for figure in apps.get_model("insights", "Figure").objects.filter(kind="themes-with").select_related("release"):
        release = figure.release
        is_as_frozen = release.verification.get("fingerprint") == fingerprint(release)
        if hide_as_mirrored(figure.table):
            figure.save(update_fields=["table"])
            if is_as_frozen:
                release.verification["fingerprint"] = fingerprint(release)
                release.save(update_fields=["verification"])


class Migration(migrations.Migration):
    dependencies = [("insights", "0023_objections_to_decisions")]
    operations = [migrations.RunPython(mend_releases, migrations.RunPython.noop)]
