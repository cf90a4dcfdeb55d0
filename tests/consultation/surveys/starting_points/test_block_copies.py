"""Copied blocks get new ids, and their references follow."""

from consultation.surveys.starting_points.block_copies import (
    find_insertion_place,
    insert_questions,
    renew_block_ids,
)
from consultation.surveys.starting_points.consultation_templates import load_templates
from tests.consultation.surveys.conftest import asked, raw, when


def rule(*conditions, join="any"):
    return {"join": join, "of": list(conditions)}


def test_every_question_and_choice_gets_a_new_id():
    blocks = [asked("go", "Do you go?", choices=["Yes", "No"]), asked("why", "Why?", "long_text")]
    made = renew_block_ids(blocks)
    ids = [block["id"] for block in made] + [item["id"] for item in made[0]["value"]["options"]]
    assert len(set(ids)) == 4 and not set(ids) & {"go", "why", "yes", "no"}
    assert [item["value"]["text"] for item in made[0]["value"]["options"]] == ["Yes", "No"]
    assert blocks[0]["id"] == "go", "what was copied stays as it was"


def test_conditions_point_at_the_copy():
    group = {"type": "group", "id": "g", "value": rule(*when("go", "dont-know"), join="all")}
    blocks = [
        asked("go", "Do you go?", choices=["Yes", "No"]),
        asked("how", "How?", "faces", show_if=rule(*when("go", "yes"), group)),
        asked("old", "Old?", "faces", show_if=when("how", "1")),
    ]
    go, how, old = renew_block_ids(blocks)
    condition, grouped = how["value"]["show_if"]["of"]
    assert condition["value"] == {"question": go["id"], "any_of": [go["value"]["options"][0]["id"]]}
    assert grouped["value"]["of"][0]["value"] == {"question": go["id"], "any_of": ["dont-know"]}
    assert old["value"]["show_if"]["of"][0]["value"] == {"question": how["id"], "any_of": ["1"]}, "scales keep theirs"


def test_a_condition_on_what_stays_behind_is_left_out():
    (alone,) = renew_block_ids([asked("how", "How?", "faces", show_if=rule(*when("go", "yes")))])
    assert alone["value"]["show_if"] == {"join": "any", "of": []}


def test_help_opens_for_the_copys_own_answers():
    rules = [raw({"any_of": ["no", "rather-not"], "text": "Help", "entries": ["childline"]})]
    (made,) = renew_block_ids([asked("go", "Do you go?", choices=["Yes", "No"], help_by_answer=rules)])
    opened = made["value"]["help_by_answer"][0]["value"]
    assert opened["any_of"] == [made["value"]["options"][1]["id"], "rather-not"] and opened["entries"] == ["childline"]


def test_two_copies_share_nothing():
    blocks = load_templates()["safe-places"].blocks()
    first, second = ({block["id"] for block in renew_block_ids(blocks)} for _ in range(2))
    assert len(first) == len(blocks) and not first & second


def test_questions_go_before_those_about_the_person():
    blocks = load_templates()["safe-places"].blocks()
    assert blocks[find_insertion_place(blocks)]["value"]["text"] == "About you"
    assert find_insertion_place(blocks[:2]) == 2 and find_insertion_place([]) == 0
    chosen = [asked("sex", "What is your sex?", apart=True), asked("go", "Do you go?", "yesno")]
    texts = [block["value"]["text"] for block in insert_questions(blocks, chosen)]
    assert texts.index("Do you go?") == texts.index("About you") - 1 and texts[-1] == "What is your sex?"
    only_about = [block for block in blocks if block["type"] == "about"]
    assert find_insertion_place(only_about) == 0
