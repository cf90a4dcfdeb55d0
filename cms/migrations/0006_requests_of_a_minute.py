import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cms', '0005_api_clients'),
    ]

    operations = [
        migrations.CreateModel(
            name='ApiMinute',
            fields=[
                ('client', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='cms.apiclient')),
                ('minute', models.BigIntegerField(default=0)),
                ('requests', models.PositiveIntegerField(default=0)),
            ],
        ),
    ]
