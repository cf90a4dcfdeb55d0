"""Questionnaires as outlines, without a database."""

import pytest

from consultation.questionnaires.blocks import QuestionStreamBlock
from consultation.questionnaires.building.outline import outline


class Page:
    def __init__(self, *blocks):
        self.body = QuestionStreamBlock().to_python(list(blocks))


@pytest.fixture
def outlined():
    """outlined(*blocks): what the pages beside the editor see of these blocks."""
    return lambda *blocks: outline(Page(*blocks))
