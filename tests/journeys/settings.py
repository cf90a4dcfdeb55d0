"""The demo's settings with a fast password hash: a journey signs in a hundred times."""

from django.conf.global_settings import PASSWORD_HASHERS as SLOW

from cms.settings.dev import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *SLOW]
