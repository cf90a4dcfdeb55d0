import consultation.surveys.district_areas
import consultation.surveys.pictograms
import consultation.domain.strategy_points
import django.core.validators
import django.db.models.deletion
import uuid
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cms', '__first__'),
        ('consultation', '0001_initial'),
        ('wagtailcore', '0098_apitoken'),
        ('wagtailimages', '0027_image_description'),
    ]

    operations = [
        migrations.CreateModel(
            name='Appearance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('main_colour', models.CharField(default='#0b4f5a', help_text='Buttons, links, and what we say. It must be dark enough to read as words.', max_length=7, validators=[django.core.validators.RegexValidator('^#[0-9a-fA-F]{6}\\Z', 'Write a colour as # and six of 0 to 9 and a to f, such as #0b4f5a.')])),
                ('second_colour', models.CharField(default='#f2be4a', help_text='What people say. The pages use a light wash of it.', max_length=7, validators=[django.core.validators.RegexValidator('^#[0-9a-fA-F]{6}\\Z', 'Write a colour as # and six of 0 to 9 and a to f, such as #0b4f5a.')])),
                ('logo_text', models.CharField(blank=True, help_text='For people who cannot see it, such as “Bradford Council”.', max_length=120, verbose_name='what the logo says')),
                ('exit_url', models.URLField(blank=True, help_text='A page that anyone may be looking at. Empty: the weather.', verbose_name='where “Leave this site” goes')),
                ('logo', models.ForeignKey(blank=True, help_text='Shown at the foot of public pages. The page with the questions shows none: someone may be watching.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailimages.image')),
                ('site', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.CASCADE, to='wagtailcore.site')),
            ],
            options={
                'verbose_name': 'look of the public pages',
                'verbose_name_plural': 'look of the public pages',
            },
        ),
        migrations.CreateModel(
            name='CodeBatch',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('label', models.CharField(max_length=60)),
                ('number', models.PositiveSmallIntegerField()),
                ('off', models.BooleanField(default=False)),
                ('made_on', models.DateField()),
                ('used_about', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='code_batches', to='consultation.consultationpage')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-made_on', 'label', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=8)),
                ('key', models.CharField(max_length=80)),
                ('english', models.TextField()),
                ('english_easy', models.TextField(blank=True)),
                ('text', models.TextField()),
                ('easy_read', models.TextField(blank=True)),
                ('written_on', models.DateField()),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('language', 'key'), name='one_correction_of_a_word')],
            },
        ),
        migrations.CreateModel(
            name='EqualityRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('held', models.BooleanField(default=False)),
                ('answers', models.JSONField(default=dict)),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consultation.consultationpage')),
            ],
        ),
        migrations.CreateModel(
            name='GroupSession',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('size', models.CharField(choices=[('4-6', '4 to 6'), ('7-10', '7 to 10'), ('11-20', '11 to 20'), ('21+', 'More than 20')], max_length=5)),
                ('response', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='group_session', to='consultation.response')),
            ],
        ),
        migrations.CreateModel(
            name='InvitationCode',
            fields=[
                ('digest', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('used', models.BooleanField(default=False)),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='codes', to='consultation.codebatch')),
            ],
        ),
        migrations.CreateModel(
            name='Kiosk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60)),
                ('number', models.CharField(max_length=3, unique=True)),
                ('pin', models.CharField(max_length=128)),
                ('until', models.DateField()),
                ('languages', models.JSONField(default=list)),
                ('off', models.BooleanField(default=False)),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='kiosks', to='consultation.consultationpage')),
            ],
            options={
                'ordering': ['off', 'name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PrintedLink',
            fields=[
                ('name', models.CharField(max_length=4, primary_key=True, serialize=False)),
                ('label', models.CharField(max_length=60)),
                ('language', models.CharField(default='en', max_length=5)),
                ('off', models.BooleanField(default=False)),
                ('answers', models.PositiveIntegerField(blank=True, null=True)),
                ('counted_on', models.DateField(blank=True, null=True)),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='printed_links', to='consultation.consultationpage')),
            ],
            options={
                'ordering': ['off', 'label', 'name'],
            },
        ),
        migrations.CreateModel(
            name='WordCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=8)),
                ('checker', models.CharField(max_length=120)),
                ('checked_on', models.DateField()),
                ('digests', models.JSONField()),
                ('noted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Wording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stamp', models.PositiveIntegerField(default=1)),
            ],
        ),
        migrations.AddField(
            model_name='consultationpage',
            name='code_only',
            field=models.BooleanField(default=False, help_text='The survey opens with a one-time code alone.', verbose_name='only with an invitation code'),
        ),
        migrations.AddField(
            model_name='consultationpage',
            name='paper_address',
            field=models.CharField(blank=True, help_text='Printed on the form. Empty: it says to hand it in.', max_length=200, verbose_name='freepost address'),
        ),
        migrations.AddField(
            model_name='consultationpage',
            name='paper_offered',
            field=models.BooleanField(default=False, help_text='Officers can always print it.', verbose_name='offer the paper form on the page before the survey'),
        ),
        migrations.AddField(
            model_name='reading',
            name='together',
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='receipt',
            name='shown',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='response',
            name='apart',
            field=models.BinaryField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='response',
            name='link',
            field=models.CharField(blank=True, default='', max_length=4),
        ),
        migrations.AddField(
            model_name='screening',
            name='alike',
            field=models.CharField(blank=True, max_length=33),
        ),
        migrations.AddField(
            model_name='screening',
            name='copy',
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name='consultationpage',
            name='body',
            field=wagtail.fields.StreamField([('single', 41), ('multiple', 43), ('yesno', 45), ('faces', 46), ('agreement', 46), ('slider', 51), ('pictures', 59), ('grid', 64), ('ranking', 67), ('number', 76), ('month', 79), ('short_text', 83), ('long_text', 85), ('area', 87), ('about', 90), ('section', 97)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'help_text': 'One thing at a time. Never a name, a look or what happened.', 'label': 'Question', 'max_length': 250}), 1: ('wagtail.blocks.CharBlock', (), {'default': '', 'help_text': '15 words or fewer, one idea.', 'label': 'Question, easy read', 'max_length': 250, 'required': False}), 2: ('wagtail.blocks.CharBlock', (), {'max_length': 120}), 3: ('wagtail.blocks.CharBlock', (), {'default': '', 'label': 'Easy read', 'max_length': 120, 'required': False}), 4: ('wagtail.blocks.BooleanBlock', (), {'help_text': 'For choices such as “None of these”.', 'label': 'Cannot be chosen with others', 'required': False}), 5: ('wagtail.blocks.BooleanBlock', (), {'help_text': 'For “Something else”: a small box opens beside it. Its words are read like every free text.', 'label': 'People may write what it is', 'required': False}), 6: ('wagtail.blocks.ChoiceBlock', [], {'choices': consultation.surveys.pictograms.build_pictogram_choices, 'help_text': 'Shown beside easy read.', 'label': 'Small picture', 'required': False}), 7: ('wagtail.blocks.StructBlock', [[('text', 2), ('easy', 3), ('exclusive', 4), ('other', 5), ('pictogram', 6)]], {}), 8: ('wagtail.blocks.ListBlock', (7,), {'label': 'Choices', 'min_num': 2}), 9: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('any', 'Any one of these is enough'), ('all', 'All of these must be true')], 'label': 'How they belong together'}), 10: ('consultation.surveys.id_blocks.IdBlock', (), {'label': 'The answer to', 'pick': 'question', 'required': True}), 11: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('any_of', 'is one of these'), ('none_of', 'is none of these'), ('all_of', 'includes all of these')], 'help_text': '“Is none of these” counts people who saw the question and left it empty, too.', 'label': 'Which answers'}), 12: ('consultation.surveys.id_blocks.IdsBlock', (), {'label': 'These answers', 'pick': 'answers', 'required': True}), 13: ('wagtail.blocks.StructBlock', [[('question', 10), ('how', 11), ('any_of', 12)]], {}), 14: ('wagtail.blocks.ListBlock', (13,), {'label': 'Conditions of the group'}), 15: ('wagtail.blocks.StructBlock', [[('join', 9), ('of', 14)]], {}), 16: ('wagtail.blocks.StreamBlock', [[('item', 13), ('group', 15)]], {'label': 'Conditions', 'required': False}), 17: ('wagtail.blocks.StructBlock', [[('join', 9), ('of', 16)]], {'help_text': 'Leave empty to show this question to everyone.', 'label': 'Show only if'}), 18: ('wagtail.blocks.CharBlock', (), {'default': '', 'max_length': 300, 'required': False}), 19: ('wagtail.blocks.CharBlock', (), {'default': '', 'label': 'Hint, easy read', 'max_length': 300, 'required': False}), 20: ('wagtail.blocks.CharBlock', (), {'default': '', 'help_text': 'People open it beside the question.', 'label': 'Why we ask this', 'max_length': 300, 'required': False}), 21: ('wagtail.blocks.ChoiceBlock', [], {'choices': consultation.surveys.pictograms.build_pictogram_choices, 'help_text': "One of the product's own, beside the easy-read words.", 'label': 'Small picture', 'required': False}), 22: ('consultation.surveys.file_blocks.PictureBlock', (), {'help_text': 'WebP, PNG or JPEG. It only helps: the words say it all.', 'label': 'Or a picture of yours', 'required': False}), 23: ('consultation.surveys.file_blocks.FileBlock', (), {'help_text': 'MP3, Ogg or M4A, up to 3 MB. Each language has its own: choose it on the translated page.', 'kind': 'audio', 'label': 'Read out', 'required': False}), 24: ('consultation.surveys.file_blocks.FileBlock', (), {'help_text': 'MP4 or WebM, up to 40 MB.', 'kind': 'video', 'label': 'Video', 'required': False}), 25: ('consultation.surveys.file_blocks.FileBlock', (), {'help_text': 'A .vtt file: the words of the video, with times.', 'kind': 'captions', 'label': 'Captions', 'required': False}), 26: ('consultation.surveys.file_blocks.PictureBlock', (), {'help_text': 'Shown until someone plays the video.', 'label': 'Still picture', 'required': False}), 27: ('wagtail.blocks.StructBlock', [[('video', 24), ('captions', 25), ('poster', 26)]], {'required': False}), 28: ('wagtail.blocks.BooleanBlock', (), {'default': True, 'label': 'Offer “I don’t know”', 'required': False}), 29: ('wagtail.blocks.BooleanBlock', (), {'default': True, 'label': 'Offer “I don’t want to say”', 'required': False}), 30: ('wagtail.blocks.BooleanBlock', (), {'help_text': "Asked of everybody, last. Nothing joins it to a person's answers, so no report can be split by it.", 'label': 'Equality question: kept apart from the answers', 'required': False}), 31: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('age', 'Age band'), ('area', 'Broad area'), ('other', 'Something else')], 'help_text': 'Reports may be split by the answers. Keep these few and broad, and put them last.', 'label': 'About you', 'required': False}), 32: ('wagtail.blocks.BooleanBlock', (), {'help_text': 'People are told before it, and can skip the whole part.', 'label': 'A hard subject', 'required': False}), 33: ('wagtail.blocks.BooleanBlock', (), {'label': 'About life online', 'required': False}), 34: ('consultation.surveys.id_blocks.IdsBlock', (), {'label': 'For any of these answers', 'pick': 'own-answers', 'required': True}), 35: ('wagtail.blocks.CharBlock', (), {'help_text': 'Do not say which answer opened it: someone may be watching.', 'label': 'What it says', 'max_length': 200}), 36: ('consultation.surveys.id_blocks.IdsBlock', (), {'help_text': 'Their short names, such as childline, shout.', 'label': 'Help entries', 'required': False}), 37: ('wagtail.blocks.StructBlock', [[('any_of', 34), ('text', 35), ('entries', 36)]], {}), 38: ('wagtail.blocks.ListBlock', (37,), {'default': [], 'label': 'Help that an answer opens'}), 39: ('wagtail.blocks.MultipleChoiceBlock', [], {'choices': consultation.domain.strategy_points.build_strategy_choices, 'label': 'Parts of the strategy that it speaks to', 'required': False}), 40: ('consultation.surveys.id_blocks.IdsBlock', (), {'help_text': 'Their ids, separated by commas.', 'label': 'Themes that it may bring', 'required': False}), 41: ('wagtail.blocks.StructBlock', [[('text', 0), ('easy', 1), ('options', 8), ('show_if', 17), ('hint', 18), ('hint_easy', 19), ('why', 20), ('pictogram', 21), ('picture', 22), ('audio', 23), ('bsl', 27), ('dont_know', 28), ('rather_not', 29), ('apart', 30), ('about_you', 31), ('sensitive', 32), ('online', 33), ('help_by_answer', 38), ('links', 39), ('themes', 40)]], {}), 42: ('wagtail.blocks.IntegerBlock', (), {'label': 'At most how many (empty: as many as they like)', 'min_value': 1, 'required': False}), 43: ('wagtail.blocks.StructBlock', [[('text', 0), ('easy', 1), ('options', 8), ('limit', 42), ('show_if', 17), ('hint', 18), ('hint_easy', 19), ('why', 20), ('pictogram', 21), ('picture', 22), ('audio', 23), ('bsl', 27), ('dont_know', 28), ('rather_not', 29), ('apart', 30), ('about_you', 31), ('sensitive', 32), ('online', 33), ('help_by_answer', 38), ('links', 39), ('themes', 40)]], {}), 44: ('wagtail.blocks.BooleanBlock', (), {'default': False, 'label': 'Offer “I don’t know” beside “Not sure”', 'required': False}), 45: ('wagtail.blocks.StructBlock', [[('text', 0), ('easy', 1), ('show_if', 17), ('hint', 18), ('hint_easy', 19), ('why', 20), ('pictogram', 21), ('picture', 22), ('audio', 23), ('bsl', 27), ('dont_know', 44), ('rather_not', 29), ('apart', 30), ('about_you', 31), ('sensitive', 32), ('online', 33), ('help_by_answer', 38), ('links', 39), ('themes', 40)]], {}), 46: ('wagtail.blocks.StructBlock', [[('text', 0), ('easy', 1), ('show_if', 17), ('hint', 18), ('hint_easy', 19), ('why', 20), ('pictogram', 21), ('picture', 22), ('audio', 23), ('bsl', 27), ('dont_know', 28), ('rather_not', 29), ('about_you', 31), ('sensitive', 32), ('online', 33), ('help_by_answer', 38), ('links', 39), ('themes', 40)]], {}), 47: ('wagtail.blocks.IntegerBlock', (), {'default': 0, 'label': 'First number', 'max_value': 100, 'min_value': 0}), 48: ('wagtail.blocks.CharBlock', (), {'help_text': 'Such as “Not at all”. Few words: phones are narrow.', 'label': 'What the first number means', 'max_length': 40}), 49: ('wagtail.blocks.IntegerBlock', (), {'default': 10, 'label': 'Last number', 'max_value': 100, 'min_value': 1}), 50: ('wagtail.blocks.CharBlock', (), {'label': 'What the last number means', 'max_length': 40}), 51: ('wagtail.blocks.StructBlock', [[('text', 0), ('easy', 1), ('low', 47), ('low_label', 48), ('high', 49), ('high_label', 50), ('show_if', 17), ('hint', 18), ('hint_easy', 19), ('why', 20), ('pictogram', 21), ('picture', 22), ('audio', 23), ('bsl', 27), ('dont_know', 28), ('rather_not', 29), ('about_you', 31), ('sensitive', 32), ('online', 33), ('help_by_answer', 38), ('links', 39), ('themes', 40)]], {}), 52: ('consultation.surveys.file_blocks.PictureBlock', (), {'label': 'Picture'}), 53: ('consultation.surveys.option_blocks.AlternativeTextBlock', (), {'help_text': 'Read out to people who cannot see it. Say what matters for choosing, not “picture of”.', 'label': 'What the picture shows', 'max_length': 160}), 54: ('wagtail.blocks.CharBlock', (), {'label': 'Words under the picture', 'max_length': 60}), 55: ('wagtail.blocks.CharBlock', (), {'default': '', 'label': 'Easy read', 'max_length': 60, 'required': False}), 56: ('wagtail.blocks.StructBlock', [[('picture', 52), ('alt', 53), ('text', 54), ('easy', 55), ('exclusive', 4), ('other', 5)]], {}), 57: ('wagtail.blocks.ListBlock', (56,), {'label': 'Pictures', 'min_num': 2}), 58: ('wagtail.blocks.BooleanBlock', (), {'label': 'People may choose more than one', 'required': False}), 59: ('wagtail.blocks.StructBlock', [[('text', 0), ('easy', 1), ('options', 57), ('several', 58), ('limit', 42), ('show_if', 17), ('hint', 18), ('hint_easy', 19), ('why', 20), ('pictogram', 21), ('picture', 22), ('audio', 23), ('bsl', 27), ('dont_know', 28), ('rather_not', 29), ('about_you', 31), ('sensitive', 32), ('online', 33), ('help_by_answer', 38), ('links', 39), ('themes', 40)]], {}), 60: ('wagtail.blocks.StructBlock', [[('text', 2), ('easy', 3)]], {}), 61: ('wagtail.blocks.ListBlock', (60,), {'min_num': 1}), 62: ('wagtail.blocks.StructBlock', [[('text', 2), ('easy', 3), ('exclusive', 4), ('pictogram', 6)]], {}), 63: ('wagtail.blocks.ListBlock', (62,), {'label': 'Choices for each row', 'min_num': 2}), 64: ('wagtail.blocks.StructBlock', [[('text', 0), ('easy', 1), ('rows', 61), ('options', 63), ('show_if', 17), ('hint', 18), ('hint_easy', 19), ('why', 20), ('pictogram', 21), ('picture', 22), ('audio', 23), ('bsl', 27), ('dont_know', 28), ('rather_not', 29), ('about_you', 31), ('sensitive', 32), ('online', 33), ('help_by_answer', 38), ('links', 39), ('themes', 40)]], {}), 65: ('wagtail.blocks.ListBlock', (62,), {'label': 'Choices', 'min_num': 2}), 66: ('wagtail.blocks.IntegerBlock', (), {'default': 3, 'label': 'How many places', 'max_value': 10, 'min_value': 1}), 67: ('wagtail.blocks.StructBlock', [[('text', 0), ('easy', 1), ('options', 65), ('rank', 66), ('show_if', 17), ('hint', 18), ('hint_easy', 19), ('why', 20), ('pictogram', 21), ('picture', 22), ('audio', 23), ('bsl', 27), ('dont_know', 28), ('rather_not', 29), ('about_you', 31), ('sensitive', 32), ('online', 33), ('help_by_answer', 38), ('links', 39), ('themes', 40)]], {}), 68: ('wagtail.blocks.IntegerBlock', (), {'default': 0, 'label': 'Smallest number that fits'}), 69: ('wagtail.blocks.IntegerBlock', (), {'default': 100, 'label': 'Largest number that fits'}), 70: ('wagtail.blocks.CharBlock', (), {'default': '', 'help_text': 'Shown beside the box, such as “hours”.', 'label': 'Of what', 'max_length': 40, 'required': False}), 71: ('wagtail.blocks.IntegerBlock', (), {'label': 'From'}), 72: ('wagtail.blocks.IntegerBlock', (), {'label': 'To'}), 73: ('wagtail.blocks.CharBlock', (), {'default': '', 'help_text': 'Empty: the two numbers.', 'label': 'Words in reports', 'max_length': 60, 'required': False}), 74: ('wagtail.blocks.StructBlock', [[('start', 71), ('end', 72), ('text', 73)]], {}), 75: ('wagtail.blocks.ListBlock', (74,), {'help_text': 'Reports show bands only, never the number. Together they must hold every number that fits.', 'label': 'Bands for reports', 'min_num': 2}), 76: ('wagtail.blocks.StructBlock', [[('text', 0), ('easy', 1), ('least', 68), ('most', 69), ('unit', 70), ('options', 75), ('show_if', 17), ('hint', 18), ('hint_easy', 19), ('why', 20), ('pictogram', 21), ('picture', 22), ('audio', 23), ('bsl', 27), ('dont_know', 28), ('rather_not', 29), ('about_you', 31), ('sensitive', 32), ('online', 33), ('help_by_answer', 38), ('links', 39), ('themes', 40)]], {}), 77: ('wagtail.blocks.IntegerBlock', (), {'label': 'First year to choose', 'max_value': 2100, 'min_value': 1900}), 78: ('wagtail.blocks.IntegerBlock', (), {'label': 'Last year to choose', 'max_value': 2100, 'min_value': 1900}), 79: ('wagtail.blocks.StructBlock', [[('text', 0), ('easy', 1), ('first_year', 77), ('last_year', 78), ('show_if', 17), ('hint', 18), ('hint_easy', 19), ('why', 20), ('pictogram', 21), ('picture', 22), ('audio', 23), ('bsl', 27), ('dont_know', 28), ('rather_not', 29), ('about_you', 31), ('sensitive', 32), ('online', 33), ('help_by_answer', 38), ('links', 39), ('themes', 40)]], {}), 80: ('wagtail.blocks.IntegerBlock', (), {'default': 120, 'label': 'Room for how many letters', 'max_value': 300, 'min_value': 10}), 81: ('wagtail.blocks.BooleanBlock', (), {'default': False, 'label': 'Offer “I don’t know”', 'required': False}), 82: ('wagtail.blocks.BooleanBlock', (), {'default': True, 'label': 'Offer “I want someone to read this soon”', 'required': False}), 83: ('wagtail.blocks.StructBlock', [[('text', 0), ('easy', 1), ('max_length', 80), ('show_if', 17), ('hint', 18), ('hint_easy', 19), ('why', 20), ('pictogram', 21), ('picture', 22), ('audio', 23), ('bsl', 27), ('dont_know', 81), ('rather_not', 29), ('soon_box', 82), ('about_you', 31), ('sensitive', 32), ('online', 33), ('help_by_answer', 38), ('links', 39), ('themes', 40)]], {}), 84: ('wagtail.blocks.IntegerBlock', (), {'default': 1000, 'label': 'Room for how many letters', 'max_value': 5000, 'min_value': 100}), 85: ('wagtail.blocks.StructBlock', [[('text', 0), ('easy', 1), ('max_length', 84), ('show_if', 17), ('hint', 18), ('hint_easy', 19), ('why', 20), ('pictogram', 21), ('picture', 22), ('audio', 23), ('bsl', 27), ('dont_know', 81), ('rather_not', 29), ('soon_box', 82), ('about_you', 31), ('sensitive', 32), ('online', 33), ('help_by_answer', 38), ('links', 39), ('themes', 40)]], {}), 86: ('wagtail.blocks.ListBlock', (7,), {'default': consultation.surveys.district_areas.build_area_choices, 'help_text': 'Few and broad. Never a street, a school or a postcode.', 'label': 'Areas', 'min_num': 2}), 87: ('wagtail.blocks.StructBlock', [[('text', 0), ('easy', 1), ('options', 86), ('show_if', 17), ('hint', 18), ('hint_easy', 19), ('why', 20), ('pictogram', 21), ('picture', 22), ('audio', 23), ('bsl', 27), ('dont_know', 28), ('rather_not', 29), ('sensitive', 32), ('online', 33), ('help_by_answer', 38), ('links', 39), ('themes', 40), ('about_you', 31)]], {}), 88: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('age-children', 'Age: 11 to 17, in three bands'), ('age-young', 'Age: 8 to 25, in five bands'), ('age-adults', 'Age: 16 and over, in seven bands'), ('own', 'Bands of your own')], 'label': 'Which bands'}), 89: ('wagtail.blocks.ListBlock', (62,), {'default': [], 'help_text': 'Few and broad: ten people or more should fit each one. Not used with the prepared ones.', 'label': 'Bands of your own'}), 90: ('wagtail.blocks.StructBlock', [[('text', 0), ('easy', 1), ('bands', 88), ('options', 89), ('show_if', 17), ('hint', 18), ('hint_easy', 19), ('why', 20), ('pictogram', 21), ('picture', 22), ('audio', 23), ('bsl', 27), ('dont_know', 81), ('rather_not', 29), ('apart', 30), ('about_you', 31), ('sensitive', 32), ('online', 33), ('help_by_answer', 38), ('links', 39), ('themes', 40)]], {}), 91: ('wagtail.blocks.CharBlock', (), {'label': 'Heading', 'max_length': 120}), 92: ('wagtail.blocks.CharBlock', (), {'default': '', 'label': 'Heading, easy read', 'max_length': 120, 'required': False}), 93: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('1', 'A part'), ('2', 'A part inside a part')], 'help_text': 'A part goes on until the next one. Who is shown the part is shown what is in it.', 'label': 'What begins here'}), 94: ('wagtail.blocks.TextBlock', (), {'default': '', 'required': False}), 95: ('wagtail.blocks.BooleanBlock', (), {'label': 'A hard subject', 'required': False}), 96: ('wagtail.blocks.StructBlock', [[('join', 9), ('of', 16)]], {'help_text': 'Leave empty to show this part to everyone.', 'label': 'Show only if'}), 97: ('wagtail.blocks.StructBlock', [[('text', 91), ('easy', 92), ('level', 93), ('body', 94), ('body_easy', 94), ('sensitive', 95), ('show_if', 96)]], {})}, verbose_name='questions'),
        ),
        migrations.AddIndex(
            model_name='reading',
            index=models.Index(condition=models.Q(('together__isnull', False)), fields=['together'], name='readings_together'),
        ),
        migrations.AddIndex(
            model_name='response',
            index=models.Index(condition=models.Q(('apart__isnull', False)), fields=['version'], name='responses_with_apart'),
        ),
        migrations.AddIndex(
            model_name='screening',
            index=models.Index(condition=models.Q(('alike', ''), _negated=True), fields=['alike'], name='screenings_alike'),
        ),
    ]
