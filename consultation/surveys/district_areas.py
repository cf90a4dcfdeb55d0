"""The broad areas of the district, as default choices of an area question (no map pins)."""

from functools import cache
from pathlib import Path

import yaml
from django.conf import settings

OWN = Path(__file__).with_name("areas.yaml")


@cache
def _load_area_table(path):
    return yaml.safe_load(Path(path).read_text(encoding="utf-8"))


def list_area_names():
    """The areas of settings.DISTRICT; empty when none are listed."""
    return list(_load_area_table(str(settings.AREAS_FILE or OWN)).get(settings.DISTRICT, ()))


def build_area_choices():
    """Default choice values of a new area question."""
    return [
        {"text": name, "easy": "", "exclusive": False, "pictogram": "", "other": False} for name in list_area_names()
    ]
