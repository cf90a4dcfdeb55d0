"""The threat model and the table of ASVS name tests that are there, and leave no group out."""

import re
from pathlib import Path

ROOM = Path(__file__).resolve().parents[4] / "cms/operations/security"
TESTS = Path(__file__).resolve().parents[3]
GROUPS = dict(
    zip(range(1, 18), (5, 4, 7, 4, 4, 8, 6, 4, 2, 7, 7, 3, 4, 3, 4, 5, 3), strict=True)
)  # in each chapter of 5.0
NAMED = re.compile(r"`([\w/]+\.py)(?:::(\w+))?`")
ROWS = [
    [cell.strip() for cell in line.strip("|").split(" | ")]
    for line in (ROOM / "THREATS.md").read_text().splitlines()
    if re.match(r"\| \d", line)
]


def test_every_group_of_the_standard_has_a_line():
    assert [row[0].strip("| ") for row in ROWS] == [
        f"{chapter}.{group}" for chapter, most in GROUPS.items() for group in range(1, most + 1)
    ]


def test_every_line_has_a_test_or_a_reason():
    for number, _, held, why in ROWS:
        assert held in ("yes", "part", "no", "none"), number
        assert len(why) > 5, number
        assert held != "yes" or NAMED.search(why) or "./dev check" in why, number
        assert held != "part" or not re.fullmatch(r"(?:`[^`]+`(?:, )?)+", why), f"{number} says what is missing"


def test_every_test_that_is_named_is_there():
    named = NAMED.findall((ROOM / "THREATS.md").read_text())
    assert len(named) > 80
    for file, name in named:
        text = (TESTS / file).read_text()
        assert not name or f"\ndef {name}(" in text, (file, name)


def test_every_threat_is_held_by_a_test():
    table = (ROOM / "THREATS.md").read_text().partition("# OWASP")[0]
    rows = [line for line in table.splitlines() if line.startswith("| ") and not line.startswith("| who | wants")]
    assert len(rows) >= 9
    assert [row for row in rows if not NAMED.search(row)] == []
