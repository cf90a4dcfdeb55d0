from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cms', '0014_sweeps_are_rows'),
    ]

    operations = [
        migrations.CreateModel(
            name='ToldAlarm',
            fields=[
                ('key', models.CharField(max_length=60, primary_key=True, serialize=False)),
                ('told_at', models.DateTimeField()),
            ],
        ),
    ]
