"""Tables of consultation/domain to which tests hold the code."""

from collections import defaultdict
from pathlib import Path

import yaml

import consultation.domain

FOLDER = Path(consultation.domain.__file__).parent
CONTROLS = yaml.safe_load((FOLDER / "controls.yaml").read_text(encoding="utf-8"))
TAXONOMY = yaml.safe_load((FOLDER / "taxonomy.yaml").read_text(encoding="utf-8"))
# {action: {role: what it may, or "no"}}
ROLES_PERMISSIONS = {action: defaultdict(lambda: "no", may) for action, may in CONTROLS["roles_permissions"].items()}
# Headers of every respondent page; `Set-Cookie` must be absent, `Clear-Site-Data` is the thank-you page's alone.
RESPONDENT_HEADERS = {
    name: value
    for name, value in CONTROLS["respondent_headers"].items()
    if name not in ("Set-Cookie", "Clear-Site-Data")
}
