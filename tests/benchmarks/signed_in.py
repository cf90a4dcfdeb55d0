"""Production's settings for benchmark pages that are requested with a session."""

from cms.settings.production import *  # noqa: F403

STAFF_NEED_MFA = False
