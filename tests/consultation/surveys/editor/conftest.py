"""Questionnaires as outlines, without a database."""

import pytest

from consultation.surveys.editor.questionnaire_outline import build_outline
from consultation.surveys.question_blocks import QuestionStreamBlock


class Page:
    def __init__(self, *blocks):
        self.body = QuestionStreamBlock().to_python(list(blocks))


@pytest.fixture
def outlined():
    """outlined(*blocks): what the pages beside the editor see of these blocks."""
    return lambda *blocks: build_outline(Page(*blocks))
