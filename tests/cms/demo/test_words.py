"""The demo's texts without a database: dates in sentences, fitting words, and the refusal outside the demo."""

import random
import re
from datetime import date

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.utils.text import capfirst

from cms.accounts.models import User
from cms.demo import demo_consultations, example_texts
from cms.demo.demo_loader import TAXONOMY
from cms.demo.demo_staff import PASSWORD, STAFF, list_demo_logins


def test_dates_in_sentences_move_with_the_dates_in_fields():
    (decision,) = [
        data for data in demo_consultations.list_written_decisions(-7) if data["slug"] == "new-lights-in-parks"
    ]
    assert decision["due"] == date(2027, 3, 11)
    assert "by 11 March" in decision["alternative_text"]
    (workers,) = [
        data for data in demo_consultations.list_written_decisions(-60) if data["slug"] == "youth-workers-after-school"
    ]
    assert "start on 18 February" in workers["easy_read"]["we_did"]
    assert "In August we will ask" in workers["measure"]


def test_every_paper_form_says_who_runs_it_by_the_name_in_the_foot_of_each_page(settings):
    """It is the first sentence that a child reads; a name that says "safeguarding" tells whoever looks what it is about."""
    files = [path.read_text(encoding="utf-8") for path in demo_consultations.HERE.glob("*.yaml")]
    said = [name for text in files for name in re.findall(r"paper_runner: (.*)", text)]
    assert len(said) == 3
    assert {*said, demo_consultations.PAPER["runner"]} == {capfirst(settings.PARTNERSHIP)}


def test_every_theme_of_the_written_answers_is_in_the_codebook():
    known = {theme["id"] for theme in yaml.safe_load(TAXONOMY.read_text(encoding="utf-8"))["themes"]}
    rng = random.Random(1)
    written = [
        voice
        for name in ("one-change", "one-idea", "what-used")
        for voice in example_texts.generate_sayings(name, rng)
    ]
    written += [
        voice
        for name in ("one-change", "one-idea", "what-used")
        for voice in example_texts.iterate_question_texts(name)
    ]
    assert {theme for voice in written for theme in voice.themes} <= known
    assert all(voice.text and "{" not in voice.text for voice in written)


def test_chosen_answers_fit_their_audience_and_are_said_once():
    plan = demo_consultations.load_answer_plans()["safe-in-bradford"]["text"]
    chosen = example_texts.choose_calm_texts(
        plan["question"], audience="children-young-people", themes=plan["themes"], enough=plan["calm"],
        also=plan["also"], rng=random.Random(1),
    )  # fmt: skip
    assert not any(voice.worrying for voice in chosen)
    assert {voice.audience for voice in chosen} <= {"young_12_14", "young_15_17", "children-young-people"}
    assert {"ur", "pl", "pa"} <= {voice.language for voice in chosen}
    assert len({voice.text for voice in chosen}) == len(chosen)


def test_spans_of_the_examples_lie_where_they_say():
    for voice in example_texts.load_examples():
        assert all(voice.text[span["start"] : span["end"]].strip() for span in voice.spans)


def test_it_refuses_where_it_is_not_a_demo(db, settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="not a demo"):
        call_command("load_demo")
    assert not User.objects.exists()


def test_the_logins_are_told_with_their_password():
    lines = "\n".join(list_demo_logins())
    assert all(person.email in lines for person in STAFF)
    assert PASSWORD in lines


def test_a_folder_without_real_comments_is_said_so(home, tmp_path):
    from cms.demo import real_comments

    said = []
    real_comments.load_real_comments(tmp_path, said.append)
    assert [line.split(" holds ")[1] for line in said] == [
        f"no {name}: left out." for name in (real_comments.LONDON_FILE, real_comments.NHS_FILE)
    ]
