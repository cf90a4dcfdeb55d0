import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cms', '__first__'),
        ('consultation', '0003_drafts_and_practice'),
    ]

    operations = [
        migrations.CreateModel(
            name='CaseNote',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('sealed', models.BinaryField()),
                ('written_at', models.DateTimeField()),
                ('kind', models.CharField(choices=[('brought', 'Brought here'), ('note', 'Note'), ('seen', 'Saw the words'), ('closed', 'Closed'), ('sent', 'Printed for another agency')], default='note', max_length=7)),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='consultation.triagecase')),
            ],
            options={
                'ordering': ['written_at', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ChainHead',
            fields=[
                ('chain', models.CharField(max_length=60, primary_key=True, serialize=False)),
                ('seq', models.BigIntegerField()),
                ('hash', models.CharField(max_length=64)),
                ('seal', models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name='ContactNote',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('sealed', models.BinaryField()),
                ('written_at', models.DateTimeField()),
                ('after', models.CharField(choices=[('new', 'New'), ('claimed', 'Taken'), ('tried', 'Tried, not reached'), ('reached', 'Reached'), ('closed', 'Closed')], max_length=9)),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('contact', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='consultation.contactrequest')),
            ],
            options={
                'ordering': ['written_at', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DayOff',
            fields=[
                ('day', models.DateField(primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=80)),
            ],
            options={
                'ordering': ['day'],
            },
        ),
        migrations.CreateModel(
            name='DutyDay',
            fields=[
                ('day', models.DateField(primary_key=True, serialize=False)),
                ('backup', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('lead', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['day'],
                'constraints': [models.CheckConstraint(condition=models.Q(('lead__isnull', True), ('backup__isnull', True), models.Q(('lead', models.F('backup')), _negated=True), _connector='OR'), name='nobody_is_their_own_backup')],
            },
        ),
        migrations.CreateModel(
            name='KnownWords',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('place', 'Place'), ('title', 'Title of staff'), ('public', 'Not personal here')], max_length=6)),
                ('words', models.CharField(max_length=80)),
                ('consultation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='known_words', to='consultation.consultationpage')),
            ],
            options={
                'ordering': ['words'],
                'constraints': [models.UniqueConstraint(models.F('kind'), django.db.models.functions.text.Lower('words'), condition=models.Q(('consultation__isnull', True)), name='known_words_once_everywhere'), models.UniqueConstraint(models.F('consultation'), django.db.models.functions.text.Lower('words'), condition=models.Q(('consultation__isnull', False)), name='known_words_once_in_a_consultation'), models.CheckConstraint(condition=models.Q(('consultation__isnull', True), ('kind', 'public'), _connector='OR'), name='places_and_titles_are_known_everywhere')],
            },
        ),
        migrations.CreateModel(
            name='OpenHours',
            fields=[
                ('weekday', models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ('opens', models.TimeField(blank=True, null=True)),
                ('closes', models.TimeField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('weekday__lte', 6)), name='seven_weekdays'), models.CheckConstraint(condition=models.Q(models.Q(('closes__isnull', True), ('opens__isnull', True)), models.Q(('closes__isnull', False), ('opens__isnull', False), ('opens__lt', models.F('closes'))), _connector='OR'), name='opens_before_it_closes')],
            },
        ),
        migrations.CreateModel(
            name='OriginalOpened',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField()),
                ('day', models.DateField(default=django.utils.timezone.localdate)),
                ('answer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='openings', to='consultation.answer')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='an_original_is_opened_for_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='Tombstone',
            fields=[
                ('digest', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('keep_until', models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name='WaitingEvent',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('day', models.CharField(max_length=10)),
                ('actor', models.CharField(blank=True, max_length=40)),
                ('verb', models.CharField(max_length=60)),
                ('object_type', models.CharField(blank=True, max_length=60)),
                ('object_id', models.CharField(blank=True, max_length=64)),
                ('data', models.JSONField(default=dict)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='triagecase',
            name='closing_needs_outcome_reason_duty_and_who',
        ),
        migrations.RemoveField(
            model_name='contactrequest',
            name='outcome',
        ),
        migrations.AddField(
            model_name='contactrequest',
            name='alerted',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='triagecase',
            name='agency',
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name='triagecase',
            name='agency_key',
            field=models.CharField(blank=True, db_index=True, max_length=120),
        ),
        migrations.AddField(
            model_name='triagecase',
            name='moved_at',
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
        migrations.AddField(
            model_name='triagecase',
            name='sealed_reason',
            field=models.BinaryField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='triagecase',
            name='sealed_reference',
            field=models.BinaryField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='triagecase',
            name='second_view_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='withdrawntext',
            name='agency_key',
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name='withdrawntext',
            name='alerted',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='withdrawntext',
            name='keep_until',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='contactrequest',
            name='state',
            field=models.CharField(choices=[('new', 'New'), ('claimed', 'Taken'), ('tried', 'Tried, not reached'), ('reached', 'Reached'), ('closed', 'Closed')], default='new', max_length=9),
        ),
        migrations.AddConstraint(
            model_name='contactrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'closed'), ('closed_on__isnull', False)), models.Q(models.Q(('state', 'closed'), _negated=True), ('closed_on__isnull', True)), _connector='OR'), name='a_closed_request_has_its_day'),
        ),
        migrations.AddConstraint(
            model_name='contactrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('claimed_by__isnull', True), ('state', 'new')), models.Q(models.Q(('state', 'new'), _negated=True), ('claimed_by__isnull', False)), _connector='OR'), name='a_request_is_with_someone_once_taken'),
        ),
        migrations.AddConstraint(
            model_name='triagecase',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'closed'), _negated=True), models.Q(models.Q(('outcome', ''), _negated=True), models.Q(('reporting_duty', ''), _negated=True), ('closed_at__isnull', False), ('decided_by__isnull', False), ('sealed_reason__isnull', False), ('sealed_reference__isnull', False)), _connector='OR'), name='closing_needs_outcome_reason_duty_reference_and_who'),
        ),
        migrations.AddConstraint(
            model_name='triagecase',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('priority', 'T1'), ('state', 'no-concern'), _negated=True), models.Q(('outcome', 'false positive'), ('priority', 'T1'), _negated=True)), models.Q(('first_view_by__isnull', False), ('second_view_by__isnull', False), models.Q(('first_view_by', models.F('second_view_by')), _negated=True)), _connector='OR'), name='two_leads_for_no_concern_on_t1'),
        ),
        migrations.AddConstraint(
            model_name='triagecase',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('agency', ''), ('agency_key', '')), models.Q(models.Q(('agency', ''), _negated=True), models.Q(('agency_key', ''), _negated=True)), _connector='OR'), name='an_agency_has_its_key'),
        ),
        migrations.RemoveField(
            model_name='triagecase',
            name='reason',
        ),
        migrations.RemoveField(
            model_name='triagecase',
            name='reference',
        ),
        migrations.RemoveField(
            model_name='triagecase',
            name='why',
        ),
    ]
