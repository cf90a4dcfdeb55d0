"""Production settings: refuses to start without keys, hosts and a database; HTTPS everywhere."""

import os
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from cms.settings.base import *  # noqa: F403
from cms.settings.base import ALLOWED_HOSTS, ANSWER_SEAL_KEY, DATABASES, EXIT_URL, SECRET_KEY, SITE_URL, STAFF_HOST
from cms.settings.mail import *  # noqa: F403

DEMO = False
# A database by default would be a new, empty file, on which a command that lost its environment reports success.
_required = {
    "SECRET_KEY": SECRET_KEY,
    "ANSWER_SEAL_KEY": ANSWER_SEAL_KEY,
    "ALLOWED_HOSTS": ALLOWED_HOSTS,
    "DATABASE_URL": os.environ.get("DATABASE_URL"),
}
if _missing := [name for name, value in _required.items() if not value]:
    raise ImproperlyConfigured(
        f"Set {', '.join(_missing)} in the environment; a value with & or a space stands in quotes. "
        "`./dev manage answer_key` makes a pair of answer keys; cms/operations/SETTINGS.md explains each."
    )
if os.environ.get("ANSWER_OPEN_KEYS") is None:
    # May be set empty on purpose: public and planners' processes must not be able to open answers.
    raise ImproperlyConfigured(
        "Set ANSWER_OPEN_KEYS: the private keys on desks and workers, empty on public processes."
    )
if os.environ.get("RECORD_KEY_SECRET") is None:
    raise ImproperlyConfigured("Set RECORD_KEY_SECRET: on desks and workers, empty on public processes.")

_exit = urlsplit(EXIT_URL)
if _exit.scheme != "https" or _exit.hostname in {*ALLOWED_HOSTS, urlsplit(SITE_URL).hostname, STAFF_HOST}:
    raise ImproperlyConfigured("EXIT_URL is a page of another site, with https://: “Leave this site” opens it.")

if DATABASES["default"]["ENGINE"] == "cms.operations.sqlite":
    # Each Send is on the disk before it is thanked, so that a power cut loses nothing thanked.
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=FULL;"

SECURE_SSL_REDIRECT = os.environ.get("SSL_REDIRECT") != "0"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 63072000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
# A browser takes cookies of these names from this very host over HTTPS alone, so that no sister host can plant one.
SESSION_COOKIE_NAME = "__Host-staff"
CSRF_COOKIE_NAME = "__Host-csrftoken"
CSRF_TRUSTED_ORIGINS = [SITE_URL] + ([f"https://{STAFF_HOST}"] if STAFF_HOST else [])
