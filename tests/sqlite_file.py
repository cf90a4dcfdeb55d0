"""Settings of tests that need more than one connection to SQLite: the test database is a file, named by SQLITE_FILE."""

import os

from cms.settings.test import *  # noqa: F403
from cms.settings.test import parse_database_url

DATABASES = {"default": parse_database_url(f"sqlite:///{os.environ['SQLITE_FILE']}")}
DATABASES["default"]["TEST"] = {"NAME": os.environ["SQLITE_FILE"]}
