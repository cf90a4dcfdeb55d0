"""The workflow of news becomes that of all of the site's own pages: its task is renamed, and home pages get it."""

from django.db import migrations

OLD, NEW = "second look at news", "second look at pages"


def attach_to_homes(apps, schema_editor):
    Workflow = apps.get_model("wagtailcore", "Workflow")
    workflow = Workflow.objects.filter(name=OLD).first()
    if workflow is None:  # a new site: ensure_site makes it
        return
    Workflow.objects.filter(pk=workflow.pk).update(name=NEW)
    attached = apps.get_model("wagtailcore", "WorkflowPage").objects
    attached.filter(workflow=workflow).delete()
    for home in apps.get_model("cms", "HomePage").objects.all():
        attached.get_or_create(page_id=home.pk, defaults={"workflow": workflow})


def attach_to_news(apps, schema_editor):
    Workflow = apps.get_model("wagtailcore", "Workflow")
    workflow = Workflow.objects.filter(name=NEW).first()
    if workflow is None:
        return
    Workflow.objects.filter(pk=workflow.pk).update(name=OLD)
    attached = apps.get_model("wagtailcore", "WorkflowPage").objects
    attached.filter(workflow=workflow).delete()
    for index in apps.get_model("cms", "NewsIndexPage").objects.all():
        attached.get_or_create(page_id=index.pk, defaults={"workflow": workflow})


class Migration(migrations.Migration):

    dependencies = [
        ('cms', '0015_alarms_told'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.RenameModel('NewsApprovalTask', 'SecondLookTask'),
        migrations.AlterModelOptions('SecondLookTask', {'verbose_name': 'second look at a page'}),
        migrations.RunPython(attach_to_homes, attach_to_news),
    ]
