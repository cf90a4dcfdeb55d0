"""The benchmarks that fill a database still run: a small one of each, with the words that others read in their report."""

import pytest

from tests.benchmarks import growth
from tests.missing_programs import take_your_time

pytestmark = [pytest.mark.slow, pytest.mark.postgres]


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
