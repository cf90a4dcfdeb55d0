import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def drop_triggers(apps, schema_editor):
    """SQLite makes a table anew and refuses while triggers name it. After the migration they are installed again."""
    if schema_editor.connection.vendor != "sqlite":
        return
    with schema_editor.connection.cursor() as cursor:
        for table in ("insights_decision", "insights_outcomeupdate"):
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE %s", [f"%{table}%"])
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")


class Migration(migrations.Migration):

    dependencies = [
        ('consultation', '0038_replies_and_paper'),
        ('insights', '0024_mask_mirrored_pairs'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(drop_triggers, migrations.RunPython.noop),
        migrations.RemoveConstraint(
            model_name='decision',
            name='no_needs_a_reason_and_an_alternative',
        ),
        migrations.AlterField(
            model_name='minorityvoice',
            name='written_by',
            field=models.ForeignKey(db_column='written_by_id', on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.RenameField(
            model_name='minorityvoice',
            old_name='written_by',
            new_name='made_by',
        ),
        migrations.AlterField(
            model_name='minorityvoice',
            name='written_on',
            field=models.DateField(db_column='written_on'),
        ),
        migrations.RenameField(
            model_name='minorityvoice',
            old_name='written_on',
            new_name='made_on',
        ),
        migrations.AddField(
            model_name='check',
            name='hard_because',
            field=models.CharField(blank=True, db_default='', default='', max_length=300),
        ),
        migrations.AddField(
            model_name='decision',
            name='hard_because',
            field=models.CharField(blank=True, db_default='', default='', max_length=300),
        ),
        migrations.AddField(
            model_name='minorityvoice',
            name='published_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='minorityvoice',
            name='published_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='minorityvoice',
            name='status',
            field=models.CharField(choices=[('draft', 'Waits for a second person'), ('published', 'Published')], db_default='draft', default='draft', max_length=9),
        ),
        migrations.AddField(
            model_name='minorityvoice',
            name='writers',
            field=models.ManyToManyField(related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='results',
            name='hard_because',
            field=models.CharField(blank=True, db_default='', default='', max_length=300),
        ),
        migrations.AddField(
            model_name='results',
            name='picked',
            field=models.JSONField(blank=True, db_default=[], default=list),
        ),
        migrations.AlterField(
            model_name='outcomeupdate',
            name='hard_because',
            field=models.CharField(blank=True, db_default='', default='', max_length=300),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('status', 'draft'), models.Q(('outcome__in', ['partly', 'not-now', 'no']), _negated=True), models.Q(models.Q(('reason', ''), _negated=True), models.Q(('alternative', ''), _negated=True)), _connector='OR'), name='no_needs_a_reason_and_an_alternative'),
        ),
        migrations.AddConstraint(
            model_name='minorityvoice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('published_by__isnull', True), ('published_on__isnull', True), ('status', 'draft')), models.Q(('published_by__isnull', False), ('published_on__isnull', False), ('status', 'published')), _connector='OR'), name='voice_published_by_and_on_together'),
        ),
        migrations.AddConstraint(
            model_name='minorityvoice',
            constraint=models.CheckConstraint(condition=models.Q(('published_by__isnull', True), models.Q(('published_by', models.F('made_by')), _negated=True), _connector='OR'), name='others_publish_a_voice'),
        ),
        migrations.RunPython(migrations.RunPython.noop, drop_triggers),  # first of all on the way back
    ]
