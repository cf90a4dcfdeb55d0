import consultation.domain.strategy_points
import django.core.serializers.json
import django.db.models.deletion
import uuid
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('cms', '__first__'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='ConsultationAction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
            options={
                'permissions': [('edit_consultation', 'Create or edit a consultation'), ('approve_consultation', 'Approve a consultation for publication'), ('safety_check', 'Make the safety check of a consultation'), ('read_raw', 'Read raw free text before review'), ('read_cleared', 'Read redacted, cleared text'), ('flag_to_triage', 'Flag an answer to triage'), ('see_triage', 'See the triage queue'), ('decide_triage', 'Decide a triage outcome'), ('read_contact_requests', 'Read contact requests'), ('edit_help', 'Edit help entries'), ('report_concern', 'Report a concern or a name left in'), ('enter_answers', 'Enter paper or group answers, import responses'), ('close_survey', 'Close free text or a survey at once'), ('read_audit', 'Read the audit log'), ('manage_users', 'Manage users, roles and agreements')],
                'managed': False,
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='ConsultationIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('intro', models.TextField(blank=True)),
            ],
            options={
                'abstract': False,
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='ConsultationPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.TextField(help_text='One or two short sentences, shown on the home page.')),
                ('summary_easy', models.TextField(blank=True, verbose_name='summary, easy read')),
                ('audience', models.CharField(choices=[('children-young-people', 'Children and young people'), ('communities', 'Communities'), ('parents-carers', 'Parents and carers'), ('professionals', 'Professionals')], default='children-young-people', max_length=24)),
                ('lowest_age', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('highest_age', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('minutes', models.PositiveSmallIntegerField(default=5, help_text='How long it takes to answer.')),
                ('opens', models.DateField(blank=True, null=True)),
                ('closes', models.DateField(blank=True, null=True)),
                ('level', models.CharField(choices=[('informed', 'Informed'), ('consulted', 'Consulted'), ('collaborated', 'Collaborated'), ('child-led', 'Child-led')], default='consulted', max_length=12)),
                ('decision_role', models.CharField(blank=True, max_length=120, verbose_name='who decides (a job, not a name)')),
                ('look_date', models.DateField(blank=True, null=True, verbose_name='the date they look')),
                ('can_change', models.TextField(blank=True, verbose_name='what can change')),
                ('can_change_easy', models.TextField(blank=True, verbose_name='what can change, easy read')),
                ('cannot_change', models.TextField(blank=True, verbose_name='what cannot change, and why')),
                ('cannot_change_easy', models.TextField(blank=True, verbose_name='what cannot change, and why, easy read')),
                ('decision_date', models.DateField(blank=True, null=True)),
                ('feedback_date', models.DateField(blank=True, null=True)),
                ('codebook', models.SlugField(default='seed', help_text='The codebook that its answers are coded with.')),
                ('body', wagtail.fields.StreamField([('single', 26), ('multiple', 28), ('faces', 29), ('agreement', 29), ('grid', 33), ('ranking', 35), ('short_text', 39), ('long_text', 41), ('section', 47)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'help_text': 'One thing at a time. Never a name, a look or what happened.', 'label': 'Question', 'max_length': 250}), 1: ('wagtail.blocks.CharBlock', (), {'default': '', 'help_text': '15 words or fewer, one idea.', 'label': 'Question, easy read', 'max_length': 250, 'required': False}), 2: ('wagtail.blocks.CharBlock', (), {'max_length': 120}), 3: ('wagtail.blocks.CharBlock', (), {'default': '', 'label': 'Easy read', 'max_length': 120, 'required': False}), 4: ('wagtail.blocks.BooleanBlock', (), {'help_text': 'For choices such as “None of these”.', 'label': 'Cannot be chosen with others', 'required': False}), 5: ('wagtail.blocks.StructBlock', [[('text', 2), ('easy', 3), ('exclusive', 4)]], {}), 6: ('wagtail.blocks.ListBlock', (5,), {'label': 'Choices', 'min_num': 2}), 7: ('consultation.surveys.id_blocks.IdBlock', (), {'label': 'When this question', 'pick': 'question', 'required': True}), 8: ('consultation.surveys.id_blocks.IdsBlock', (), {'label': 'has any of these answers', 'pick': 'answers', 'required': True}), 9: ('wagtail.blocks.StructBlock', [[('question', 7), ('any_of', 8)]], {}), 10: ('wagtail.blocks.ListBlock', (9,), {'default': [], 'help_text': 'Leave empty to show this question to everyone. With several, any one of them is enough.', 'label': 'Show only if'}), 11: ('wagtail.blocks.CharBlock', (), {'default': '', 'max_length': 300, 'required': False}), 12: ('wagtail.blocks.CharBlock', (), {'default': '', 'label': 'Hint, easy read', 'max_length': 300, 'required': False}), 13: ('wagtail.blocks.CharBlock', (), {'default': '', 'help_text': 'People open it beside the question.', 'label': 'Why we ask this', 'max_length': 300, 'required': False}), 14: ('wagtail.blocks.BooleanBlock', (), {'default': True, 'label': 'Offer “I don’t know”', 'required': False}), 15: ('wagtail.blocks.BooleanBlock', (), {'default': True, 'label': 'Offer “I don’t want to say”', 'required': False}), 16: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('age', 'Age band'), ('area', 'Broad area'), ('other', 'Something else')], 'help_text': 'Reports may be split by the answers. Keep these few and broad, and put them last.', 'label': 'About you', 'required': False}), 17: ('wagtail.blocks.BooleanBlock', (), {'help_text': 'People are told before it, and can skip the whole part.', 'label': 'A hard subject', 'required': False}), 18: ('wagtail.blocks.BooleanBlock', (), {'label': 'About life online', 'required': False}), 19: ('consultation.surveys.id_blocks.IdsBlock', (), {'label': 'For any of these answers', 'pick': 'own-answers', 'required': True}), 20: ('wagtail.blocks.CharBlock', (), {'help_text': 'Do not say which answer opened it: someone may be watching.', 'label': 'What it says', 'max_length': 200}), 21: ('consultation.surveys.id_blocks.IdsBlock', (), {'help_text': 'Their short names, such as childline, shout.', 'label': 'Help entries', 'required': False}), 22: ('wagtail.blocks.StructBlock', [[('any_of', 19), ('text', 20), ('entries', 21)]], {}), 23: ('wagtail.blocks.ListBlock', (22,), {'default': [], 'label': 'Help that an answer opens'}), 24: ('wagtail.blocks.MultipleChoiceBlock', [], {'choices': consultation.domain.strategy_points.build_strategy_choices, 'label': 'Parts of the strategy that it speaks to', 'required': False}), 25: ('consultation.surveys.id_blocks.IdsBlock', (), {'help_text': 'Their ids, separated by commas.', 'label': 'Themes that it may bring', 'required': False}), 26: ('wagtail.blocks.StructBlock', [[('text', 0), ('easy', 1), ('options', 6), ('show_if', 10), ('hint', 11), ('hint_easy', 12), ('why', 13), ('dont_know', 14), ('rather_not', 15), ('about_you', 16), ('sensitive', 17), ('online', 18), ('help_by_answer', 23), ('links', 24), ('themes', 25)]], {}), 27: ('wagtail.blocks.IntegerBlock', (), {'label': 'At most how many (empty: as many as they like)', 'min_value': 1, 'required': False}), 28: ('wagtail.blocks.StructBlock', [[('text', 0), ('easy', 1), ('options', 6), ('limit', 27), ('show_if', 10), ('hint', 11), ('hint_easy', 12), ('why', 13), ('dont_know', 14), ('rather_not', 15), ('about_you', 16), ('sensitive', 17), ('online', 18), ('help_by_answer', 23), ('links', 24), ('themes', 25)]], {}), 29: ('wagtail.blocks.StructBlock', [[('text', 0), ('easy', 1), ('show_if', 10), ('hint', 11), ('hint_easy', 12), ('why', 13), ('dont_know', 14), ('rather_not', 15), ('about_you', 16), ('sensitive', 17), ('online', 18), ('help_by_answer', 23), ('links', 24), ('themes', 25)]], {}), 30: ('wagtail.blocks.StructBlock', [[('text', 2), ('easy', 3)]], {}), 31: ('wagtail.blocks.ListBlock', (30,), {'min_num': 1}), 32: ('wagtail.blocks.ListBlock', (5,), {'label': 'Choices for each row', 'min_num': 2}), 33: ('wagtail.blocks.StructBlock', [[('text', 0), ('easy', 1), ('rows', 31), ('options', 32), ('show_if', 10), ('hint', 11), ('hint_easy', 12), ('why', 13), ('dont_know', 14), ('rather_not', 15), ('about_you', 16), ('sensitive', 17), ('online', 18), ('help_by_answer', 23), ('links', 24), ('themes', 25)]], {}), 34: ('wagtail.blocks.IntegerBlock', (), {'default': 3, 'label': 'How many places', 'max_value': 10, 'min_value': 1}), 35: ('wagtail.blocks.StructBlock', [[('text', 0), ('easy', 1), ('options', 6), ('rank', 34), ('show_if', 10), ('hint', 11), ('hint_easy', 12), ('why', 13), ('dont_know', 14), ('rather_not', 15), ('about_you', 16), ('sensitive', 17), ('online', 18), ('help_by_answer', 23), ('links', 24), ('themes', 25)]], {}), 36: ('wagtail.blocks.IntegerBlock', (), {'default': 120, 'label': 'Room for how many letters', 'max_value': 300, 'min_value': 10}), 37: ('wagtail.blocks.BooleanBlock', (), {'default': False, 'label': 'Offer “I don’t know”', 'required': False}), 38: ('wagtail.blocks.BooleanBlock', (), {'default': True, 'label': 'Offer “I want someone to read this soon”', 'required': False}), 39: ('wagtail.blocks.StructBlock', [[('text', 0), ('easy', 1), ('max_length', 36), ('show_if', 10), ('hint', 11), ('hint_easy', 12), ('why', 13), ('dont_know', 37), ('rather_not', 15), ('soon_box', 38), ('about_you', 16), ('sensitive', 17), ('online', 18), ('help_by_answer', 23), ('links', 24), ('themes', 25)]], {}), 40: ('wagtail.blocks.IntegerBlock', (), {'default': 1000, 'label': 'Room for how many letters', 'max_value': 5000, 'min_value': 100}), 41: ('wagtail.blocks.StructBlock', [[('text', 0), ('easy', 1), ('max_length', 40), ('show_if', 10), ('hint', 11), ('hint_easy', 12), ('why', 13), ('dont_know', 37), ('rather_not', 15), ('soon_box', 38), ('about_you', 16), ('sensitive', 17), ('online', 18), ('help_by_answer', 23), ('links', 24), ('themes', 25)]], {}), 42: ('wagtail.blocks.CharBlock', (), {'label': 'Heading', 'max_length': 120}), 43: ('wagtail.blocks.CharBlock', (), {'default': '', 'label': 'Heading, easy read', 'max_length': 120, 'required': False}), 44: ('wagtail.blocks.TextBlock', (), {'default': '', 'required': False}), 45: ('wagtail.blocks.BooleanBlock', (), {'label': 'A hard subject', 'required': False}), 46: ('wagtail.blocks.ListBlock', (9,), {'default': [], 'help_text': 'Leave empty to show this text to everyone. With several, any one of them is enough.', 'label': 'Show only if'}), 47: ('wagtail.blocks.StructBlock', [[('text', 42), ('easy', 43), ('body', 44), ('body_easy', 44), ('sensitive', 45), ('show_if', 46)]], {})}, verbose_name='questions')),
                ('free_text_closed', models.BooleanField(default=False, editable=False)),
                ('machine_words', models.BooleanField(default=False, verbose_name='a computer translated this page')),
                ('words_checked_by', models.CharField(blank=True, help_text='The person who speaks the language and checked the words.', max_length=120, verbose_name='checked by')),
            ],
            options={
                'abstract': False,
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='HelpEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True)),
                ('name', models.CharField(max_length=80)),
                ('for_whom', models.CharField(max_length=120)),
                ('call', models.CharField(blank=True, max_length=40)),
                ('text', models.CharField(blank=True, max_length=200)),
                ('web', models.CharField(blank=True, max_length=120)),
                ('hours', models.CharField(blank=True, max_length=80)),
                ('leaves_trace', models.CharField(blank=True, max_length=200)),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('owner', models.CharField(blank=True, max_length=80)),
                ('checked_on', models.DateField(blank=True, null=True)),
            ],
            options={
                'verbose_name_plural': 'help entries',
                'ordering': ['order', 'name'],
            },
        ),
        migrations.CreateModel(
            name='ApprovalTask',
            fields=[
                ('task_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.task')),
                ('groups', models.ManyToManyField(help_text='Pages/snippets at this step in a workflow will be moderated or approved by these groups of users', to='auth.group', verbose_name='groups')),
            ],
            options={
                'verbose_name': 'approval of a consultation',
            },
            bases=('wagtailcore.task',),
        ),
        migrations.CreateModel(
            name='AuditEntry',
            fields=[
                ('seq', models.BigIntegerField(primary_key=True, serialize=False)),
                ('prev', models.CharField(max_length=64)),
                ('hash', models.CharField(max_length=64, unique=True)),
                ('day', models.CharField(max_length=10)),
                ('minute', models.CharField(blank=True, max_length=5)),
                ('actor', models.CharField(blank=True, help_text='user id, or empty for the system and for respondents', max_length=40)),
                ('verb', models.CharField(db_index=True, max_length=60)),
                ('object_type', models.CharField(blank=True, max_length=60)),
                ('object_id', models.CharField(blank=True, max_length=64)),
                ('data', models.JSONField(default=dict)),
            ],
            options={
                'verbose_name_plural': 'audit entries',
                'indexes': [models.Index(fields=['object_type', 'object_id'], name='audit_object')],
            },
        ),
        migrations.CreateModel(
            name='ContactRequest',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('sealed', models.BinaryField()),
                ('language', models.CharField(max_length=5)),
                ('day', models.DateField()),
                ('due', models.DateTimeField()),
                ('state', models.CharField(choices=[('new', 'New'), ('claimed', 'Claimed'), ('closed', 'Closed')], default='new', max_length=9)),
                ('outcome', models.TextField(blank=True)),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('claimed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='PublishedVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('content', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('published_at', models.DateTimeField()),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='consultation.consultationpage')),
                ('published_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['page', 'number'],
                'constraints': [models.UniqueConstraint(fields=('page', 'number'), name='one_version_of_a_number')],
            },
        ),
        migrations.CreateModel(
            name='Response',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('channel', models.CharField(choices=[('web', 'On the web'), ('kiosk', 'Shared tablet'), ('paper', 'On paper'), ('group', 'Group session'), ('import', 'Import')], default='web', max_length=6)),
                ('language', models.CharField(max_length=5)),
                ('day', models.DateField()),
                ('closed', models.JSONField(default=dict)),
                ('held', models.BooleanField(default=False)),
                ('counted', models.BooleanField(default=False)),
                ('withdrawn', models.BooleanField(default=False)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='responses', to='consultation.publishedversion')),
            ],
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('question', models.CharField(max_length=40)),
                ('sealed', models.BinaryField()),
                ('soon', models.BooleanField(default=False)),
                ('state', models.CharField(choices=[('unread', 'Not read yet'), ('held', 'Held: a colleague is asked'), ('triage', 'With the safeguarding lead'), ('cleared', 'Cleared: can still be taken back'), ('released', 'Released'), ('not_used', 'Read, not used')], db_index=True, default='unread', max_length=8)),
                ('due', models.DateTimeField(blank=True, null=True)),
                ('response', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='consultation.response')),
            ],
        ),
        migrations.CreateModel(
            name='Screening',
            fields=[
                ('answer', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='screening', serialize=False, to='consultation.answer')),
                ('flagged', models.BooleanField()),
                ('priority', models.CharField(blank=True, max_length=2)),
                ('score', models.FloatField()),
                ('language', models.CharField(blank=True, max_length=8)),
                ('reasons', models.JSONField(default=list)),
                ('spans', models.JSONField(default=list)),
                ('engine', models.CharField(max_length=40)),
            ],
        ),
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('digest', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('response', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='receipt', to='consultation.response')),
            ],
        ),
        migrations.CreateModel(
            name='SafetyCheckTask',
            fields=[
                ('task_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.task')),
                ('groups', models.ManyToManyField(help_text='Pages/snippets at this step in a workflow will be moderated or approved by these groups of users', to='auth.group', verbose_name='groups')),
            ],
            options={
                'verbose_name': 'safety check of a consultation',
            },
            bases=('wagtailcore.task',),
        ),
        migrations.CreateModel(
            name='TriageCase',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('new', 'New'), ('claimed', 'Claimed'), ('second-view', 'Second view'), ('referred', 'Referred'), ('contacted', 'Contacted'), ('learning-only', 'Learning only'), ('no-concern', 'No concern'), ('closed', 'Closed'), ('reopened', 'Reopened')], default='new', max_length=13)),
                ('priority', models.CharField(choices=[('T1', 'T1: today, within two working hours'), ('T2', 'T2: today if it came by 15:00'), ('T3', 'T3: within two working days')], default='T2', max_length=2)),
                ('opened_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('why', models.TextField(blank=True)),
                ('outcome', models.CharField(blank=True, max_length=40)),
                ('reason', models.TextField(blank=True)),
                ('reporting_duty', models.CharField(blank=True, max_length=14)),
                ('reference', models.CharField(blank=True, max_length=80)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('alerted', models.PositiveSmallIntegerField(default=0)),
                ('answer', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='case', to='consultation.answer')),
                ('claimed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('first_view_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('opened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'closed'), _negated=True), models.Q(models.Q(('outcome', ''), _negated=True), models.Q(('reason', ''), _negated=True), models.Q(('reporting_duty', ''), _negated=True), ('closed_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='closing_needs_outcome_reason_duty_and_who')],
            },
        ),
        migrations.CreateModel(
            name='WithdrawnText',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('sealed', models.BinaryField()),
                ('question', models.TextField()),
                ('language', models.CharField(max_length=5)),
                ('due', models.DateTimeField()),
                ('case', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='withdrawn_texts', to='consultation.triagecase')),
                ('read_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Lease',
            fields=[
                ('answer', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='lease', serialize=False, to='consultation.answer')),
                ('until', models.DateTimeField()),
                ('reader', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('answer', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='reading', serialize=False, to='consultation.answer')),
                ('decision', models.CharField(choices=[('clear', 'Cleared'), ('never_quote', 'Cleared, never quoted'), ('hold', 'Held'), ('triage', 'Sent to the safeguarding lead'), ('not_used', 'Read, not used')], max_length=11)),
                ('spans', models.JSONField(default=list)),
                ('text', models.TextField(blank=True)),
                ('identifying_story', models.BooleanField(default=False)),
                ('quotable', models.BooleanField(default=True)),
                ('was_triaged', models.BooleanField(default=False)),
                ('note', models.TextField(blank=True)),
                ('decided_at', models.DateTimeField()),
                ('release_at', models.DateTimeField(blank=True, null=True)),
                ('released', models.BooleanField(db_index=True, default=False)),
                ('held_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reader', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('released', False), ('decision__in', ['clear', 'never_quote']), _connector='OR'), name='only_cleared_text_is_released'), models.CheckConstraint(condition=models.Q(('quotable', False), models.Q(('identifying_story', False), ('was_triaged', False)), _connector='OR'), name='triaged_or_identifying_text_is_never_quoted')],
            },
        ),
    ]
