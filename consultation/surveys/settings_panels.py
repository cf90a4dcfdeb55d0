"""The settings in the editor of a page that no date takes down."""

from typing import Any

from wagtail.admin.panels import PublishingPanel
from wagtail.models import Page


def build_settings_panels(help_text: str = "") -> list[Any]:
    """Wagtail's panels without the field for the day on which a page vanishes."""
    schedule = PublishingPanel(help_text=help_text)
    schedule.children = [child for child in schedule.children if child.field_name == "go_live_at"]
    return [schedule, *Page.settings_panels[1:]]
