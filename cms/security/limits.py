"""How often signing in may be tried is counted for all processes together: in a table, under keys that name nobody.

allauth counts in Django's default cache, which each process has for itself; a thief would have as many tries again in
each. So its counter is pointed at the "limits" cache, which is in the database.
"""

import hashlib
import hmac

from allauth.core.internal import ratelimit
from django.conf import settings
from django.core.cache import caches
from django.core.management import call_command

ALIAS = "limits"
TABLE = "staff_sign_in_limits"


def key(name: str, prefix: str, version: int) -> str:
    """Neither the address nor the account that was tried can be read from a row."""
    return hmac.new(settings.SECRET_KEY.encode(), f"{prefix}:{version}:{name}".encode(), hashlib.sha256).hexdigest()


def install() -> None:
    ratelimit.cache = caches[ALIAS]


def make_table(sender, **kwargs) -> None:
    """After each `migrate`: Django makes no table of a cache by itself."""
    call_command("createcachetable", TABLE, verbosity=0, database=kwargs["using"])
