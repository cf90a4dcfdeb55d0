"""One index of responses by version and key in place of the one by version: a report reads them in chunks of keys."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("consultation", "0033_rows_that_lie_where_written")]

    operations = [
        migrations.AddIndex("response", models.Index(fields=["version", "id"], name="responses_by_key")),
        migrations.AlterField(
            "response",
            "version",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="responses",
                to="consultation.publishedversion",
            ),
        ),
    ]
