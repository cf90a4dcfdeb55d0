"""Settings for a laptop: no configuration needed; keys are generated once and kept beside the database."""

from cms.settings.base import *  # noqa: F403
from cms.settings.base import STORAGES, VAR_DIR
from cms.settings.local_keys import load_local_keys

DEMO = True
STAFF_NEED_MFA = False
HEAD_OF_SERVICE_EMAIL = "head.of.service@example.org"
EMERGENCY_DUTY_TEAM = "Emergency duty team, 01632 960999"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
SECRET_KEY, ANSWER_SEAL_KEY, ANSWER_OPEN_KEYS, RECORD_KEY_SECRET = load_local_keys(VAR_DIR)
# Not compressed, which took half a minute for a visitor on the same machine.
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
