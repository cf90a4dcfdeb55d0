import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cms', '__first__'),
        ('consultation', '0009_closer_headings_and_checks'),
        ('insights', '0005_reach_and_results'),
    ]

    operations = [
        migrations.CreateModel(
            name='Check',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.JSONField(default=dict)),
                ('opens', models.DateField()),
                ('closes', models.DateField()),
                ('status', models.CharField(choices=[('draft', 'Waits for a second person'), ('published', 'Published')], default='draft', max_length=9)),
                ('made_on', models.DateField()),
                ('published_on', models.DateField(blank=True, null=True)),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consultation.consultationpage')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='insights.release')),
                ('theme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='insights.theme')),
                ('writers', models.ManyToManyField(related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-opens', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('release', 'theme'), name='one_check_of_a_theme_in_a_release'), models.CheckConstraint(condition=models.Q(('closes__gte', models.F('opens'))), name='a_check_closes_after_it_opens'), models.CheckConstraint(condition=models.Q(models.Q(('published_by__isnull', True), ('published_on__isnull', True), ('status', 'draft')), models.Q(('published_by__isnull', False), ('published_on__isnull', False), ('status', 'published')), _connector='OR'), name='check_published_by_and_on_together'), models.CheckConstraint(condition=models.Q(('published_by__isnull', True), models.Q(('published_by', models.F('made_by')), _negated=True), _connector='OR'), name='two_people_publish_a_check')],
            },
        ),
        migrations.CreateModel(
            name='CheckPicture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rows', models.PositiveIntegerField()),
                ('made_on', models.DateField()),
                ('table', models.JSONField(default=dict)),
                ('check_of', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='picture', to='insights.check')),
            ],
        ),
        migrations.CreateModel(
            name='DeskPlace',
            fields=[
                ('text', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='place', serialize=False, to='insights.text')),
                ('key', models.CharField(max_length=255)),
                ('sure', models.FloatField(default=0)),
                ('unread', models.BooleanField(default=False)),
                ('looked', models.BooleanField(default=False)),
                ('upto', models.PositiveBigIntegerField(default=0)),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='consultation.consultationpage')),
                ('lead', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='insights.theme')),
            ],
            options={
                'indexes': [models.Index(fields=['consultation', 'key'], name='desk_line'), models.Index(condition=models.Q(('unread', True)), fields=['consultation'], name='desk_unread')],
            },
        ),
        migrations.CreateModel(
            name='DoubleCoding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('size', models.PositiveIntegerField()),
                ('drawn_on', models.DateField()),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('measured', models.BooleanField(default=False)),
                ('figures', models.JSONField(default=dict)),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consultation.consultationpage')),
                ('drawn_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('second', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='insights.codebookversion')),
            ],
            options={
                'ordering': ['-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True)), fields=('consultation',), name='one_open_double_coding'), models.CheckConstraint(condition=models.Q(('measured', False), ('ended_on__isnull', False), _connector='OR'), name='measured_when_it_has_ended')],
            },
        ),
        migrations.CreateModel(
            name='LearnedModel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('waiting', 'To be fitted'), ('live', 'In use'), ('refit', 'In use, to be refitted'), ('kept', 'Kept'), ('rolled_back', 'Rolled back'), ('erased', 'Erased')], max_length=12)),
                ('engine', models.CharField(blank=True, max_length=40)),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('artefact', models.BinaryField(default=b'')),
                ('texts', models.PositiveIntegerField(default=0)),
                ('people_a_term', models.PositiveSmallIntegerField(default=5)),
                ('figures', models.JSONField(default=dict)),
                ('why', models.CharField(max_length=200)),
                ('chosen', models.BooleanField(default=False)),
                ('made_on', models.DateField(null=True)),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('codebook', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='learned', to='insights.codebook')),
                ('learned_from', models.ManyToManyField(related_name='+', to='insights.text')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='learned', to='insights.codebookversion')),
            ],
            options={
                'ordering': ['codebook', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['live', 'refit'])), fields=('codebook',), name='one_model_in_use_a_codebook'), models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('codebook',), name='one_model_waits_a_codebook'), models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'erased']), models.Q(('digest', ''), _negated=True), _connector='OR'), name='a_model_to_use_is_fitted')],
            },
        ),
        migrations.CreateModel(
            name='MinorityVoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.TextField(blank=True)),
                ('written_on', models.DateField()),
                ('approved_by', models.ManyToManyField(blank=True, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='voices', to='insights.release')),
                ('rests_on', models.ManyToManyField(blank=True, related_name='+', to='insights.text')),
                ('theme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='insights.theme')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('release', 'theme'), name='one_voice_of_a_theme_in_a_release')],
            },
        ),
        migrations.CreateModel(
            name='ModelMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=300)),
                ('day', models.DateField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('instead_of', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='insights.learnedmodel')),
                ('model', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='insights.learnedmodel')),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='ProposedCitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('bearing', models.CharField(choices=[('supports', 'Supports'), ('challenges', 'Challenges'), ('context', 'Context')], default='supports', max_length=10)),
                ('made_on', models.DateField()),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proposed_citations', to='insights.decision')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('quote', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='insights.quote')),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='insights.release')),
                ('theme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='insights.theme')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('quote__isnull', True)), fields=('decision', 'release', 'theme'), name='propose_a_theme_once'), models.UniqueConstraint(fields=('decision', 'quote'), name='propose_a_quote_once')],
            },
        ),
        migrations.CreateModel(
            name='Recoding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('merge', 'Merged'), ('split', 'Split'), ('move', 'Moved'), ('retire', 'Retired')], max_length=6)),
                ('became', models.JSONField(default=list)),
                ('more', models.JSONField(default=dict)),
                ('coded_with', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='insights.codebookversion')),
                ('coder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('text', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recodings', to='insights.text')),
                ('theme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recodings', to='insights.theme')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recodings', to='insights.codebookversion')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='SampledText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('extra', models.BooleanField(default=False)),
                ('weight', models.FloatField(default=1)),
                ('disputed', models.BooleanField(default=False)),
                ('study', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sample', to='insights.doublecoding')),
                ('text', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='double_coded', to='insights.text')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('study', 'text'), name='a_text_once_in_a_sample')],
            },
        ),
        migrations.CreateModel(
            name='CodersChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('turn', models.CharField(choices=[('first', 'First choice'), ('second', 'Second choice')], max_length=6)),
                ('themes', models.JSONField(default=list)),
                ('stances', models.JSONField(default=dict)),
                ('note', models.TextField(blank=True)),
                ('coder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sampled', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='choices', to='insights.sampledtext')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('sampled', 'turn'), name='one_choice_a_turn')],
            },
        ),
        migrations.CreateModel(
            name='SavedSet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('shared', models.BooleanField(default=False)),
                ('choices', models.JSONField(default=dict)),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='consultation.consultationpage')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('consultation', 'owner', 'name'), name='one_saved_set_of_a_name')],
            },
        ),
        migrations.CreateModel(
            name='Settlement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kept', models.CharField(choices=[('first', 'The first choice'), ('second', 'The second choice'), ('both', 'The themes of both'), ('new', 'Another choice')], max_length=6)),
                ('themes', models.JSONField(default=list)),
                ('reason', models.TextField()),
                ('sampled', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='settlement', to='insights.sampledtext')),
                ('settled_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='a_settlement_has_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='Suggestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.JSONField(default=list)),
                ('phrases', models.JSONField(default=list)),
                ('centre', models.BinaryField()),
                ('reach', models.FloatField()),
                ('overlap', models.JSONField(default=list)),
                ('state', models.CharField(choices=[('open', 'Open'), ('accepted', 'Accepted as a draft theme'), ('joined', 'Added to a theme'), ('merged', 'Merged into another suggestion'), ('split', 'Split in two'), ('dismissed', 'Dismissed')], default='open', max_length=9)),
                ('added', models.JSONField(default=list)),
                ('reason', models.CharField(blank=True, choices=[('covered', 'The codebook has this already'), ('mixed', 'These answers do not belong together'), ('outside', 'It is not what we asked about'), ('nothing', 'There is nothing to learn from it'), ('other', 'Another reason')], max_length=8)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('decided_on', models.DateField(blank=True, null=True)),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consultation.consultationpage')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entry', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='insights.themeentry')),
                ('into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='insights.suggestion')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='insights.suggestion')),
                ('theme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='insights.theme')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('decided_by__isnull', True), ('decided_on__isnull', True), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('decided_by__isnull', False), ('decided_on__isnull', False)), _connector='OR'), name='a_suggestion_is_open_or_somebody_decided'), models.CheckConstraint(condition=models.Q(models.Q(('reason__gt', ''), ('state', 'dismissed')), models.Q(models.Q(('state', 'dismissed'), _negated=True), ('reason', '')), _connector='OR'), name='a_dismissed_suggestion_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('into__isnull', False), ('state', 'merged')), models.Q(models.Q(('state', 'merged'), _negated=True), ('into__isnull', True)), _connector='OR'), name='a_merged_suggestion_says_into_what')],
            },
        ),
        migrations.CreateModel(
            name='DiscoveryRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('waiting', 'Waits for its turn'), ('running', 'At work'), ('done', 'Done'), ('too_few', 'Too few answers')], default='waiting', max_length=8)),
                ('stage', models.CharField(blank=True, choices=[('reading', 'Reading the answers'), ('grouping', 'Finding groups that speak alike'), ('keeping', 'Comparing them with the codebook')], max_length=8)),
                ('asked_on', models.DateField()),
                ('done_on', models.DateField(blank=True, null=True)),
                ('left', models.PositiveIntegerField(default=0)),
                ('asked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consultation.consultationpage')),
                ('splits', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='cuts', to='insights.suggestion')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('splits__isnull', True), ('status__in', ('waiting', 'running'))), fields=('consultation',), name='one_discovery_at_a_time'), models.UniqueConstraint(condition=models.Q(('status__in', ('waiting', 'running'))), fields=('splits',), name='one_split_of_a_suggestion_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='Placement',
            fields=[
                ('text', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='placement', serialize=False, to='insights.text')),
                ('near', models.FloatField(default=0)),
                ('suggestion', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='own_placements', to='insights.suggestion')),
            ],
        ),
        migrations.CreateModel(
            name='ThemeAct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('merge', 'Merged'), ('split', 'Split'), ('move', 'Moved'), ('retire', 'Retired')], max_length=6)),
                ('why', models.TextField(blank=True)),
                ('before', models.JSONField(default=dict)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('into', models.ManyToManyField(blank=True, related_name='+', to='insights.theme')),
                ('theme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acts', to='insights.theme')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acts', to='insights.codebookversion')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Undoable',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.PositiveIntegerField()),
                ('before', models.JSONField(null=True)),
                ('after', models.CharField(max_length=20)),
                ('coder', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('text', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='insights.text')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('coder', 'step', 'text'), name='one_text_once_in_a_step')],
            },
        ),
        migrations.AlterModelOptions(
            name='themeentry',
            options={'ordering': ['place', 'label']},
        ),
        migrations.AddField(
            model_name='code',
            name='spans',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name='code',
            name='stance',
            field=models.CharField(blank=True, choices=[('agrees', 'Agrees'), ('disagrees', 'Disagrees'), ('mixed', 'Mixed')], default='', max_length=9),
        ),
        migrations.AddField(
            model_name='codebookversion',
            name='approved_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='codebookversion',
            name='based_on',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='insights.codebookversion'),
        ),
        migrations.AddField(
            model_name='codebookversion',
            name='drafted_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='codebookversion',
            name='why',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='codingstatus',
            name='nothing',
            field=models.CharField(blank=True, choices=[('no_reason', 'No reason given'), ('other', 'Other: it says something that no theme names')], default='', max_length=9),
        ),
        migrations.AddField(
            model_name='machinereading',
            name='readable',
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name='release',
            name='agreement',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='themeentry',
            name='place',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name='codebookversion',
            name='status',
            field=models.CharField(choices=[('draft', 'Draft'), ('approved', 'Approved'), ('superseded', 'Superseded'), ('set_aside', 'Set aside')], default='draft', max_length=10),
        ),
        migrations.AlterField(
            model_name='machinereading',
            name='sentiment',
            field=models.CharField(blank=True, max_length=8),
        ),
        migrations.AddIndex(
            model_name='machinereading',
            index=models.Index(condition=models.Q(('readable', False)), fields=['text'], name='unreadable'),
        ),
    ]
