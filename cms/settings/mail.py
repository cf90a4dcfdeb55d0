"""Mail server settings from the environment. Mail goes to staff only; an alert says only "item waiting".

MAILERS cannot be used yet: Wagtail opens connections with an empty user and password, which would override them.
"""

import os

from django.core.exceptions import ImproperlyConfigured

from cms.settings.base import parse_env_number

SECURITY = ("starttls", "tls", "none")
_security = os.environ.get("EMAIL_SECURITY", "starttls")
if _security not in SECURITY:
    raise ImproperlyConfigured(f"EMAIL_SECURITY is {_security!r}: use one of {', '.join(SECURITY)}.")

EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = parse_env_number("EMAIL_PORT", "465" if _security == "tls" else "587")
EMAIL_HOST_USER = os.environ.get("EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_PASSWORD", "")
EMAIL_USE_TLS, EMAIL_USE_SSL = _security == "starttls", _security == "tls"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM", "webmaster@localhost")
EMAIL_SUBJECT_PREFIX = ""
