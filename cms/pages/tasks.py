from django.tasks import task

from cms.pages.scheduled import move_due


@task
def publish_scheduled():
    """Sweep: pages whose time has come go live, and those whose time is over come down."""
    move_due()
