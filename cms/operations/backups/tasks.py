from django.conf import settings

from cms.operations.backups import actions, deletion_journal


def write_deletion_journal() -> None:
    """Does nothing on a machine without the backup folder."""
    if settings.BACKUP_DIR.is_dir():
        deletion_journal.write_journal()
        actions.delete_abandoned_copies()
