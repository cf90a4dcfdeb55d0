"""Colours of tokens.css: text at 7:1 or more, edges of controls and chart marks at 3:1."""

import re
from pathlib import Path

import pytest
from django.conf import settings

STYLES = Path(settings.BASE_DIR) / "consultation" / "static" / "voice"
CSS = (STYLES / "tokens.css").read_text(encoding="utf-8")
COLOUR = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{6})\b")

TEXT = [
    ("ink", ("paper", "card", "sunk", "wash", "quiet-wash", "bad-wash")),
    ("ink-2", ("paper", "card", "sunk", "wash")),
    ("strong", ("paper", "card", "wash", "quiet-wash")),
    ("on-strong", ("strong",)),
    ("on-quiet", ("quiet",)),
    ("bad", ("paper", "card", "bad-wash")),
    ("paper", ("ink",)),
]
EDGES = [
    ("edge", ("paper", "card")),
    ("strong", ("paper", "card", "quiet-wash")),
    ("focus", ("paper", "card", "halo")),
    *((f"c{number}", ("card",)) for number in range(1, 6)),
]


def schemes():
    light, dark = CSS.split("@media (prefers-color-scheme: dark)")
    dark = dark.split("@media (prefers-contrast")[0]
    colours = dict(COLOUR.findall(light))
    return {"light": colours, "dark": colours | dict(COLOUR.findall(dark))}


def luminance(colour):
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_ratio_of_black_on_white_is_the_known_one():
    assert ratio("#000000", "#ffffff") == pytest.approx(21)
    assert ratio("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("pairs", "least"), [(TEXT, 7), (EDGES, 3)], ids=["text", "edges"])
def test_contrast(scheme, pairs, least):
    colours = schemes()[scheme]
    low = {
        f"{front} on {ground}": round(ratio(colours[front], colours[ground]), 2)
        for front, grounds in pairs
        for ground in grounds
        if ratio(colours[front], colours[ground]) < least
    }
    assert low == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_ratios_in_the_comments_are_computed(scheme):
    part = CSS.split("@media (prefers-color-scheme: dark)")[scheme == "dark"]
    colours, wrong = schemes()[scheme], []
    for name, colour, comment in re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6});\s*/\*([^*]+)\*/", part):
        for stated, ground in re.findall(
            r"(\d+\.\d+) (paper|card|sunk|wash|quiet-wash|bad-wash|strong|quiet)\b", comment
        ):
            if abs(ratio(colour, colours[ground]) - float(stated)) > 0.011:
                wrong.append(f"{name}: {stated} {ground}, computed {ratio(colour, colours[ground]):.2f}")
    assert wrong == []


def test_only_the_tokens_name_a_colour():
    for path in (*STYLES.glob("*.css"), *(Path(settings.BASE_DIR) / "insights" / "static").rglob("*.css")):
        if path.name == "tokens.css":
            continue
        screen = re.sub(
            r"@media print \{.*?\n\}|@media print \{[^\n]*\}", "", path.read_text(encoding="utf-8"), flags=re.S
        )
        assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[^{}]*[;}])", screen) == [], path.name


def test_the_survey_style_stays_small():
    assert (STYLES / "survey.css").stat().st_size <= 9 * 1024
