import django.db.models.deletion
import django.utils.timezone
import modelcluster.fields
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('cms', '0003_launch_and_agreements'),
        ('consultation', '0008_studio_and_site'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='NewsPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('day', models.DateField(default=django.utils.timezone.localdate)),
                ('summary', models.TextField(help_text='One or two short sentences, shown in lists.')),
                ('audience', models.CharField(choices=[('children-young-people', 'Children and young people'), ('communities', 'Communities'), ('parents-carers', 'Parents and carers'), ('professionals', 'Professionals')], default='children-young-people', max_length=24, verbose_name='who it is for')),
                ('themes', models.CharField(blank=True, help_text='A few words with commas: parks, buses.', max_length=120)),
                ('body', wagtail.fields.StreamField([('words', 0), ('picture', 4)], blank=True, block_lookup={0: ('wagtail.blocks.RichTextBlock', (), {'features': ['h2', 'h3', 'bold', 'ol', 'ul', 'link'], 'label': 'Words', 'template': 'cms/site/news/words.html'}), 1: ('consultation.surveys.file_blocks.PictureBlock', (), {}), 2: ('wagtail.blocks.CharBlock', (), {'help_text': 'Say it to someone on the telephone. No names of children.', 'label': 'What is in it', 'max_length': 200}), 3: ('wagtail.blocks.CharBlock', (), {'max_length': 200, 'required': False}), 4: ('wagtail.blocks.StructBlock', [[('picture', 1), ('alt', 2), ('caption', 3)]], {})})),
            ],
            options={
                'abstract': False,
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='NewsApprovalTask',
            fields=[
                ('task_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.task')),
                ('groups', models.ManyToManyField(help_text='Pages/snippets at this step in a workflow will be moderated or approved by these groups of users', to='auth.group', verbose_name='groups')),
            ],
            options={
                'verbose_name': 'approval of news',
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
        migrations.AddField(
            model_name='informationpage',
            name='easy',
            field=wagtail.fields.RichTextField(blank=True, verbose_name='easy read'),
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
        migrations.AddConstraint(
            model_name='rolerequest',
            constraint=models.CheckConstraint(condition=models.Q(('asked_by__isnull', False), ('as_of__isnull', False), _connector='OR'), name='a_role_is_asked_for_or_restored'),
        ),
        migrations.AddConstraint(
            model_name='rolerequest',
            constraint=models.CheckConstraint(condition=models.Q(('asked_by__isnull', True), models.Q(('asked_by', models.F('person')), _negated=True), _connector='OR'), name='nobody_asks_for_their_own_role'),
        ),
    ]
