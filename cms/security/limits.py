"""How often signing in may be tried is counted for all processes together: in a table, under keys that name nobody.

allauth counts in Django's default cache, which each process has for itself; a thief would have as many tries again in
each. So its counter is pointed at the "limits" cache, which is in the database.
"""

import hashlib
import hmac
from datetime import UTC, datetime

from allauth.core.internal import ratelimit
from django.conf import settings
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

ALIAS = "limits"
TABLE = "staff_sign_in_limits"


def key(name: str, prefix: str, version: int) -> str:
    """Neither the address nor the account that was tried can be read from a row."""
    return hmac.new(settings.SECRET_KEY.encode(), f"{prefix}:{version}:{name}".encode(), hashlib.sha256).hexdigest()


def install() -> None:
    ratelimit.cache = caches[ALIAS]


def forget_expired() -> None:
    """Django takes a cache's old rows out only when it is full."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE} WHERE expires < %s", [connection.ops.adapt_datetimefield_value(_now())])  # noqa: S608


def _now() -> datetime:
    """As Django's cache writes it: whole seconds, and naive in UTC where the database knows no time zone."""
    moment = timezone.now().replace(microsecond=0)
    return moment if connection.features.supports_timezones else moment.astimezone(UTC)


def make_table(sender, **kwargs) -> None:
    """After each `migrate`: Django makes no table of a cache by itself."""
    call_command("createcachetable", TABLE, verbosity=0, database=kwargs["using"])
