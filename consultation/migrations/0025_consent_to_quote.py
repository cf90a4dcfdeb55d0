from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("consultation", "0024_waves")]

    operations = [migrations.AddField("response", "may_quote", models.BooleanField(blank=True, null=True))]
