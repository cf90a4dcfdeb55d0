"""Columns for question ids hold the longest id: PostgreSQL would refuse a longer one, and a Send with it; SQLite takes
anything."""

import uuid

import pytest
from django.apps import apps

from consultation.surveys.exchange.sheet_parsing import LONGEST_ID
from consultation.surveys.questionnaire_schema import OTHER

FIELDS = ("consultation.Answer", "insights.Text", "insights.Quote", "insights.Citation")


@pytest.mark.parametrize("model", FIELDS)
def test_the_words_beside_the_other_choice_of_any_question_can_be_kept(model):
    room = apps.get_model(model)._meta.get_field("question").max_length
    made_by_the_editor = f"{uuid.uuid4()}{OTHER}"
    assert room >= max(len(made_by_the_editor), LONGEST_ID + len(OTHER))
