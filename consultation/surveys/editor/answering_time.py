"""Estimates the time to answer: reading at a child's or an adult's pace, plus seconds to answer each question type.

The paces are slow (120 words a minute for children, 180 for others): finishing early harms nobody, finishing late does.
"""

import math
import re

from consultation.surveys.editor.questionnaire_outline import build_outline
from consultation.surveys.question_types.base import QuestionType
from consultation.surveys.type_registry import type_of

WORD = re.compile(r"\w+(?:['’-]\w+)*")
CHILDREN = "children-young-people"
WORDS_A_SECOND = {True: 2.0, False: 3.0}  # {whether children are asked: pace}
READ = ("text", "hint", "body", "low_label", "high_label")


def estimate_seconds(entry, children=True):
    """Seconds for one entry of an outline."""
    texts = [entry["words"].get(name, "") for name in READ]
    texts += [one.get("text", "") for one in (*entry["choices"].values(), *entry["lines"].values())]
    read = sum(len(WORD.findall(text)) for text in texts) / WORDS_A_SECOND[children]
    return read + (type_of(entry) or QuestionType()).estimate_seconds(len(entry["lines"]))


def round_up_minutes(total):
    """Seconds in whole minutes, rounded up, at least 1."""
    return max(1, math.ceil(total / 60))


def estimate_minutes(page):
    """Minutes for all questions of a page."""
    return round_up_minutes(sum(estimate_seconds(entry, page.audience == CHILDREN) for entry in build_outline(page)))
