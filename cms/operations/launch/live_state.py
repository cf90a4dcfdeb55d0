"""Whether the site is live."""

from django.db import DatabaseError

from cms.operations.launch.models import Launch


def is_live() -> bool:
    """Public pages call this. True if the database is unreachable, so that no wrong notice appears."""
    try:
        return Launch.objects.filter(live_since__isnull=False).exists()
    except DatabaseError:
        return True
