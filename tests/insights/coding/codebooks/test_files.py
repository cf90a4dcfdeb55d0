"""Codebooks as files: a written file parses to the same codebook, and faults are reported row by row. No database."""

import io
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultation.domain import strategy_points
from consultation.domain.place_types import PLACE_TYPES
from consultation.file_output.spreadsheets import write_csv
from insights.coding.codebooks import codebook_parsing, theme_entry_rows
from insights.forms import decode_text

WORDS = st.text(st.sampled_from(list("ab ='+-@|%\t\n\r\",;:#&*!>{}[]é،ٹ\u200b\u2028")), max_size=12)
POINTS = st.lists(st.sampled_from(sorted(strategy_points.text_by_sub_point())), max_size=3)


@st.composite
def themes(draw):
    found, labels = [], set()
    for n in range(draw(st.integers(1, 4))):
        row = theme_entry_rows.normalise_row(
            {
                "label": f"{draw(WORDS)}{n}",
                "family": draw(WORDS),
                **{name: draw(WORDS) for name in theme_entry_rows.TEXTS},
                **{name: draw(st.lists(WORDS, max_size=3)) for name in theme_entry_rows.LISTS},
                "links": [{"sub_point": slug} for slug in draw(POINTS)],
                "gravity": draw(st.sampled_from([1, 2, 3])),
                "online": draw(st.booleans()),
                "place_types": draw(st.lists(st.sampled_from(sorted(PLACE_TYPES)), max_size=3)),
            }
        )
        if row["label"] not in labels:
            labels.add(row["label"])
            found.append({"slug": f"theme-{n}"} | row)
    return found


def entries(of):
    return [
        SimpleNamespace(
            theme=SimpleNamespace(slug=row["slug"]), **{name: row[name] for name in theme_entry_rows.FIELDS}
        )
        for row in of
    ]


def as_csv(of):
    file = io.BytesIO()
    write_csv(file, codebook_parsing.COLUMNS, codebook_parsing.build_csv_rows(entries(of)))
    return decode_text(file.getvalue())


def as_yaml(of):
    version = SimpleNamespace(codebook=SimpleNamespace(slug="seed", name="Seed"), number=1, label="")
    return codebook_parsing.write_codebook_yaml(version, entries(of))


@settings(max_examples=60)
@given(themes())
def test_a_csv_file_reads_back_the_same(of):
    found = codebook_parsing.parse_codebook(as_csv(of))
    assert (found.problems, found.themes) == ([], of)


@settings(max_examples=60)
@given(themes())
def test_a_yaml_file_reads_back_the_same(of):
    found = codebook_parsing.parse_codebook(as_yaml(of))
    assert (found.problems, found.themes) == ([], of)


def test_no_cell_begins_like_a_formula():
    row = {"slug": "x"} | theme_entry_rows.normalise_row(
        {"label": "=1+1", "definition": "'=2", "examples": ["@x", "-1"]}
    )
    cells = as_csv([row]).splitlines()[1]
    assert '"\'=1+1"' in cells
    assert "\"''=2\"" in cells
    assert codebook_parsing.parse_codebook(as_csv([row])).themes == [row]


def test_a_theme_without_an_id_gets_it_from_its_label():
    assert codebook_parsing.parse_codebook("label\nNight buses\n").themes[0]["slug"] == "night-buses"


def test_each_row_says_what_is_wrong_and_the_others_are_still_read():
    text = "id,label,gravity,links,online\na,,1,,\nB!,Bus,9,nowhere,maybe\nc,Cars,2,,yes\nc,Cars,,,\n"
    found = codebook_parsing.parse_codebook(text)
    said = [(problem.where, problem.words.split(".")[0]) for problem in found.problems]
    assert said == [
        ("Line 2", "There is no label"),
        ("Line 3", "“nowhere” is not a sub-point of the strategy"),
        ("Line 3", "“gravity” is 1 (everyday), 2 (some worry) or 3 (serious)"),
        ("Line 3", "“online” is yes or no"),
        ("Line 3", "“id” holds small letters, figures and dashes, 80 at most"),
        ("Line 5", "The id “c” stands in the file twice"),
        ("Line 5", "The label “Cars” stands in the file twice"),
    ]
    assert [theme["slug"] for theme in found.themes] == ["c"]


def test_a_type_of_place_that_is_not_on_the_list_is_named():
    [problem] = codebook_parsing.parse_codebook('label,place_types\nParks,"park\nmoon"\n').problems
    assert problem.words.startswith("“moon” is not a type of place: park, street")


def test_the_line_of_a_row_is_the_one_it_begins_in():
    found = codebook_parsing.parse_codebook('label,definition\nOne,"two\nlines"\n,nothing\n')
    assert [problem.where for problem in found.problems] == ["Line 4"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "nothing in the file"),
        ("colour,label\nred,x\n", "“colour” is not one"),
        ("id,definition\na,b\n", "“label” is missing"),
        ('label\n"open', "not a whole CSV"),
        ("themes: [", "not whole YAML"),
        ("themes: many", "must be a list"),
        ("themes: [lights]", "no fields"),
        ("themes:\n- label: {a: b}\n", "must be words"),
        ("themes:\n- {label: A, colour: red}\n", "“colour” is not something a theme has"),
        ("a: &a [x]\nthemes:\n- {label: L, examples: *a}\n", "aliases are not read"),
        ("themes: []\n", "no theme in the file"),
        ("label\n" + "x" * 200, "label is too long"),
    ],
)
def test_what_cannot_be_read_is_said_in_words(text, says):
    found = codebook_parsing.parse_codebook(text)
    assert any(says in problem.words for problem in found.problems), found.problems


@pytest.mark.slow
def test_a_deep_file_is_refused_and_breaks_nothing():
    assert codebook_parsing.parse_codebook("themes: " + "[" * 5000).problems
