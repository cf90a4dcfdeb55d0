from django.conf import settings
from django.tasks import task

from cms.backups import journal


@task
def keep_journal() -> None:
    """Where backups are kept beside this worker."""
    if settings.BACKUP_DIR.is_dir():
        journal.write()
