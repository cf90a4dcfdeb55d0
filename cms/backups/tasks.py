from django.conf import settings
from django.tasks import task

from cms.backups import actions, journal


@task
def keep_journal() -> None:
    """Where backups are kept beside this worker."""
    if settings.BACKUP_DIR.is_dir():
        journal.write()
        actions.clear_abandoned()
