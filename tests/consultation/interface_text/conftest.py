import pytest

from consultation.interface_text import translation_corrections
from consultation.interface_text.models import Wording


@pytest.fixture
def told_at_once(settings, monkeypatch):
    """As in a process that hears of a change the moment it is made, and not by asking for each of a thousand words."""
    made = Wording.touch

    def touch():
        made()
        translation_corrections.cached_corrections.clear()

    monkeypatch.setattr(Wording, "touch", touch)
    settings.PUBLISHED_SECONDS = 60
    translation_corrections.cached_corrections.clear()
