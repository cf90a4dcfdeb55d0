"""The workflow of news becomes that of all of the site's own pages: home pages get it, and what is below."""

from django.db import migrations

OLD, NEW = "second look at news", "approval of pages"


def attach_to_homes(apps, schema_editor):
    Workflow = apps.get_model("wagtailcore", "Workflow")
    workflow = Workflow.objects.filter(name=OLD).first()
    if workflow is None:  # a new site: ensure_site makes it
        return
    Workflow.objects.filter(pk=workflow.pk).update(name=NEW)
    apps.get_model("wagtailcore", "Task").objects.filter(name="Second look").update(name="Approval")
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
        migrations.AlterModelOptions('NewsApprovalTask', {'verbose_name': 'approval of a page'}),
        migrations.RunPython(attach_to_homes, attach_to_news),
    ]
