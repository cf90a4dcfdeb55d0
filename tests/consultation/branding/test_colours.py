"""Text stays readable in light and dark for any two colours; the test computes the contrast by its own formula."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from consultation.branding import colours
from tests.house.test_contrast import ratio, schemes

COLOUR = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)


def assert_readable(tokens, tokens_of_the_house):
    ground = tokens_of_the_house | tokens
    low = {
        f"{front} on {back}": round(ratio(ground[front], ground[back]), 2)
        for front, back, least in [
            ("strong", "paper", 7),
            ("strong", "card", 7),
            ("strong", "wash", 7),
            ("strong", "quiet-wash", 7),
            ("on-strong", "strong", 7),
            ("on-quiet", "quiet", 4.5),
            ("ink", "wash", 7),
            ("ink", "quiet-wash", 7),
            ("ink-2", "wash", 7),
            ("focus", "halo", 3),
        ]
        if ratio(ground[front], ground[back]) < least
    }
    assert low == {}


@given(COLOUR, COLOUR)
@example("#ffffff", "#ffffff")
@example("#000000", "#000000")
@example("#ff0000", "#00ff00")
@example("#777777", "#1b2529")
def test_any_two_colours_are_made_readable(main, second):
    assert_readable(colours.build_light_tokens(main, second), schemes()["light"])
    assert_readable(colours.build_dark_tokens(main, second), schemes()["dark"])


def test_a_readable_colour_stays_itself():
    assert colours.build_light_tokens("#0b4f5a", "#f2be4a")["strong"] == "#0b4f5a"


def test_the_nearest_shade_is_of_the_same_hue():
    shade = colours.nearest_readable_shade("#3d98d3", ["#ffffff"])
    red, green, blue = (int(shade[place : place + 2], 16) for place in (1, 3, 5))
    assert ratio(shade, "#ffffff") >= 7
    assert blue > green > red


def test_the_product_s_own_colours_add_nothing():
    assert colours.build_colour_stylesheet("#0B4F5A", "#f2be4a") == ""


def test_the_grounds_are_those_of_the_tokens():
    light, dark = schemes()["light"], schemes()["dark"]
    assert tuple(light[name] for name in ("paper", "card", "ink", "ink-2")) == (
        colours.PAPER,
        colours.CARD,
        colours.INK,
        colours.INK_2,
    )
    assert tuple(dark[name] for name in ("paper", "card", "ink", "ink-2")) == (
        colours.DARK_PAPER,
        colours.DARK_CARD,
        colours.DARK_INK,
        colours.DARK_INK_2,
    )
    assert (light["strong"], light["quiet"]) == (colours.DEFAULT_MAIN, colours.DEFAULT_SECOND)


@pytest.mark.parametrize("scheme", ["", "(prefers-color-scheme: dark)"])
def test_the_stylesheet_declares_each_scheme(scheme):
    sheet = colours.build_colour_stylesheet("#7a1f5c", "#9ad0c2")
    assert scheme in sheet
    assert len(re.findall(r"--strong:#[0-9a-f]{6};", sheet)) == 2
