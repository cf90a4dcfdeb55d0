"""`./dev bench hostile` in parts: its sums match its work, and a failed or missing part is no success; and what came to life
on a page is seen."""

import json

import pytest

from tests.benchmarks import hostile
from tests.house.hostile_inputs import alive

FINE = {"n": 5, "kept": 3, "screened": 3, "statuses": {"200": 3, "400": 2}, "fell": "", "seconds": 2, "passed": True}


def test_parts_share_out_all_inputs_and_have_none_in_common():
    parts = hostile.parts(25, 3, 7)
    assert [inputs for _, inputs in parts] == [9, 8, 8]
    assert len({seed + own for seed, _ in parts for own in (0, 1)}) == 6, "each part takes its seed and the next"


def test_what_parts_found_is_added_up():
    planned = [(1, 5), (3, 5)]
    found = hostile.total([FINE, FINE], planned)
    assert (found["n"], found["kept"], found["statuses"], found["passed"]) == (10, 6, {"200": 6, "400": 4}, True)


def test_a_part_that_fell_or_is_missing_is_no_success():
    planned = [(1, 5), (3, 5)]
    assert not hostile.total([FINE], planned)["passed"]
    fell = hostile.total([FINE, {"n": 5, "fell": "reports", "seconds": 1, "passed": False}], planned)
    assert (fell["passed"], fell["parts_passed"], fell["fell"], fell["screened"]) == (False, 1, ["reports"], 3)
    assert "fell at: reports" in hostile.in_words(fell)
    assert not hostile.total([{"seconds": 1, "passed": False}], [(1, 5)])["passed"]


def test_a_later_run_does_what_did_not_pass_before(tmp_path, monkeypatch, capsys):
    kept, asked = tmp_path / "parts", []

    def run(seed, inputs, *, quiet):
        asked.append(seed)
        return FINE | {"seed": seed, "asked": inputs, "passed": len(asked) != 2}

    monkeypatch.setattr(hostile, "run", run)
    command = ["--inputs", "10", "--parts", "2", "--seed", "1", "--kept", str(kept), "--json"]
    for passed in (1, 0, 0):
        try:
            hostile.main(command)
        except SystemExit as end:
            assert end.code == passed
    assert asked == [1, 3, 3]
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["n"] == 10


@pytest.mark.parametrize("page", [
    "<hx-1>", '<p onclick="hx1()">', "<script>hx1()</script>", '<a href=" JavaScript:hx1()">', '<a href="//hx1.example/">',
    '<form action="https://hx1.example/">', '<iframe srcdoc="<hx-1>">',
])  # fmt: skip
def test_what_came_to_life_is_seen(page):
    assert alive(page)


@pytest.mark.parametrize("page", ['<input value="javascript:hx1()">', '<a href="/a/?q=hx1()">', "&lt;hx-1&gt; hx1()"])
def test_words_are_not_taken_for_life(page):
    assert not alive(page)
