"""Sign-in attempts are counted, and used one-time codes remembered, in a database table for all processes together, under
keyed hashes.

allauth takes the default cache, which is per process here: an attacker would get its limit, and each code, once per
process. So it uses the "limits" cache in the database.
"""

import hashlib
import hmac
from datetime import UTC

from allauth.core import ratelimit as account_limits
from allauth.core.internal import ratelimit
from allauth.mfa import app_settings
from allauth.mfa.base.internal import flows
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone

from cms.accounts.known_devices import find_known_device

ALIAS = "limits"
TABLE = "staff_sign_in_limits"


def hash_cache_key(name: str, prefix: str, version: int) -> str:
    """HMAC, so that a row reveals neither address nor account."""
    return hmac.new(settings.SECRET_KEY.encode(), f"{prefix}:{version}:{name}".encode(), hashlib.sha256).hexdigest()


class UsedCodes:
    """allauth remembers a used code for one period; with the tolerance it fits for longer, and could be used again."""

    def add(self, key: str, value: str, timeout: int) -> bool:
        return caches[ALIAS].add(key, value, timeout=timeout * (2 * app_settings.TOTP_TOLERANCE + 1))


class CodeTries:
    """Counts of tries at the codes of an account: one for each known device, one for all others together, as a code of six
    digits stands no guessing from many addresses."""

    @staticmethod
    def consume(request: HttpRequest, *, action: str, key: str) -> bool:
        return account_limits.consume(request, action=action, key=_count_device_apart(request, key))

    @staticmethod
    def clear(request: HttpRequest, *, action: str, key: str) -> None:
        account_limits.clear(request, action=action, key=_count_device_apart(request, key))


def _count_device_apart(request: HttpRequest, key: str) -> str:
    """allauth's key ends with the primary key of the account."""
    return f"{key} {find_known_device(request, key.rpartition('-')[2])}"


def install_limits_cache() -> None:
    ratelimit.cache = caches[ALIAS]
    totp.cache = UsedCodes()
    flows.ratelimit = CodeTries


def delete_expired_limits() -> None:
    """Django culls expired rows only when the cache is full."""
    now = timezone.now().replace(microsecond=0)  # as Django's database cache stores it
    if not connection.features.supports_timezones:
        now = now.astimezone(UTC)
    stored = connection.ops.adapt_datetimefield_value(now)
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE} WHERE expires < %s", [stored])  # noqa: S608


def create_limits_table(sender, **kwargs) -> None:
    """Runs after each `migrate`: Django does not create cache tables by itself."""
    call_command("createcachetable", TABLE, verbosity=0, database=kwargs["using"])
