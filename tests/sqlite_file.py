"""Settings with the SQLite test database in a file (SQLITE_FILE), for tests with several connections."""

import os

from cms.settings.test import *  # noqa: F403
from cms.settings.test import parse_database_url

DATABASES = {"default": parse_database_url(f"sqlite:///{os.environ['SQLITE_FILE']}")}
DATABASES["default"]["TEST"] = {"NAME": os.environ["SQLITE_FILE"]}
