from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('consultation', '0037_copied_texts'),
    ]

    operations = [
        migrations.AddField(
            model_name='consultationpage',
            name='paper_runner',
            field=models.CharField(blank=True, db_default='', default='', help_text='Printed on the form, such as “Rother Council and the police”.', max_length=120, verbose_name='who runs it'),
        ),
        migrations.AddField(
            model_name='consultationpage',
            name='paper_desk',
            field=models.CharField(blank=True, db_default='', default='', help_text='Printed on the form: a place and its hours.', max_length=200, verbose_name='where to hand it in'),
        ),
        migrations.AlterField(
            model_name='consultationpage',
            name='paper_address',
            field=models.CharField(blank=True, help_text='Printed on the form. Empty: people hand it in.', max_length=200, verbose_name='freepost address'),
        ),
        migrations.AlterField(
            model_name='response',
            name='channel',
            field=models.CharField(choices=[('web', 'On the web'), ('kiosk', 'Shared tablet'), ('paper', 'On paper'), ('helped', 'By phone or with a helper'), ('group', 'Group session'), ('import', 'Import'), ('reply', 'Reply to a decision')], default='web', max_length=6),
        ),
    ]
