"""Redaction proposes personal data and leaves other words alone."""

import csv
import json
from collections import defaultdict
from pathlib import Path

import pytest

from consultation.reading import screening
from consultation.reading.model_training.redaction_evaluation import evaluate, measure_proposals
from consultation.reading.redaction import Span, propose_spans
from consultation.reading.redaction.identifier_numbers import has_valid_nhs_check_digit

DATA = Path(screening.__file__).parent / "data"


def found(text, **options):
    return {(text[span.start : span.end], span.type) for span in propose_spans(text, **options)}


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("ring me on 07700 900 123 after tea", "07700 900 123", "PHONE"),
        ("ring +44 7700 900123", "+44 7700 900123", "PHONE"),
        ("office is (0113) 496 0127", "(0113) 496 0127", "PHONE"),
        ("its at bd25 1zy i think", "bd25 1zy", "POSTCODE"),
        ("write to zee.k08@example.org please", "zee.k08@example.org", "EMAIL"),
        ("see https://example.org/a/b?c=1, it says", "https://example.org/a/b?c=1", "URL"),
        ("he is @kxng.blue_07 on there", "@kxng.blue_07", "HANDLE"),
        ("add lil_saff.x if you want", "lil_saff.x", "HANDLE"),
        ("a white van YB98 QKP waits", "YB98 QKP", "PLATE"),
        ("NHS number 999 014 2210", "999 014 2210", "ID"),
        ("reference EHCP-77120 was lost", "EHCP-77120", "ID"),
        ("my dob is 4.11.05", "4.11.05", "DOB"),
        ("we met on the 12th of May", "12th of May", "DATE"),
        ("I live at 19 Fennel Walk", "19 Fennel Walk", "ADDRESS"),
        ("i go to Steeton Gill Academy and its ok", "Steeton Gill Academy", "SCHOOL"),
        ("the swings at Peel Park are broke", "Peel Park", "PLACE"),
        ("my key worker Siobhan left", "Siobhan", "WORKER"),
        ("Miss Okonjo is sound", "Miss Okonjo", "WORKER"),
        ("i had miss jessop again", "miss jessop", "WORKER"),
        ("my mate Demi has her own", "Demi", "PERSON"),
        ("my brother hamza plays", "hamza", "PERSON"),
        ("Big Dave does the best roast", "Big Dave", "NICKNAME"),
        ("میری سہیلی عائشہ کے ساتھ", "عائشہ", "PERSON"),
    ],
)  # fmt: skip
def test_personal_data_is_proposed(text, words, kind):
    assert (words, kind) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "In year 10 we get PE on Monday and Maths in May",
        "CAMHS waiting list is 14 months and the GP said ring back",
        "more buses after 9 please, the 640 is rammed",
        "i got 14/20 in spellings and 3 house points",
        "Ofsted came. Everyone was on best behaviour",
        "will you mark my work in may",
        "the police should listen. Nobody does",
        "",
    ],
)
def test_ordinary_words_are_left_alone(text):
    assert propose_spans(text) == []


def test_what_the_consultation_asks_about_is_not_personal_data():
    text = "Peel Park is good, Lister Park is not"
    assert found(text, allowed=["peel park"]) == {("Lister Park", "PLACE")}


def test_a_name_found_once_is_hidden_everywhere():
    spans = propose_spans("my worker Kieran left. kieran was good. I miss Kieran's jokes")
    assert [span.type for span in spans] == ["WORKER"] * 3


def test_a_town_is_proposed_in_a_personal_story_alone():
    assert found("they moved us to Rochdale") == {("Rochdale", "PLACE")}
    assert found("buses to Rochdale are late") == set()


def test_nhs_numbers_are_checked():
    assert has_valid_nhs_check_digit("943 476 5919")
    assert not has_valid_nhs_check_digit("943 476 5918")


def test_measuring_says_what_it_counts(tmp_path):
    file = tmp_path / "answers.csv"
    with file.open("w", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(["text", "pii_spans"])
        writer.writerow(["ring 07700 900123", json.dumps([[5, 17, "PHONE"]])])
        writer.writerow(["the zorbly thing", json.dumps([[4, 10, "PLACE"]])])
    result = evaluate(file=file)
    assert result["recall"] == 0.5
    assert result["precision"] == 1.0
    assert result["per_type"]["PHONE"]["recall"] == 1.0
    assert result["per_type"]["PLACE"] == {
        "recall": 0.0, "precision": None, "n": 1, "recall_same_type": 0.0, "recall_exact": 0.0
    }  # fmt: skip
    assert "overlap" in result["counts_as_found"]


@pytest.fixture(scope="module")
def by_author():
    pairs = defaultdict(list)
    for name in ("answers_train.csv", "vignettes_dev.csv"):
        with (DATA / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                marked = [Span(*span) for span in json.loads(row["pii_spans"])]
                pairs[row.get("author", "V")].append((marked, propose_spans(row["text"])))
    return pairs


@pytest.mark.parametrize("author", ["A", "B", "C", "V"])
@pytest.mark.slow
def test_each_author_in_english_is_covered(by_author, author):
    result = measure_proposals(by_author[author])
    assert result["recall"] >= 0.95
    assert result["precision"] >= 0.8


@pytest.mark.slow
def test_structured_types_are_found(by_author):
    result = measure_proposals([pair for pairs in by_author.values() for pair in pairs])["per_type"]
    for kind in ("PHONE", "EMAIL", "POSTCODE", "URL", "PLATE", "ID", "DOB"):
        assert result[kind]["recall"] >= 0.98, kind
