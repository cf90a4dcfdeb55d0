"""Flag, priority and redaction on 200 answers in three styles: typed on a phone, careful and long, young or new to English.

Three authors wrote and labelled them before they had seen a rule or any answer that the screen learned from. They were
measured once, when screen and tagger were done; nothing learns from them. People and places are invented.
"""

import csv
import json
from pathlib import Path

import pytest

from consultation.reading.model_training.redaction_evaluation import measure_proposals
from consultation.reading.redaction import Span, propose_spans
from consultation.reading.screening import screen_texts

FILE = Path(__file__).parent / "data" / "answers_in_three_styles.csv"


@pytest.fixture(scope="module")
def rows():
    with FILE.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


@pytest.fixture(scope="module")
def screened(rows):
    return screen_texts([row["text"] for row in rows], languages=[row["language"] for row in rows])


def told(row):
    return row["disclosure"] == "1"


@pytest.mark.slow
def test_disclosures_are_flagged_and_few_other_answers(rows, screened):
    flagged = [found.flagged for row, found in zip(rows, screened, strict=True) if told(row)]
    share = len(flagged) / len(rows)
    assert sum(flagged) / len(flagged) >= 0.97
    assert sum(found.flagged for found in screened) / len(rows) <= share + 0.10


def test_what_cannot_wait_is_t1(rows, screened):
    urgent = [found.priority == "T1" for row, found in zip(rows, screened, strict=True) if row["priority"] == "T1"]
    assert len(urgent) > 60
    assert sum(urgent) / len(urgent) >= 0.95


def test_ordinary_answers_seldom_wake_anyone(rows, screened):
    woken = [found.priority == "T1" for row, found in zip(rows, screened, strict=True) if not told(row)]
    assert sum(woken) / len(woken) <= 0.10


@pytest.mark.slow
def test_what_names_somebody_is_covered(rows):
    pairs = [
        ([Span(*span) for span in json.loads(row["pii_spans"])], propose_spans(row["text"], language=row["language"]))
        for row in rows
    ]
    figures = measure_proposals(pairs)
    assert figures["n"] > 120
    assert figures["recall_any"] >= 0.98
    assert figures["precision"] >= 0.75
