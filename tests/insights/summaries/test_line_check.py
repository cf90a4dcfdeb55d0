"""A number in a line of a summary passes only beside the row, and in the role, in which the report shows it."""

import re
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insights.disclosure.disclosure_presets import PRESETS, serialise_preset
from insights.disclosure.disclosure_rules import NEARLY_ALL
from insights.releases.theme_evidence import ThemeEvidence
from insights.summaries.drafted_lines import _draft_message
from insights.summaries.line_check import find_wrong_number
from insights.summaries.linked_figures import LinkableRow


def row(label, value, base=80, percent=None, low=None, high=None, symbol="", kind="themes", key="all"):
    numbers = {"value": value, "symbol": symbol, "percent": percent, "low": low, "high": high}
    return LinkableRow(f"{kind}/{key}/{label}", kind, label, base, {"id": label, "label": label, **numbers})


ROWS = [
    row("Lights", 50, 80, 62, 50, 74),
    row("Staff", 26, 80, 32, 22, 45),
    row("Buses", 12, 80, 15, 8, 26),
    row("Parks", 12, 80, 15, 8, 26),
    row("Lights at night", 30, 80, 38, 27, 50),
    row("Rare", None, symbol="fewer than 10"),
    row("Yes", 70, 120, 58, 48, 68, kind="question", key="q-a"),
    row("No", 45, 120, 38, 28, 47, kind="question", key="q-a"),
    row("Always", 30, 90, 33, 22, 44, kind="question", key="q-c:1"),
    row("Always", 60, 90, 67, 55, 77, kind="question", key="q-c:2"),
    row("Lights", None, 120, symbol="nearly all", kind="question", key="q-b"),
    row("11 to 13", 80, 120, 67, 57, 75, kind="about", key="q-d"),
    row("14 or 15", 40, 120, 33, 25, 43, kind="about", key="q-d"),
]
RELEASE = SimpleNamespace(people=120, rules=serialise_preset(PRESETS["default"]))

TRUE = """
    About 50 of 80 (62%, 50% to 74%) spoke about Lights.
    About 50 spoke about Lights.
    62% spoke about Lights.
    62 per cent (50 to 74%) spoke about Lights.
    A share of 62% spoke about Lights.
    About 30 of 80 spoke about Lights at night.
    “Always” said 30 (33%) of the first, and “Always” said 60 (67%) of the second.
    Between 50% and 74% spoke about Lights.
    Of the 80 who wrote, about 50 spoke about lights.
    Lights: about 50 out of 80.
    Lights come first. About 50 of 80 spoke about them.
    Lights come first.
    Young people want Lights and Staff in all parks.
    Buses weighs much: about 12 of 80 (15%, 8% to 26%) spoke about it.
    Few people spoke about this, and it weighs much: Rare.
    Fewer than 10 spoke about Rare.
    Nearly all chose “Lights”.
    Nearly all of about 120 people chose “Lights”.
    About 120 people answered.
    About 120 people answered, and about 50 of 80 spoke about Lights.
    More than about anything else, people spoke about Lights.
    About 80 of those who answered are 11 to 13, and about 40 are 14 or 15.
    11 to 13: about 80 answered.
    “Yes” said about 70 of 120 (58%, 48% to 68%).
    lights: about 50, and “Yes”: about 70.
    About 50 spoke about Lights and 26 about Staff.
    Lights and Staff come first, with 50 and 26.
    About 50 of 80 spoke about Lights and about 70 of 120 said “Yes”.
    More spoke about Lights than about anything else: about 50 of 80.
    About 120 people answered, about 80 of them 11 to 13 and 40 of them 14 or 15.
    More spoke about Lights (50) than about Staff (26).
    Fewer spoke about Staff than about Lights.
    More spoke about Staff than about Rare.
    No decision answers yet: Lights; Staff; and more.
    What matters most is Lights, in all parks and on two buses.
"""
FALSE = [
    (
        "About 120 people spoke about Lights.",
        "“120” is not the number of Lights. The report says: Lights: 50 of 80 (62%",
    ),
    ("80 spoke about Lights.", "“80” is not the number of Lights"),
    ("62 spoke about Lights.", "“62” is not the number of Lights"),
    ("51% spoke about Lights.", "“51%” is not the percentage of Lights"),
    ("74% spoke about Lights.", "“74%” is not the percentage of Lights"),
    ("62.5% spoke about Lights.", "“62.5%” is not the percentage"),
    ("About 50 (50% to 75%) spoke about Lights.", "“50% to 75%” is not the interval of Lights"),
    ("About 50 of 120 spoke about Lights.", "“of 120” is not the number in all for Lights"),
    ("Of 120 who answered, 50 spoke about Lights.", "“Of 120” is not the number in all"),
    ("50 of the 80 who said “Yes” like Lights.", "It is not clear what “50” counts"),
    ("About 26 of 80 spoke about Lights, about 50 of 80 about Staff.", "“26” is not the number of Lights"),
    ("About 50 spoke about Staff and 26 about Lights.", "“50” is not the number of Staff"),
    ("Lights and Staff come first: 26 and 50.", "“26” is not the number of Lights"),
    ("About 50 spoke about Lights and Staff.", "It is not clear what “50” counts"),
    ("About 50 of 80 (62%) spoke about Lights, and Staff had 32%.", "a number, or a sentence of its own"),
    ("Of 80, about 50 spoke about Lights and 26 about Staff.", "It is not clear what “Of 80” counts"),
    ("Lights come first, and about 26 spoke about Staff.", "It is not clear what “26” counts"),
    ("More spoke about Lights than about Staff: about 50 of 80.", "It is not clear what “50” counts"),
    ("About 50 spoke about Lights, Staff and Buses.", "It is not clear what “50” counts"),
    ("About 50 spoke about Lights, 80 of them 11 to 13.", "It is not clear what “80” counts"),
    ("Lights come first. About 80 spoke about them.", "“80” is not the number of Lights"),
    ("About 120 people answered: Lights.", "“120 people answered” is not the number of Lights"),
    ("About 120 people answered “Yes”.", "“120” is not the number of Yes"),
    ("About 80 people answered.", "“80 people answered” is in no figure"),
    ("About 110 people answered, and 50 spoke about Lights.", "“110 people answered” is not how many answered"),
    ("Fewer than 30 people answered.", "“Fewer than 30” is in no figure"),
    ("About 30 (67%) said “Always”.", "is not the percentage of Always. The report says: Always: 30 of 90"),
    ("120 want lamps.", "“120” is in no figure"),
    ("Nearly all spoke about Lights.", "Take out “Nearly all”. The report says: Lights: 50 of 80"),
    ("A fifth spoke about Lights.", "Take out “A fifth”"),
    ("Thousands spoke about Lights.", "Take out “Thousands”"),
    ("Twice as many spoke about Lights as about Staff.", "Take out “Twice”"),
    ("As many spoke about Lights as about Staff.", "Take out “As many”"),
    ("Most people spoke about Lights.", "Take out “Most”"),
    ("Seventy people spoke about Lights.", "Take out “Seventy”"),
    ("Half spoke about Lights.", "Take out “Half”"),
    ("Nobody spoke about Lights.", "Take out “Nobody”"),
    ("No child spoke about Lights.", "Take out “No child”"),
    ("All spoke about Lights.", "Take out “All”"),
    ("Few people spoke about Lights.", "Take out “Few”"),
    ("Many spoke about Rare.", "Take out “Many”"),
    ("One in five spoke about Lights.", "Take out “One in”"),
    ("More than 50 spoke about Lights.", "Take out “More than”"),
    ("50 of 80 did not speak about Lights.", "Take out “not speak”"),
    ("9 spoke about Rare.", "“9” is not the number of Rare. The report says: Rare: fewer than 10"),
    ("10 spoke about Rare.", "“10” is not the number of Rare"),
    ("Fewer than 5 spoke about Rare.", "“Fewer than 5” is not what the report says of Rare"),
    ("Nearly all of 80 chose “Lights”.", "“of 80” is not the number in all"),
    ("Nearly all spoke about Rare.", "Take out “Nearly all”"),
    ("More spoke about Staff than about Lights.", "do not say “More … than”. The report says: Staff: 26 of 80"),
    ("More spoke about Staff than about anything else: 26 of 80.", "Lights: 50 of 80"),
    ("More than about anything else, people spoke about Staff.", "Lights: 50 of 80"),
    ("More spoke about Buses than about Parks.", "do not say “More … than”"),
    ("Fewer spoke about Lights than about Staff.", "do not say “Fewer … than”"),
]


