import pytest

from consultation.surveys.models import ConsultationPage
from consultation.surveys.validation import findings  # noqa: F401
from consultation.surveys.validation.linted_draft import LintedDraft
from consultation.surveys.validation.linter import list_linters
from tests.consultation.surveys.conftest import asked


@pytest.fixture
def spots(draft_page):
    """spots(key, *blocks, **page fields): what one linter finds in a draft that was never stored."""

    def look(key, *blocks, **fields):
        return [finding.spot for finding in list_linters()[key].findings(LintedDraft(draft_page(*blocks, **fields)))]

    return look


@pytest.fixture
def draft_page():
    def made(*blocks, **fields):
        page = ConsultationPage(content_type_id=1, **{"title": "Parks", "summary": "Tell us."} | fields)
        page.body = list(blocks)
        return page

    return made


@pytest.fixture
def words_found(spots):
    """words_found(key, text, type): the words that a linter finds in one question."""

    def look(key, text, type_="faces", choices=(), **more):
        return [spot.found for spot in spots(key, asked("q", text, type_, choices=choices, **more))]

    return look
