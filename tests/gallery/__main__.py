"""`python -m tests.gallery`: take pictures of every state of every page, on a demo."""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
django.setup()

from tests.gallery.command import Command  # noqa: E402  (the settings come first)

Command().run_from_argv([sys.argv[0], "gallery", *sys.argv[1:]])
