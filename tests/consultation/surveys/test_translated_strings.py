"""Which strings of a language people read, and what an approval holds for."""

from hypothesis import given
from hypothesis import strategies as st

from consultation.surveys.translated_strings import is_needed, readable_paths, string_digest

GO = {"body.go.text", "body.go.easy", "body.go.options.yes.text", "body.go.options.no.text", "body.go.why"}
HELP = "body.go.help_by_answer.1.text"


def test_a_question_is_read_when_all_that_it_needs_is_right():
    assert readable_paths(GO, GO - {"body.go.easy", "body.go.why"}) == GO - {
        "body.go.easy",
        "body.go.why",
    }
    assert readable_paths(GO, GO - {"body.go.options.no.text"}) == set()
    assert readable_paths(GO | {HELP}, GO) == GO, "help may come later"
    assert readable_paths(GO | {"title"}, {"title"}) == {"title"}


@given(st.sets(st.sampled_from(sorted(GO | {HELP, "title", "body.why.text"}))))
def test_nothing_is_read_that_is_not_right_and_no_question_by_halves(right):
    paths = GO | {HELP, "title", "body.why.text"}
    read = readable_paths(paths, right)
    assert read <= right
    needed = {path for path in GO if is_needed(path)}
    assert read & GO == (right & GO if needed <= right else set())


@given(st.text(), st.text(), st.text(), st.text())
def test_an_approval_is_of_one_place_one_source_and_one_text(path, source, text, other):
    if text != other:
        assert string_digest(path, source, text) != string_digest(path, source, other)
        assert string_digest(path, text, source) != string_digest(path, other, source)
