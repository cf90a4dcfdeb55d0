import pytest
from django.http import QueryDict

from insights.coding.desk.coding_choice import CannotMarkWords, CodingChoice

TEXT = "It is dark. Mend the lights."


def posted(query):
    return CodingChoice.read_posted_form(QueryDict(query), len(TEXT))


def test_what_is_ticked_travels_in_the_form():
    choice = posted("themes=1&themes=2&stance-1=agrees&stance-2=&span=1:0:11&memo=so&nothing=other")
    assert choice == CodingChoice({1, 2}, {1: "agrees"}, {1: [[0, 11]]}, "so", "other")
    assert choice.span_values == ["1:0:11"]


def test_a_stance_and_marks_go_with_the_tick():
    assert posted("stance-1=agrees&span=1:0:11") == CodingChoice()


def test_marking_words_ticks_their_theme():
    choice = posted("")
    choice.mark("3", ["12-28", "0-11"], len(TEXT))
    assert (choice.themes, choice.spans) == ({3}, {3: [[0, 11], [12, 28]]})
    choice.remove_mark("3:0:11")
    assert choice.spans == {3: [[12, 28]]}


@pytest.mark.parametrize(
    "theme, places", [("", ["0-4"]), ("1", []), ("1", ["4-2"]), ("1", ["0-999"]), ("1", ["x-y"]), ("x", ["0-4"])]
)
def test_words_that_cannot_be_marked(theme, places):
    with pytest.raises(CannotMarkWords):
        posted("").mark(theme, places, len(TEXT))


@pytest.mark.parametrize("span", ["1:2", "1:a:b", "1:5:5", "1:0:400", "1:-1:4"])
def test_a_damaged_mark_is_said(span):
    with pytest.raises(CannotMarkWords):
        posted(f"themes=1&span={span}")


def test_nothing_is_ticked_for_a_coder():
    assert CodingChoice.standing(None) == CodingChoice()


def test_what_stands_is_shown_again():
    found = {
        "coder": 1,
        "version": 1,
        "memo": "so",
        "nothing": "",
        "codes": [[7, 1, 1, "mixed", [[0, 2]]], [8, 1, 1, "", []]],
    }
    assert CodingChoice.standing(found) == CodingChoice({7, 8}, {7: "mixed"}, {7: [[0, 2]]}, "so", "")
