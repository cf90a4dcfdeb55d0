from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("consultation", "0049_a_deleted_import_is_called_deleted")]

    operations = [
        migrations.AddField("kiosk", "sessions_ended", models.PositiveIntegerField(db_default=0, default=0)),
    ]
