import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('insights', '0028_plain_contacts_are_dropped'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='commitmentnote',
            name='published_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='commitmentnote',
            name='published_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='commitmentnote',
            name='status',
            field=models.CharField(choices=[('draft', 'Waits for a second person'), ('published', 'Published')], db_default='draft', default='draft', max_length=9),
        ),
        migrations.AddConstraint(
            model_name='commitmentnote',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('published_by__isnull', True), ('published_on__isnull', True), ('status', 'draft')), models.Q(('published_by__isnull', False), ('published_on__isnull', False), ('status', 'published')), _connector='OR'), name='commitment_note_published_by_and_on_together'),
        ),
        migrations.AddConstraint(
            model_name='commitmentnote',
            constraint=models.CheckConstraint(condition=models.Q(('published_by__isnull', True), models.Q(('published_by', models.F('written_by')), _negated=True), _connector='OR'), name='two_people_publish_a_commitment_note'),
        ),
    ]
