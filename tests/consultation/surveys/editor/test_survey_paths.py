"""Every path through a survey is found, with the shortest and longest; compared with all possible answers."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from consultation.surveys.editor.questionnaire_outline import build_outline
from consultation.surveys.editor.survey_paths import SurveyPaths
from consultation.surveys.routing_rules import TruthLogic, evaluate_visibility
from tests.consultation.surveys.conftest import asked, raw, when
from tests.consultation.surveys.editor.conftest import Page


def met_by(paths):
    return {frozenset(way.met) for knot in paths.knots for way in knot.ways}


def test_without_conditions_there_is_one_path(outlined):
    paths = SurveyPaths(outlined(asked("a", "One?", choices=["Yes", "No"]), asked("b", "Two?", "faces")))
    assert paths.knots == [] and paths.shortest == paths.longest and paths.longest.questions == 2


def test_a_branch_gives_a_short_and_a_long_path(outlined):
    entries = outlined(
        asked("go", "Do you go?", choices=["Yes", "No"]),
        asked("feel", "How is it?", "faces", show_if=when("go", "yes")),
    )
    paths = SurveyPaths(entries)
    assert (paths.shortest.questions, paths.longest.questions) == (1, 2)
    assert paths.shortest.seconds < paths.longest.seconds
    [knot] = paths.knots
    assert [(way.answers, way.met) for way in knot.ways] == [
        (["question 1: any other answer, or none"], ()),
        (["question 1: “Yes”"], (1,)),
    ]
    assert paths.leads_to(0) == [1] and paths.waits_for(1) == [0]


def test_what_nobody_meets_is_found(outlined):
    both = {"join": "all", "of": [raw({"question": "go", "any_of": [one]}, id_=one) for one in ("yes", "no")]}
    entries = outlined(asked("go", "Do you go?", choices=["Yes", "No"]), asked("feel", "How?", "faces", show_if=both))
    paths = SurveyPaths(entries)
    assert paths.unreachable == [1] and paths.longest.questions == 1


def test_a_knot_with_too_many_ways_is_said_to_be_one(outlined):
    several = [asked(f"q{n}", "Which?", "multiple", choices=list("ABCDEFGH")) for n in range(4)]
    rules = [
        asked(f"f{n}{letter}", "How?", "faces", show_if=when(f"q{n}", letter))
        for n in range(4)
        for letter in "abcdefgh"
    ]
    last = asked(
        "all",
        "And?",
        "faces",
        show_if={"join": "any", "of": [raw({"question": f"q{n}", "any_of": ["a"]}, id_=f"{n}") for n in range(4)]},
    )
    paths = SurveyPaths(outlined(*several, *rules, last))
    assert [knot.too_many for knot in paths.knots] == [True]
    assert (paths.shortest.questions, paths.longest.questions) == (4, 37)


CHOICES = ["Yes", "No", "Maybe"]


@st.composite
def surveys(draw):
    """Up to five questions, each of which may wait for one or two answers before it."""
    made = []
    for number in range(draw(st.integers(1, 5))):
        rule = []
        if number:
            picked = draw(
                st.lists(st.tuples(st.integers(0, number - 1), st.sampled_from(["yes", "no", "maybe"])), max_size=2)
            )
            rule = {
                "join": draw(st.sampled_from(["any", "all"])),
                "of": [
                    raw(
                        {
                            "question": f"q{place}",
                            "any_of": [answer],
                            "how": draw(st.sampled_from(["any_of", "none_of"])),
                        },
                        id_=f"{n}",
                    )
                    for n, (place, answer) in enumerate(picked)
                ],
            }
        made.append(
            asked(
                f"q{number}", f"Question {number}?", choices=CHOICES, show_if=rule, dont_know=False, rather_not=False
            )
        )
    return made


@given(surveys())
@settings(max_examples=60)
def test_the_shortest_and_the_longest_are_those_of_all_answers(made):
    entries = build_outline(Page(*made))
    paths = SurveyPaths(entries)
    keys = {entry["id"]: [None, *(option["key"] for option in entry["options"])] for entry in entries}
    found = set()
    for answers in product(*keys.values()):
        closed = {id_: key for id_, key in zip(keys, answers, strict=True) if key}
        found.add(frozenset(id_ for id_, shown in evaluate_visibility(entries, TruthLogic(closed)).items() if shown))
    assert sum(paths.times[place] for place in range(len(entries))) >= paths.longest.seconds
    assert {paths.shortest.questions, paths.longest.questions} == {min(map(len, found)), max(map(len, found))}
    always = frozenset(range(len(entries))).difference(*(knot.hanging for knot in paths.knots), paths.unreachable)
    assert {entries[place]["id"] for place in always} <= frozenset.intersection(*found)
    assert {entries[place]["id"] for place in paths.unreachable} == {e["id"] for e in entries} - frozenset.union(
        *found
    )
