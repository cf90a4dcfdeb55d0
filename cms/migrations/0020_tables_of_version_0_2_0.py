"""The tables of version 0.2.0, in one step of what 0002 to 0020 made in nineteen: a new site needs a third of the time.

A database of 0.2.0 has taken all that this replaces, so it is left as it is; an older one puts 0.2.0 in first.
"""

import cms.site.news.news_blocks
import consultation.markup
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import modelcluster.fields
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('cms', '0002_heartbeat_homepage_informationpage_sweeprun'),
        ('cms', '0003_launch_and_agreements'),
        ('cms', '0004_news_and_two_persons'),
        ('cms', '0005_api_clients'),
        ('cms', '0006_requests_of_a_minute'),
        ('cms', '0007_agencies_from_the_list'),
        ('cms', '0008_agencies_have_no_text'),
        ('cms', '0009_suspensions'),
        ('cms', '0010_quotes_in_news'),
        ('cms', '0011_releases_for_one_agency'),
        ('cms', '0012_campaign_evaluations'),
        ('cms', '0013_types_of_question_blocks'),
        ('cms', '0014_sweeps_are_rows'),
        ('cms', '0015_alarms_told'),
        ('cms', '0016_approval_of_pages'),
        ('cms', '0017_digests_of_planners'),
        ('cms', '0018_second_administrators_of_agreements'),
        ('cms', '0019_agreements_that_replace_another'),
        ('cms', '0020_second_administrators_of_api_tokens'),
    ]

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('cms', '0001_user'),
        ('consultation', '0044_tables_of_version_0_2_0'),
        ('insights', '0027_tables_of_version_0_2_0'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(blank=True, help_text='Where the signed paper is kept.', max_length=120)),
                ('starts', models.DateField(verbose_name='from')),
                ('ends', models.DateField(verbose_name='until')),
                ('added_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consultation.knownagency')),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('confirmed_on', models.DateField(blank=True, null=True)),
                ('replaces', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cms.agreement')),
            ],
            options={
                'ordering': [django.db.models.functions.text.Lower('agency__name'), '-ends'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends__gte', models.F('starts'))), name='an_agreement_ends_after_it_starts', violation_error_message='It ends before it starts: look at the two days.'), models.CheckConstraint(condition=models.Q(('confirmed_by', models.F('added_by')), _negated=True), name='an_agreement_is_confirmed_by_another')],
            },
        ),
        migrations.CreateModel(
            name='AgreedRelease',
            fields=[
                ('release', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='agreed', serialize=False, to='insights.release')),
                ('released_on', models.DateField(default=django.utils.timezone.localdate)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cms.agreement')),
                ('released_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='ApiClient',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('scopes', models.JSONField(default=list)),
                ('per_minute', models.PositiveIntegerField(default=60)),
                ('expires_on', models.DateField()),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('made_on', models.DateField()),
                ('revoked_on', models.DateField(blank=True, null=True)),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consultation.knownagency')),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('confirmed_on', models.DateField(blank=True, null=True)),
            ],
            options={
                'ordering': ['agency__name', 'name', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('confirmed_by', models.F('made_by')), _negated=True), name='an_api_client_is_confirmed_by_another')],
            },
        ),
        migrations.CreateModel(
            name='ApiUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('requests', models.PositiveIntegerField(default=0)),
                ('client', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uses', to='cms.apiclient')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('client', 'day'), name='one_count_of_a_client_and_day')],
            },
        ),
        migrations.CreateModel(
            name='NewsPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('day', models.DateField(default=django.utils.timezone.localdate)),
                ('summary', models.TextField(help_text='One or two short sentences, shown in lists.')),
                ('audience', models.CharField(choices=[('children-young-people', 'Children and young people'), ('communities', 'Communities'), ('parents-carers', 'Parents and carers'), ('professionals', 'Professionals')], default='children-young-people', max_length=24, verbose_name='who it is for')),
                ('themes', models.CharField(blank=True, help_text='A few words with commas: parks, buses.', max_length=120)),
                ('body', wagtail.fields.StreamField([('words', 0), ('picture', 4), ('quotes', 6)], blank=True, block_lookup={0: ('consultation.markup.CleanRichTextBlock', (), {'features': ['h2', 'h3', 'bold', 'ol', 'ul', 'link'], 'label': 'Words', 'template': 'cms/site/news/words.html'}), 1: ('consultation.surveys.file_blocks.PictureBlock', (), {}), 2: ('wagtail.blocks.CharBlock', (), {'help_text': 'Say it to someone on the telephone. No names of children.', 'label': 'What is in it', 'max_length': 200}), 3: ('wagtail.blocks.CharBlock', (), {'max_length': 200, 'required': False}), 4: ('wagtail.blocks.StructBlock', [[('picture', 1), ('alt', 2), ('caption', 3)]], {}), 5: ('wagtail.blocks.MultipleChoiceBlock', [], {'choices': cms.site.news.news_blocks.list_quote_choices, 'help_text': 'Only words that two people approved for everyone. Words that are taken back vanish from the page.', 'label': 'What young people said'}), 6: ('wagtail.blocks.StructBlock', [[('quotes', 5)]], {})})),
            ],
            options={
                'abstract': False,
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='CampaignPage',
            fields=[
                ('newspage_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='cms.newspage')),
                ('starts', models.DateField()),
                ('ends', models.DateField()),
                ('consultations', modelcluster.fields.ParentalManyToManyField(blank=True, related_name='+', to='consultation.consultationpage')),
            ],
            options={
                'abstract': False,
            },
            bases=('cms.newspage',),
        ),
        migrations.CreateModel(
            name='CampaignEvaluation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('campaign', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='evaluation', to='cms.campaignpage')),
                ('consultation', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='evaluates', to='consultation.consultationpage')),
            ],
        ),
        migrations.CreateModel(
            name='DigestReader',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='digest', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('told_on', models.DateField(blank=True, null=True)),
                ('told', models.JSONField(default=list)),
            ],
        ),
        migrations.CreateModel(
            name='Heartbeat',
            fields=[
                ('worker', models.CharField(max_length=80, primary_key=True, serialize=False)),
                ('seen_at', models.DateTimeField()),
                ('since', models.DateTimeField(blank=True, null=True)),
                ('sweep', models.CharField(blank=True, db_default='', default='', max_length=80)),
            ],
        ),
        migrations.CreateModel(
            name='HomePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('intro', models.TextField(blank=True, help_text='Empty: the words of the interface, in each language.')),
            ],
            options={
                'abstract': False,
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='InformationPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('intro', models.TextField(blank=True)),
                ('body', consultation.markup.CleanRichTextField(blank=True)),
                ('easy', consultation.markup.CleanRichTextField(blank=True, verbose_name='easy read')),
            ],
            options={
                'abstract': False,
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='Launch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('live_since', models.DateField(blank=True, null=True)),
                ('looked_at', models.DateTimeField(auto_now=True)),
            ],
        ),
        migrations.CreateModel(
            name='LaunchTick',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('item', models.CharField(max_length=40)),
                ('checker', models.CharField(help_text='Their name and what they are.', max_length=120, verbose_name='who checked it')),
                ('checked_on', models.DateField(verbose_name='on which day')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='what they found')),
                ('undone_on', models.DateField(blank=True, null=True)),
                ('ticked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('undone_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['item', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('undone_on', None)), fields=('item',), name='one_standing_tick_an_item'), models.CheckConstraint(condition=models.Q(models.Q(('undone_by', None), ('undone_on', None)), models.Q(('undone_by__isnull', False), ('undone_on__isnull', False)), _connector='OR'), name='undone_by_someone_on_a_day')],
            },
        ),
        migrations.CreateModel(
            name='NewsApprovalTask',
            fields=[
                ('task_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.task')),
                ('groups', models.ManyToManyField(help_text='Pages/snippets at this step in a workflow will be moderated or approved by these groups of users', to='auth.group', verbose_name='groups')),
            ],
            options={
                'verbose_name': 'approval of a page',
            },
            bases=('wagtailcore.task',),
        ),
        migrations.CreateModel(
            name='NewsIndexPage',
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
            name='SelfAssessment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('indicator', models.SlugField(max_length=40)),
                ('stage', models.CharField(choices=[('yes', 'We do this'), ('part', 'We do some of this'), ('not', 'We do not do this yet')], max_length=4)),
                ('words', models.TextField()),
                ('evidence', models.JSONField(default=list)),
                ('assessed_on', models.DateField()),
                ('assessed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-assessed_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Suspension',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='suspension', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('since', models.DateField(default=django.utils.timezone.localdate)),
                ('suspended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='SweepRun',
            fields=[
                ('name', models.CharField(max_length=80, primary_key=True, serialize=False)),
                ('due_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('failures', models.PositiveIntegerField(default=0)),
                ('error', models.CharField(blank=True, max_length=120)),
                ('caught_up_at', models.DateTimeField(blank=True, null=True)),
                ('worker', models.CharField(blank=True, db_default='', default='', max_length=80)),
            ],
        ),
        migrations.CreateModel(
            name='ToldAlarm',
            fields=[
                ('key', models.CharField(max_length=60, primary_key=True, serialize=False)),
                ('told_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='ApiMinute',
            fields=[
                ('client', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='cms.apiclient')),
                ('minute', models.BigIntegerField(default=0)),
                ('requests', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.AddField(
            model_name='rolerequest',
            name='as_of',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='rolerequest',
            name='asked_on',
            field=models.DateField(default=django.utils.timezone.localdate),
        ),
        migrations.AlterField(
            model_name='rolerequest',
            name='asked_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.RemoveField(model_name='user', name='agency'),
        migrations.AddField(
            model_name='user',
            name='agency',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consultation.knownagency'),
        ),
        migrations.AddConstraint(
            model_name='rolerequest',
            constraint=models.CheckConstraint(condition=models.Q(('asked_by__isnull', False), ('as_of__isnull', False), _connector='OR'), name='a_role_is_asked_for_or_restored'),
        ),
        migrations.AddConstraint(
            model_name='rolerequest',
            constraint=models.CheckConstraint(condition=models.Q(('asked_by__isnull', True), models.Q(('asked_by', models.F('person')), _negated=True), _connector='OR'), name='nobody_asks_for_their_own_role'),
        ),
    ]
