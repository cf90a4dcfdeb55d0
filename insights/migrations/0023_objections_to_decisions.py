import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('insights', '0022_offers_are_screened'),
    ]

    operations = [
        migrations.CreateModel(
            name='ObjectionPicture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rows', models.PositiveIntegerField()),
                ('made_on', models.DateField()),
                ('table', models.JSONField(default=dict)),
                ('decision', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='objection_picture', to='insights.decision')),
            ],
        ),
    ]
