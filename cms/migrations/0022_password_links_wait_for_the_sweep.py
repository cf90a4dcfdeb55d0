import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cms", "0021_former_queue_is_dropped")]

    operations = [
        migrations.CreateModel(
            name="PasswordLinkRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("person", models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE,
                                             related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
        ),
    ]  # fmt: skip
