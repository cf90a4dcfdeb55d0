from django.core.management import call_command
from django.tasks import task


@task
def publish_scheduled():
    """Sweep: pages whose time has come go live, and those whose time is over come down (Wagtail's own command)."""
    call_command("publish_scheduled", verbosity=0)
