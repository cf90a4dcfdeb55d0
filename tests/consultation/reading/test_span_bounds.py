import pytest

from consultation.reading import redaction_spans


def test_overlapping_spans_become_one():
    rows = redaction_spans.normalise_spans(
        [
            {"start": 3, "end": 8, "type": "PLACE"},
            {"start": 0, "end": 5, "type": "PERSON"},
            {"start": 9, "end": 10, "type": "DATE"},
        ],
        "x" * 10,
    )
    assert [(row["start"], row["end"], row["type"]) for row in rows] == [(0, 8, "PERSON"), (9, 10, "DATE")]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Kieran and kieran", "kieran", [(0, 6), (11, 17)]),
        ("🦋 Straße", "strasse", []),
        ("🦋 Straße", "STRAßE", [(2, 8)]),
        ("abc", "", []),
        ("abc", "   ", []),
        ("abc", "abcd", []),
        ("ہمیں حنا نے", "حنا", [(5, 8)]),
    ],
)
def test_finding_words_keeps_places_exact(text, words, expected):
    assert redaction_spans.find_words(text, words) == expected


def test_tags_are_those_of_the_redacted_text():
    text = "🦋 [PERSON 1] Ann met Bo, and ann left."
    places = [*redaction_spans.find_words(text, "ann"), *redaction_spans.find_words(text, "Bo")]
    marked = redaction_spans.normalise_spans(
        [{"start": start, "end": end, "type": "PERSON"} for start, end in places], text
    )
    tags = redaction_spans.list_redaction_tags(text, marked)
    assert tags[0] == tags[2] != tags[1]
    rebuilt, at = "", 0
    for span, tag in zip(marked, tags, strict=True):
        rebuilt, at = rebuilt + text[at : span["start"]] + tag, span["end"]
    assert rebuilt + text[at:] == redaction_spans.redact_text(text, marked)
