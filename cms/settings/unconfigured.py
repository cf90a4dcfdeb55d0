"""Settings for the commands that make a site's configuration: no key, no database, no folder of their own."""

import os

os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")
from cms.settings.base import *  # noqa: E402, F403

DEMO = False
