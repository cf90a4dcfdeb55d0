"""Sweep: rewrite the deletion journal."""

from django.conf import settings
from django.tasks import task

from cms.backups import actions, journal


@task
def keep_journal() -> None:
    """Does nothing on a machine without the backup folder."""
    if settings.BACKUP_DIR.is_dir():
        journal.write()
        actions.clear_abandoned()
