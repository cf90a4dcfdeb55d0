"""The demo as a newcomer runs it, but for how passwords are kept: a journey signs in a hundred times."""

from django.conf.global_settings import PASSWORD_HASHERS as SLOW

from cms.settings.dev import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *SLOW]