@pytest.mark.parametrize("line", [line.strip() for line in TRUE.strip().splitlines()])
def test_a_line_that_says_what_the_report_says_passes(line):
    assert find_wrong_number(line, ROWS, RELEASE) == ""


@pytest.mark.parametrize(("line", "says"), FALSE)
def test_a_number_that_is_of_another_row_or_role_is_refused_in_plain_words(line, says):
    assert says in find_wrong_number(line, ROWS, RELEASE)


def test_too_few_people_to_tell_of_are_told_by_the_rule():
    few = SimpleNamespace(people=None, rules=RELEASE.rules)
    assert find_wrong_number("Fewer than 30 people answered.", [], few) == ""
    assert "“Fewer than 20”" in find_wrong_number("Fewer than 20 people answered.", [], few)
    assert "“30 people answered”" in find_wrong_number("30 people answered.", [], few)
    assert "Take out “Fewer than”" in find_wrong_number("Fewer than 30% answered.", [], few)


@st.composite
def theme_tables(draw):
    base = draw(st.integers(30, 5000))
    rows = []
    for label in ("Lights", "Staff", "Buses"):
        value = draw(st.integers(5, base) | st.none())
        percent = None if value is None else round(100 * value / base)
        interval = (None, None) if value is None else (max(0, percent - 9), min(100, percent + 8))
        symbol = draw(st.sampled_from(["fewer than 5", NEARLY_ALL])) if value is None else ""
        rows.append(row(label, value, base, percent, *interval, symbol=symbol))
    return rows


@given(theme_tables(), st.integers(0, 99), st.data())
def test_a_drafted_line_passes_and_with_any_number_changed_to_another_of_the_release_does_not(rows, silent, data):
    themes = [ThemeEvidence(RELEASE, each.row, each.base, None) for each in rows]
    top = sorted((one for one in themes if one.weight), key=lambda one: -one.weight)
    release = SimpleNamespace(people=rows[0].base + silent, rules=RELEASE.rules)
    numbers = {each for one in rows for role in one.numbers.values() for each in role} | {release.people}
    for at in range(len(top)):
        line = _draft_message(top, at)
        assert find_wrong_number(line, rows, release) == ""
        spot = data.draw(st.sampled_from(list(re.finditer(r"\d+", line))))
        other = data.draw(st.sampled_from(sorted(numbers - {int(spot[0])}) or [1]))
        assert find_wrong_number(f"{line[: spot.start()]}{other}{line[spot.end() :]}", rows, release)
