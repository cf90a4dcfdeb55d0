import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cms', '__first__'),
        ('consultation', '0009_closer_headings_and_checks'),
        ('insights', '0006_understanding'),
    ]

    operations = [
        migrations.CreateModel(
            name='Agency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, unique=True)),
                ('slug', models.SlugField(max_length=80, unique=True)),
            ],
            options={
                'verbose_name_plural': 'agencies',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='ActionItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('what', models.CharField(max_length=300)),
                ('lead_role', models.CharField(blank=True, max_length=120)),
                ('due', models.DateField(blank=True, null=True)),
                ('status', models.CharField(choices=[('planned', 'Planned'), ('started', 'Started'), ('done', 'Done'), ('stopped', 'Stopped')], default='planned', max_length=8)),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='insights.decision')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='insights.agency')),
            ],
            options={
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ChangePoll',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('opens', models.DateField()),
                ('closes', models.DateField()),
                ('status', models.CharField(choices=[('draft', 'Waits for a second person'), ('published', 'Published')], default='draft', max_length=9)),
                ('made_on', models.DateField()),
                ('published_on', models.DateField(blank=True, null=True)),
                ('counted_on', models.DateField(blank=True, null=True)),
                ('table', models.JSONField(default=dict)),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consultation.consultationpage')),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='polls', to='insights.decision')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-opens', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('published_by__isnull', True), ('published_on__isnull', True), ('status', 'draft')), models.Q(('published_by__isnull', False), ('published_on__isnull', False), ('status', 'published')), _connector='OR'), name='a_poll_published_by_and_on_together'), models.CheckConstraint(condition=models.Q(('published_by__isnull', True), models.Q(('published_by', models.F('made_by')), _negated=True), _connector='OR'), name='two_people_publish_a_poll'), models.CheckConstraint(condition=models.Q(('closes__gte', models.F('opens'))), name='a_poll_closes_after_it_opens')],
            },
        ),
        migrations.CreateModel(
            name='Dismissal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=500)),
                ('day', models.DateField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dismissals', to='insights.decision')),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='insights.release')),
                ('theme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='insights.theme')),
            ],
            options={
                'ordering': ['-day', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('decision', 'release', 'theme'), name='dismiss_an_alert_once'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='a_dismissal_has_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='FigureCitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.CharField(max_length=120)),
                ('row', models.CharField(blank=True, max_length=80)),
                ('bearing', models.CharField(choices=[('supports', 'Supports'), ('challenges', 'Challenges'), ('context', 'Context')], default='supports', max_length=10)),
                ('seen', models.JSONField(default=dict)),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='figure_citations', to='insights.decision')),
                ('figure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='citations', to='insights.figure')),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='insights.release')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consultation.publishedversion')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('decision', 'figure', 'row'), name='cite_a_figure_once', violation_error_message='This figure is cited already.')],
            },
        ),
        migrations.CreateModel(
            name='ItemUpdate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('status', models.CharField(choices=[('planned', 'Planned'), ('started', 'Started'), ('done', 'Done'), ('stopped', 'Stopped')], max_length=8)),
                ('words', models.CharField(max_length=600)),
                ('due_was', models.DateField(blank=True, null=True)),
                ('due', models.DateField(blank=True, null=True)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='updates', to='insights.actionitem')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-day', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='an_update_says_something')],
            },
        ),
        migrations.CreateModel(
            name='KeptPage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('address', models.CharField(max_length=500)),
                ('shared', models.BooleanField(default=False)),
                ('kept_on', models.DateField()),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['name', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('owner', 'address'), name='one_page_kept_once')],
            },
        ),
        migrations.CreateModel(
            name='Ledger',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.BinaryField()),
                ('check_value', models.CharField(max_length=16)),
                ('consultation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consultation.consultationpage')),
            ],
        ),
        migrations.CreateModel(
            name='LedgerHead',
            fields=[
                ('day', models.CharField(max_length=10, primary_key=True, serialize=False)),
                ('seq', models.BigIntegerField(unique=True)),
                ('hash', models.CharField(max_length=64)),
                ('key', models.CharField(max_length=44)),
                ('signature', models.CharField(max_length=88)),
            ],
            options={
                'ordering': ['seq'],
            },
        ),
        migrations.CreateModel(
            name='LedgerPage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rules', models.JSONField()),
                ('people', models.BinaryField()),
                ('ledger', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pages', to='insights.ledger')),
                ('release', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='insights.release')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='LedgerFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('key', models.CharField(max_length=250)),
                ('table', models.JSONField()),
                ('places', models.JSONField(default=list)),
                ('bits', models.BinaryField()),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='figures', to='insights.ledgerpage')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('page', 'kind', 'key'), name='one_ledger_figure_of_a_key')],
            },
        ),
        migrations.CreateModel(
            name='Measure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('what', models.CharField(max_length=200)),
                ('unit', models.CharField(choices=[('percent', 'percent'), ('people', 'people'), ('things', 'things (lights, visits, pages ...)'), ('days', 'days')], default='percent', max_length=8)),
                ('baseline', models.DecimalField(blank=True, decimal_places=1, max_digits=9, null=True)),
                ('baseline_on', models.DateField(blank=True, null=True)),
                ('target', models.DecimalField(blank=True, decimal_places=1, max_digits=9, null=True)),
                ('by', models.DateField(blank=True, null=True)),
                ('question', models.CharField(blank=True, max_length=120)),
                ('consultation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consultation.consultationpage')),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='insights.decision')),
            ],
            options={
                'ordering': ['order', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('unit', 'people'), _negated=True), models.Q(models.Q(('baseline__isnull', True), ('baseline__gte', 10), _connector='OR'), models.Q(('target__isnull', True), ('target__gte', 10), _connector='OR')), _connector='OR'), name='a_measure_shows_no_few_people'), models.CheckConstraint(condition=models.Q(('question', ''), ('consultation__isnull', False), _connector='OR'), name='a_measures_question_has_a_consultation')],
            },
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.TextField(max_length=1000)),
                ('shared', models.BooleanField(default=False)),
                ('written_on', models.DateField()),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='insights.release')),
                ('theme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='insights.theme')),
            ],
            options={
                'ordering': ['-written_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Option',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('words', models.CharField(max_length=300)),
                ('chosen', models.BooleanField(default=False)),
                ('why', models.CharField(blank=True, max_length=500)),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='options', to='insights.decision')),
            ],
            options={
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='OutcomeUpdate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verdict', models.CharField(choices=[('worked', 'It worked'), ('partly', 'It worked in part'), ('not', 'It did not work')], max_length=6)),
                ('words', models.JSONField(default=dict)),
                ('hard_because', models.CharField(blank=True, max_length=300)),
                ('status', models.CharField(choices=[('draft', 'Waits for a second person'), ('published', 'Published')], default='draft', max_length=9)),
                ('made_on', models.DateField()),
                ('published_on', models.DateField(blank=True, null=True)),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outcome_updates', to='insights.decision')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('writers', models.ManyToManyField(related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-published_on', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('published_by__isnull', True), ('published_on__isnull', True), ('status', 'draft')), models.Q(('published_by__isnull', False), ('published_on__isnull', False), ('status', 'published')), _connector='OR'), name='an_outcome_published_by_and_on_together'), models.CheckConstraint(condition=models.Q(('published_by__isnull', True), models.Q(('published_by', models.F('made_by')), _negated=True), _connector='OR'), name='two_people_publish_an_outcome')],
            },
        ),
        migrations.CreateModel(
            name='OutcomeEvidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.CharField(blank=True, max_length=120)),
                ('option', models.CharField(blank=True, max_length=80)),
                ('bearing', models.CharField(choices=[('worked', 'It worked'), ('partly', 'It worked in part'), ('not', 'It did not work')], max_length=6)),
                ('seen', models.JSONField(default=dict)),
                ('before', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='insights.release')),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='insights.release')),
                ('theme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='insights.theme')),
                ('update', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to='insights.outcomeupdate')),
            ],
            options={
                'verbose_name_plural': 'outcome evidence',
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('before__isnull', True), ('option', ''), ('question', ''), ('theme__isnull', False)), models.Q(('theme__isnull', True), models.Q(('question', ''), _negated=True), models.Q(('option', ''), _negated=True)), _connector='OR'), name='an_outcome_cites_a_theme_or_an_answer'), models.UniqueConstraint(fields=('update', 'release', 'theme'), name='an_outcome_cites_a_theme_once'), models.UniqueConstraint(condition=models.Q(('theme__isnull', True)), fields=('update', 'release', 'question', 'option'), name='an_outcome_cites_an_answer_once')],
            },
        ),
        migrations.CreateModel(
            name='Paper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('report', 'The report of a release'), ('assessment', 'A strategic assessment')], max_length=10)),
                ('subject', models.CharField(max_length=40)),
                ('for_all', models.BooleanField(default=False)),
                ('mark', models.CharField(blank=True, max_length=200)),
                ('digest', models.CharField(max_length=40)),
                ('content', models.BinaryField(null=True)),
                ('trouble', models.CharField(blank=True, max_length=200)),
                ('wanted_on', models.DateField(default=django.utils.timezone.localdate)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'subject', 'for_all', 'mark'), name='one_paper_of_an_edition')],
            },
        ),
        migrations.CreateModel(
            name='ReleaseOrder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('preview', 'Preview'), ('release', 'Release')], max_length=7)),
                ('preset', models.CharField(max_length=10)),
                ('status', models.CharField(choices=[('asked', 'Waits for a second person'), ('waiting', 'Waits for its turn'), ('running', 'At work'), ('done', 'Done'), ('failed', 'Not made')], default='waiting', max_length=7)),
                ('stage', models.CharField(blank=True, choices=[('reading', 'Reading the answers'), ('tables', 'Protecting the questions'), ('themes', 'Protecting the themes'), ('keeping', 'Storing it')], max_length=7)),
                ('done', models.PositiveIntegerField(default=0)),
                ('total', models.PositiveIntegerField(default=0)),
                ('asked_on', models.DateField()),
                ('why_not', models.TextField(blank=True)),
                ('preview', models.JSONField(default=list)),
                ('people', models.PositiveIntegerField(default=0)),
                ('agreed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consultation.consultationpage')),
                ('release', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='insights.release')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('status__in', ('asked', 'waiting', 'running'))), fields=('consultation',), name='one_release_order_at_a_time'), models.CheckConstraint(condition=models.Q(('agreed_by__isnull', True), models.Q(('agreed_by', models.F('asked_by')), _negated=True), _connector='OR'), name='another_person_agrees_to_rules')],
            },
        ),
        migrations.AlterModelOptions(
            name='insightsaction',
            options={'default_permissions': (), 'managed': False, 'permissions': [('code_themes', 'Code themes'), ('propose_codebook', 'Propose codebook changes'), ('approve_codebook', 'Approve a codebook version'), ('view_reports', 'View reports'), ('export', 'Export disclosure-controlled figures'), ('draft_decision', 'Draft a decision'), ('publish_decision', 'Publish a decision or feedback page'), ('update_action', "Say how an action of one's own agency goes"), ('publish_release', 'Publish a release'), ('approve_quote', 'Approve a quote for the public')]},
        ),
        migrations.AddField(
            model_name='decision',
            name='audiences',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name='decision',
            name='follows',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followed_by', to='insights.decision'),
        ),
        migrations.AddField(
            model_name='decision',
            name='follows_how',
            field=models.CharField(blank=True, choices=[('replaces', 'Takes its place'), ('amends', 'Changes a part of it')], max_length=8),
        ),
        migrations.AddField(
            model_name='decision',
            name='question',
            field=models.CharField(blank=True, help_text='What had to be decided, as one question.', max_length=300),
        ),
        migrations.AddField(
            model_name='discoveryrun',
            name='tries',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='proposedcitation',
            name='figure',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='insights.figure'),
        ),
        migrations.AddField(
            model_name='proposedcitation',
            name='row',
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name='release',
            name='coding',
            field=models.JSONField(default=dict),
        ),
        migrations.AlterField(
            model_name='decision',
            name='lead_role',
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AlterField(
            model_name='decision',
            name='we_asked',
            field=models.TextField(blank=True),
        ),
        migrations.AlterField(
            model_name='decision',
            name='we_did',
            field=models.TextField(blank=True),
        ),
        migrations.AlterField(
            model_name='decision',
            name='you_said',
            field=models.TextField(blank=True),
        ),
        migrations.AlterField(
            model_name='discoveryrun',
            name='status',
            field=models.CharField(choices=[('waiting', 'Waits for its turn'), ('running', 'At work'), ('done', 'Done'), ('too_few', 'Too few answers'), ('failed', 'Could not be done')], default='waiting', max_length=8),
        ),
        migrations.AlterField(
            model_name='figure',
            name='key',
            field=models.CharField(max_length=250),
        ),
        migrations.AlterField(
            model_name='proposedcitation',
            name='theme',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='insights.theme'),
        ),
        migrations.AddIndex(
            model_name='quote',
            index=models.Index(condition=models.Q(('featured', True)), fields=['release', 'theme'], name='featured'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('follows__isnull', True), ('follows_how', '')), models.Q(('follows__isnull', False), ('follows_how__in', ['replaces', 'amends'])), _connector='OR'), name='follows_and_how_together_or_neither'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('follows__isnull', True), models.Q(('follows', models.F('pk')), _negated=True), _connector='OR'), name='a_decision_follows_another_one'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(condition=models.Q(('follows_how', 'replaces'), ('status', 'published')), fields=('follows',), name='one_decision_takes_anothers_place'),
        ),
        migrations.AddConstraint(
            model_name='proposedcitation',
            constraint=models.UniqueConstraint(fields=('decision', 'figure', 'row'), name='propose_a_figure_once', violation_error_message='This figure is proposed already.'),
        ),
        migrations.AddConstraint(
            model_name='proposedcitation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('figure__isnull', True), ('theme__isnull', False)), models.Q(('figure__isnull', False), ('quote__isnull', True), ('theme__isnull', True)), _connector='OR'), name='propose_a_theme_or_a_figure'),
        ),
        migrations.AlterConstraint(
            model_name='citation',
            name='cite_a_theme_once',
            constraint=models.UniqueConstraint(condition=models.Q(('quote__isnull', True)), fields=('decision', 'release', 'theme'), name='cite_a_theme_once', violation_error_message='This theme is cited already.'),
        ),
        migrations.AlterConstraint(
            model_name='citation',
            name='cite_a_quote_once',
            constraint=models.UniqueConstraint(fields=('decision', 'quote'), name='cite_a_quote_once', violation_error_message='These words are cited already.'),
        ),
        migrations.AlterConstraint(
            model_name='proposedcitation',
            name='propose_a_theme_once',
            constraint=models.UniqueConstraint(condition=models.Q(('quote__isnull', True)), fields=('decision', 'release', 'theme'), name='propose_a_theme_once', violation_error_message='This theme is proposed already.'),
        ),
        migrations.AlterConstraint(
            model_name='proposedcitation',
            name='propose_a_quote_once',
            constraint=models.UniqueConstraint(fields=('decision', 'quote'), name='propose_a_quote_once', violation_error_message='These words are proposed already.'),
        ),
    ]
