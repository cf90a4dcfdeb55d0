import pytest

from consultation.interface_text import actions, translation_corrections
from consultation.interface_text.models import ProposedCorrection, Wording


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


@pytest.fixture
def show_waiting(person):
    """show_waiting("pl"): a second person reads the new words that wait in a language, and shows them."""

    def show(language="pl"):
        waiting = ProposedCorrection.objects.filter(language=language)
        seen = {row.key: translation_corrections.digest_correction(row) for row in waiting}
        return actions.confirm_texts(language=language, seen=seen, by=person("engagement_officer"))

    return show
