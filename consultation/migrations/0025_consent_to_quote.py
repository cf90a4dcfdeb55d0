from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("consultation", "0023_first_release_that_counts")]

    operations = [migrations.AddField("response", "may_quote", models.BooleanField(blank=True, null=True))]
