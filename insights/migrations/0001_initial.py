import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cms', '__first__'),
        ('consultation', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='InsightsAction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
            options={
                'permissions': [('code_themes', 'Code themes'), ('propose_codebook', 'Propose codebook changes'), ('approve_codebook', 'Approve a codebook version'), ('view_reports', 'View reports'), ('export', 'Export disclosure-controlled figures'), ('draft_decision', 'Draft a decision'), ('publish_decision', 'Publish a decision or feedback page'), ('publish_release', 'Publish a release'), ('approve_quote', 'Approve a quote for the public')],
                'managed': False,
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Codebook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True)),
                ('name', models.CharField(max_length=120)),
            ],
        ),
        migrations.CreateModel(
            name='Text',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('respondent', models.UUIDField(db_index=True)),
                ('question', models.CharField(max_length=40)),
                ('language', models.CharField(max_length=5)),
                ('audience', models.CharField(max_length=24)),
                ('text', models.TextField()),
                ('quotable', models.BooleanField(default=True)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consultation.publishedversion')),
            ],
            options={
                'indexes': [models.Index(fields=['version', 'question'], name='text_question')],
            },
        ),
        migrations.CreateModel(
            name='LedgerEntry',
            fields=[
                ('seq', models.BigIntegerField(primary_key=True, serialize=False)),
                ('prev', models.CharField(max_length=64)),
                ('hash', models.CharField(max_length=64, unique=True)),
                ('day', models.CharField(max_length=10)),
                ('actor', models.CharField(blank=True, max_length=40)),
                ('verb', models.CharField(max_length=40)),
                ('decision', models.CharField(max_length=80)),
                ('data', models.JSONField(default=dict)),
            ],
            options={
                'verbose_name_plural': 'ledger entries',
            },
        ),
        migrations.CreateModel(
            name='CodebookVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('label', models.CharField(blank=True, max_length=40)),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('approved', 'Approved'), ('superseded', 'Superseded')], default='draft', max_length=10)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('approved_by', models.ManyToManyField(blank=True, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('codebook', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='insights.codebook')),
            ],
            options={
                'ordering': ['codebook', 'number'],
                'constraints': [models.UniqueConstraint(fields=('codebook', 'number'), name='one_codebook_version_of_a_number')],
            },
        ),
        migrations.CreateModel(
            name='CodingStatus',
            fields=[
                ('text', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='status', serialize=False, to='insights.text')),
                ('memo', models.TextField(blank=True)),
                ('coder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='insights.codebookversion')),
            ],
        ),
        migrations.CreateModel(
            name='MachineReading',
            fields=[
                ('text', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='machine', serialize=False, to='insights.text')),
                ('engine', models.CharField(max_length=60)),
                ('polarity', models.FloatField()),
                ('sentiment', models.CharField(max_length=8)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='insights.codebookversion')),
            ],
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('title', models.CharField(max_length=160)),
                ('we_asked', models.TextField()),
                ('you_said', models.TextField()),
                ('outcome', models.CharField(choices=[('yes', 'Yes'), ('partly', 'Partly'), ('not-now', 'Not now'), ('no', 'No'), ('already', 'Already here'), ('passed-on', 'Passed on')], max_length=10)),
                ('we_did', models.TextField()),
                ('reason', models.TextField(blank=True)),
                ('alternative', models.TextField(blank=True, help_text='What we offer in its place, or “none”.')),
                ('lead_role', models.CharField(max_length=120)),
                ('agency', models.CharField(blank=True, max_length=120)),
                ('partners', models.JSONField(blank=True, default=list)),
                ('decided', models.DateField()),
                ('due', models.DateField(blank=True, null=True)),
                ('next_update', models.DateField(blank=True, null=True)),
                ('progress', models.CharField(choices=[('planned', 'Planned'), ('started', 'Started'), ('done', 'Done'), ('stopped', 'Stopped')], default='planned', max_length=8)),
                ('measure', models.TextField(blank=True)),
                ('easy', models.JSONField(blank=True, default=dict)),
                ('translations', models.JSONField(blank=True, default=dict)),
                ('links', models.JSONField(blank=True, default=list)),
                ('online', models.BooleanField(default=False)),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published')], default='draft', max_length=9)),
                ('published_on', models.DateField(blank=True, null=True)),
                ('consultations', models.ManyToManyField(related_name='+', to='consultation.consultationpage')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-decided', 'title'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('outcome__in', ['partly', 'not-now', 'no']), _negated=True), models.Q(models.Q(('reason', ''), _negated=True), models.Q(('alternative', ''), _negated=True)), _connector='OR'), name='no_needs_a_reason_and_an_alternative'), models.CheckConstraint(condition=models.Q(models.Q(('published_by__isnull', True), ('published_on__isnull', True), ('status', 'draft')), models.Q(('published_by__isnull', False), ('published_on__isnull', False), ('status', 'published')), _connector='OR'), name='published_by_and_on_together_or_neither'), models.CheckConstraint(condition=models.Q(('published_by__isnull', True), models.Q(('published_by', models.F('created_by')), _negated=True), _connector='OR'), name='two_people_publish_a_decision')],
            },
        ),
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('status', models.CharField(choices=[('draft', 'Waits for a second person'), ('published', 'Published')], default='draft', max_length=9)),
                ('rules', models.JSONField(default=dict)),
                ('people', models.PositiveIntegerField(null=True)),
                ('made_on', models.DateField()),
                ('published_on', models.DateField(blank=True, null=True)),
                ('codebook_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='insights.codebookversion')),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consultation.consultationpage')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['consultation', '-number'],
                'constraints': [models.UniqueConstraint(fields=('consultation', 'number'), name='one_release_of_a_number'), models.CheckConstraint(condition=models.Q(models.Q(('published_on__isnull', True), ('status', 'draft')), models.Q(('published_on__isnull', False), ('status', 'published')), _connector='OR'), name='published_release_has_a_day'), models.CheckConstraint(condition=models.Q(('published_by__isnull', True), models.Q(('published_by', models.F('made_by')), _negated=True), _connector='OR'), name='two_people_publish_a_release')],
            },
        ),
        migrations.CreateModel(
            name='Figure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('key', models.CharField(max_length=80)),
                ('order', models.PositiveIntegerField(default=0)),
                ('title', models.TextField()),
                ('table', models.JSONField()),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='figures', to='insights.release')),
            ],
            options={
                'ordering': ['release', 'order'],
                'constraints': [models.UniqueConstraint(fields=('release', 'kind', 'key'), name='one_figure_of_a_key')],
            },
        ),
        migrations.CreateModel(
            name='Theme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80)),
                ('codebook', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='themes', to='insights.codebook')),
            ],
            options={
                'ordering': ['slug'],
                'constraints': [models.UniqueConstraint(fields=('codebook', 'slug'), name='one_theme_of_a_slug')],
            },
        ),
        migrations.CreateModel(
            name='Quote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.CharField(max_length=40)),
                ('audience', models.CharField(max_length=24)),
                ('language', models.CharField(default='en', max_length=5)),
                ('text', models.TextField(blank=True)),
                ('erased', models.BooleanField(default=False)),
                ('featured', models.BooleanField(default=False)),
                ('public_approved_by', models.ManyToManyField(blank=True, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('source_text', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='quotes', to='insights.text')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consultation.publishedversion')),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='quotes', to='insights.release')),
                ('theme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='quotes', to='insights.theme')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('release', 'theme', 'source_text'), name='one_quote_of_a_text_in_a_theme'), models.CheckConstraint(condition=models.Q(('erased', False), ('text', ''), _connector='OR'), name='erased_quote_has_no_words')],
            },
        ),
        migrations.CreateModel(
            name='QuoteKey',
            fields=[
                ('quote', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='ledger_key', serialize=False, to='insights.quote')),
                ('key', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='Code',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(choices=[('rule', 'Rule'), ('model', 'Model'), ('person', 'Person')], max_length=6)),
                ('confidence', models.FloatField(null=True)),
                ('because', models.JSONField(default=list)),
                ('engine', models.CharField(blank=True, max_length=60)),
                ('coder', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='insights.codebookversion')),
                ('text', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='codes', to='insights.text')),
                ('theme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='codes', to='insights.theme')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('source', 'person')), fields=('text', 'theme', 'coder'), name='one_code_per_coder'), models.UniqueConstraint(condition=models.Q(('source', 'person'), _negated=True), fields=('text', 'theme', 'source'), name='one_proposal_per_source'), models.CheckConstraint(condition=models.Q(models.Q(('coder__isnull', False), ('confidence__isnull', True), ('source', 'person')), models.Q(models.Q(('source', 'person'), _negated=True), ('coder__isnull', True), ('confidence__isnull', False)), _connector='OR'), name='a_person_or_a_machine_codes')],
            },
        ),
        migrations.CreateModel(
            name='Citation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.CharField(blank=True, max_length=40)),
                ('bearing', models.CharField(choices=[('supports', 'Supports'), ('challenges', 'Challenges'), ('context', 'Context')], default='supports', max_length=10)),
                ('seen', models.JSONField(default=dict)),
                ('codebook_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='insights.codebookversion')),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='citations', to='insights.decision')),
                ('quote', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='citations', to='insights.quote')),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='citations', to='insights.release')),
                ('theme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='citations', to='insights.theme')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('quote__isnull', True)), fields=('decision', 'release', 'theme'), name='cite_a_theme_once'), models.UniqueConstraint(fields=('decision', 'quote'), name='cite_a_quote_once')],
            },
        ),
        migrations.CreateModel(
            name='ThemeEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(max_length=160)),
                ('family', models.CharField(blank=True, max_length=60)),
                ('definition', models.TextField(blank=True)),
                ('include', models.TextField(blank=True)),
                ('exclude', models.TextField(blank=True)),
                ('examples', models.JSONField(default=list)),
                ('keywords', models.JSONField(default=list)),
                ('links', models.JSONField(default=list)),
                ('gravity', models.PositiveSmallIntegerField(default=1)),
                ('online', models.BooleanField(default=False)),
                ('theme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='insights.theme')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='insights.codebookversion')),
            ],
            options={
                'ordering': ['label'],
                'constraints': [models.UniqueConstraint(fields=('version', 'theme'), name='one_entry_of_a_theme_in_a_version')],
            },
        ),
    ]
