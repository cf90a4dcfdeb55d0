"""The broad areas of the district that the site speaks for: where a question of area starts from (no map pins)."""

from functools import cache
from pathlib import Path

import yaml
from django.conf import settings

OWN = Path(__file__).with_name("areas.yaml")


@cache
def _table(path):
    return yaml.safe_load(Path(path).read_text(encoding="utf-8"))


def names():
    """The areas of DISTRICT, or none where nobody has written them down yet."""
    return list(_table(str(settings.AREAS_FILE or OWN)).get(settings.DISTRICT, ()))


def choices():
    """As the choices of a new question; officers may change them there."""
    return [{"text": name, "easy": "", "exclusive": False, "pictogram": "", "other": False} for name in names()]
