"""The shipped set of pictograms: plain drawings that officers choose for a question or a choice."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
import yaml
from django.template.loader import render_to_string

from consultation.channels.paper import form_pdf
from consultation.surveys import pictograms
from consultation.surveys.option_blocks import OptionBlock

NAMES = pictograms.list_pictogram_names()
SVG = "{http://www.w3.org/2000/svg}"
SHAPES = {"path", "circle", "rect", "ellipse"}
MOST_BYTES = 600  # of one: a survey of 25 KB may show a dozen


def test_officers_choose_among_all_of_them_by_subject():
    grouped = pictograms.build_pictogram_choices()
    offered = [name for _, choices in grouped for name, _ in choices]
    assert sorted(offered) == NAMES and len(NAMES) >= 40
    assert [title for title, _ in grouped][:2] == ["People", "Places"] and "Other" not in dict(grouped)
    assert OptionBlock().child_blocks["pictogram"].clean("street-light") == "street-light"


@pytest.mark.parametrize("name", NAMES)
def test_a_drawing_is_plain_small_and_hidden_from_screen_readers(name):
    drawing = render_to_string(pictograms.find_pictogram_template(name)).strip()
    assert len(drawing) <= MOST_BYTES
    root = ET.fromstring(drawing)  # noqa: S314  (a file of this product)
    assert {part.tag for part in root} <= SHAPES, "no script, no text, no style, no address"
    assert (root.get("aria-hidden"), root.get("viewBox")) == ("true", "0 0 72 72")
    printed, kind = form_pdf.load_picture(f"pictogram:{name}")
    assert kind == "image/svg+xml" and ET.fromstring(printed).tag == f"{SVG}svg"  # noqa: S314


@pytest.mark.parametrize("name", [*NAMES, "agreed"])
def test_a_name_is_a_word_in_yaml_too(name):
    assert yaml.safe_load(f"pictogram: {name}") == {"pictogram": name}


def listed_choices(told):
    """Each list of choices in what a demo file tells, however deep."""
    if isinstance(told, dict):
        yield from ([told["options"]] if isinstance(told.get("options"), list) else [])
        told = list(told.values())
    for one in told if isinstance(told, list) else ():
        yield from listed_choices(one)


def test_where_the_demo_draws_a_choice_each_has_a_shipped_drawing_of_its_own():
    """Two choices with one picture are one choice to a child who reads by pictures."""
    folder = Path(pictograms.FOLDER).parent.parent.parent / "cms" / "demo"
    told = (yaml.safe_load(file.read_text(encoding="utf-8")) for file in folder.glob("*.yaml"))
    drawn = [[choice.get("pictogram") for choice in choices] for one in told for choices in listed_choices(one)]
    drawn = [pictures for pictures in drawn if any(pictures)]
    assert len(drawn) > 2
    assert [each for each in drawn if len(set(each)) < len(each) or not set(each) <= set(NAMES)] == []
