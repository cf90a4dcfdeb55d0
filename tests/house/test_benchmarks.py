"""The benchmarks still run, with the words that others read in their report, and fail when they are over budget."""

import pytest

from tests.benchmarks import answering, growth
from tests.missing_programs import take_your_time


@pytest.mark.slow
@pytest.mark.postgres
def test_each_part_of_the_benchmark_of_growth_runs_beside_other_responses():
    take_your_time()
    report = growth.measure(growth.SEED * 2, share=0.01)
    assert report["filled"]["rows"]["Response"] == growth.SEED * 2
    assert report["filled"]["rows"]["Quote"] == report["filled"]["rows"]["Text"] > 0
    assert report["sends"]["left"] < report["sends"]["rows"]
    assert report["desk"]["decide_ms"]["p95"] > 0
    assert {"page_p95_ms", "release_seconds", "pdf_seconds", "group_by_ms"} <= set(report["reports"])
    assert report["reports"]["people"] == 1000 and report["search"]["texts"] == 1000
    assert report["tracing"]["decisions"] == 10 and report["tracing"]["citations"] > 0


def test_answering_fails_when_a_first_visit_is_over_budget(monkeypatch, capsys):
    visit = dict(answering.MOST_OF_A_VISIT)
    monkeypatch.setattr(answering, "measure", lambda *_, **__: ({}, visit))
    answering.main(["--only", "sqlite"])
    visit["bytes"] += 1
    for report, code in ((["--json"], 0), ([], 1)):
        with pytest.raises(SystemExit) as ended:
            answering.main(["--only", "sqlite", *report])
        assert ended.value.code == code and f"a first visit has {visit['bytes']} bytes" in capsys.readouterr().err
