"""The settings in the editor of a page that no date takes down."""

from typing import Any

from wagtail.admin.panels import PublishingPanel
from wagtail.models import Page


class GoLivePanel(PublishingPanel):
    """Wagtail's panel without the field for the day on which a page vanishes, in words for a page that others approve."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.children: list[Any] = [child for child in self.children if child.field_name == "go_live_at"]

    class BoundPanel(PublishingPanel.BoundPanel):
        template_name = "consultation/surveys/go_live_panel.html"


def build_settings_panels(help_text: str = "") -> list[Any]:
    return [GoLivePanel(help_text=help_text), *Page.settings_panels[1:]]
