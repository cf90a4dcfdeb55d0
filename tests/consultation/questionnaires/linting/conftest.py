import pytest

from consultation.questionnaires.linting import findings  # noqa: F401
from consultation.questionnaires.linting.draft import Draft
from consultation.questionnaires.linting.linter import LINTERS
from consultation.questionnaires.models import ConsultationPage
from tests.consultation.questionnaires.conftest import asked


@pytest.fixture
def spots(draft_page):
    """spots(key, *blocks, **page fields): what one linter finds in a draft that was never stored."""

    def look(key, *blocks, **fields):
        return [finding.spot for finding in LINTERS[key].findings(Draft(draft_page(*blocks, **fields)))]

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
