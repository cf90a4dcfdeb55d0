"""Where the public data lies that tests are measured on: beside the checkout, never in it. VOICE_SHARED names another
folder."""

import os
from pathlib import Path

SHARED = Path(os.environ.get("VOICE_SHARED", Path(__file__).resolve().parents[2] / "shared"))
DATA = SHARED / "data"
