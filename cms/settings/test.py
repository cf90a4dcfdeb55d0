"""Tests: the real settings, with fixed keys, fast passwords and tasks that tests run themselves."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="voice-test-"))
from cms.settings.base import *  # noqa: E402, F403
from cms.settings.base import parse_database_url  # noqa: E402

SECRET_KEY = "tests-only"  # noqa: S105
ANSWER_SEAL_KEY = "hV9Ko2FDshqJrXaFD+SVaSgTH5WGVXoZBVIsseq7jiw="
ANSWER_OPEN_KEYS = ["gqhAsCOcfW1cgIv3DkAmcSqTB2ttvRoTotNNXYGaczg="]
RECORD_KEY_SECRET = "tests only: from this the record keys of figures come"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STAFF_NEED_MFA = False
# What Wagtail does beside each save of a page takes as long as the save, and no test waits for it.
TASKS = {"default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend"}}
HEAD_OF_SERVICE_EMAIL = "head@service.test"
# Tests answer at once; tests of excluded answers set their own value.
FASTEST_ANSWER_SECONDS = 0
# A busy machine is no database that is away; tests of that serve the site with production's settings.
DATABASE_SECONDS = 60
# No caching, so that changes show at once.
PUBLISHED_SECONDS = 0
WORDS_STRICT = True
DEMO = True
os.environ["NLTK_DATA"] = str(Path(tempfile.gettempdir()) / "no-nltk-data")
if "DATABASE_URL" not in os.environ:
    # pytest-django recognises in-memory databases only with Django's own engine, and would create files of that name.
    DATABASES = {
        "default": parse_database_url("sqlite://:memory:")
        | {"TEST": {"NAME": f"{os.environ['VAR_DIR']}/test.sqlite3"}}
    }
