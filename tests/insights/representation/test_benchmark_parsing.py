"""Benchmark files: faults are reported line by line, with the remedy."""

from datetime import date

import pytest

from insights.forms import decode_text
from insights.representation.benchmark_parsing import parse_benchmarks
from insights.representation.dimensions import Dimension
from insights.representation.models import BenchmarkBasis

TODAY = date(2026, 11, 25)
ASKED = [
    Dimension("everyone", "Everyone", (("everyone", "Everyone"),)),
    Dimension("age", "Age", (("a1", "11 to 13"), ("a2", "14 or 15"), ("not-said", "Did not say"))),
    Dimension("area", "Area", (("east", "Bradford East"), ("west", "Bradford West"), ("not-said", "Did not say"))),
    Dimension("language", "Language of the answers", (("en", "English"), ("ur", "Urdu"))),
]
HEAD = "benchmark,about,group,number,source,date\n"
CENSUS = (
    'School census,Age,11 to 13,"12,400",Department for Education,2026-01-15\n'
    "School census,Age,14 or 15,11 900,Department for Education,15/01/2026\n"
)


def problems(text):
    return [(problem.line, problem.words) for problem in parse_benchmarks(text, ASKED, TODAY).problems]


def test_a_whole_file_is_read():
    text = HEAD + CENSUS.replace("15/01/2026", "2026-01-15") + "Ward,area,bradford east,900,Council,1 March 2026\n"
    found = parse_benchmarks(text, ASKED, TODAY)
    assert found.problems == []
    census, ward = found.benchmarks
    assert census["about"] == "age"
    assert census["groups"] == [{"label": "11 to 13", "number": 12400}, {"label": "14 or 15", "number": 11900}]
    assert (census["dated"], census["basis"]) == (date(2026, 1, 15), BenchmarkBasis.LIVES)
    assert (ward["groups"], ward["dated"]) == ([{"label": "Bradford East", "number": 900}], date(2026, 3, 1))


def test_source_and_date_are_needed_once_for_each_benchmark():
    text = HEAD + "A,age,11 to 13,5,Council,2026-01-15\nA,age,14 or 15,6,,\n"
    assert problems(text) == []
    assert problems(HEAD + "A,age,11 to 13,5,,2026-01-15\n") == [
        (2, "Say where the numbers are from, under “source”.")
    ]
    assert problems(HEAD + "A,age,11 to 13,5,Council,\n") == [(2, "Say of which day the numbers are, under “date”.")]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (",age,11 to 13,5,S,2026-01-15", "no name of the benchmark"),
        ("A,height,11 to 13,5,S,2026-01-15", "“height” is not what people can be told apart by"),
        ("A,age,11 to 14,5,S,2026-01-15", "“11 to 14” is not a group here. There is “11 to 13”, “14 or 15”."),
        ("A,age,,5,S,2026-01-15", "There is no group."),
        ("A,age,Did not say,5,S,2026-01-15", "is not a group here"),
        ("A,age,11 to 13,many,S,2026-01-15", "“many” is not a whole number of people."),
        ("A,age,11 to 13,-4,S,2026-01-15", "not a whole number"),
        ("A,age,11 to 13,4.5,S,2026-01-15", "not a whole number"),
        ("A,age,11 to 13,,S,2026-01-15", "There is no number."),
        ("A,age,11 to 13,999999999999,S,2026-01-15", "more people than there can be"),
        ("A,age,11 to 13,0,S,2026-01-15", "nobody in any group"),
        ("A,age,11 to 13,5,S,soon", "“soon” is not a day"),
        ("A,age,11 to 13,5,S,2027-01-15", "lies in the future"),
        (f"{'A' * 81},age,11 to 13,5,S,2026-01-15", "80 letters at most"),
        (f"A,age,11 to 13,5,{'S' * 201},2026-01-15", "200 letters at most"),
    ],
)
def test_what_is_wrong_with_a_line_is_said(line, words):
    (found,) = problems(HEAD + line + "\n")
    assert found[0] == 2
    assert words in found[1]


def test_each_line_says_its_own():
    text = HEAD + "A,age,11 to 13,5,S,2026-01-15\nA,age,11 to 13,6,S,2026-01-15\nA,age,14 or 15,x,Other,2026-01-15\n"
    assert problems(text) == [
        (3, "“11 to 13” stands in this benchmark twice."),
        (4, "The source is another one than in line 2. A benchmark has one."),
        (4, "“x” is not a whole number of people."),
    ]


def test_headings_are_needed_and_named():
    assert problems("about,group,number\nage,11 to 13,5\n") == [
        (1, "The first line must hold the headings. Missing: benchmark, source, date.")
    ]
    assert problems("") == [
        (1, "The first line must hold the headings. Missing: " + "benchmark, about, group, number, source, date.")
    ]
    assert problems(HEAD) == [(0, "There is no line with numbers in it.")]


def test_who_was_invited_is_a_basis_of_its_own():
    head = HEAD.strip() + ",basis\n"
    (found,) = parse_benchmarks(head + "A,everyone,,1200,S,2026-01-15,Invited\n", ASKED, TODAY).benchmarks
    assert (found["basis"], found["groups"]) == (BenchmarkBasis.INVITED, [{"label": "Everyone", "number": 1200}])
    assert "not a basis" in problems(head + "A,everyone,,1200,S,2026-01-15,guessed\n")[0][1]


def test_a_language_may_be_written_by_its_short_name():
    (found,) = parse_benchmarks(HEAD + "A,language,ur,5,S,2026-01-15\n", ASKED, TODAY).benchmarks
    assert found["groups"] == [{"label": "Urdu", "number": 5}]


def test_semicolons_and_old_code_pages_are_read():
    assert problems((HEAD + "A,age,11 to 13,5,S,2026-01-15\n").replace(",", ";")) == []
    assert decode_text("Café".encode("cp1252")) == "Café"
    assert decode_text(b"\xef\xbb\xbfbenchmark") == "benchmark"


def test_a_broken_or_endless_file_is_refused_in_words():
    assert "not a whole CSV file" in problems(HEAD + 'A,age,"11 to 13,5\n')[0][1]
    assert "too long" in problems("x" * 200_001)[0][1]
    assert "At most 1000 lines" in problems(HEAD + "A,age,11 to 13,5,S,2026-01-15\n" * 1000)[0][1]


def test_a_formula_is_text_like_any_other():
    assert "is not a group here" in problems(HEAD + "A,age,=1+1,5,S,2026-01-15\n")[0][1]


def test_what_no_database_takes_is_left_out():
    (found,) = parse_benchmarks(HEAD + "A\0B,age,11 to 13,5,S,2026-01-15\n", ASKED, TODAY).benchmarks
    assert found["name"] == "AB"
