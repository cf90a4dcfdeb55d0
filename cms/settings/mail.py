"""How mail leaves: to staff alone, and an alert says only "item waiting". The server is named in the environment.

Not MAILERS yet: Wagtail asks for a connection with its own empty name and password, which would take their place.
"""

import os

from django.core.exceptions import ImproperlyConfigured

SECURITY = ("starttls", "tls", "none")
_security = os.environ.get("EMAIL_SECURITY", "starttls")
if _security not in SECURITY:
    raise ImproperlyConfigured(f"EMAIL_SECURITY is {_security!r}: use one of {', '.join(SECURITY)}.")

EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "465" if _security == "tls" else "587"))
EMAIL_HOST_USER = os.environ.get("EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_PASSWORD", "")
EMAIL_USE_TLS, EMAIL_USE_SSL = _security == "starttls", _security == "tls"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM", "webmaster@localhost")
EMAIL_SUBJECT_PREFIX = ""
