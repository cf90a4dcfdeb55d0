"""`./dev bench reports [--people N] [--json]`: a release of many answers and the planners' pages of it, beside the
same counts by GROUP BY and by DuckDB."""

import sys

from tests.benchmarks import on_both_databases


def compare_with_duckdb(report):
    """{vendor: figures} with the times of the same counts beside it: by GROUP BY of each, and by DuckDB."""
    times = [found for each in report.values() if (found := each.pop("duckdb_ms")) is not None]
    if not times:
        print("DuckDB is not installed, so nothing is compared with it: pip install duckdb", file=sys.stderr)
    counted = {vendor: each.pop("group_by_ms") for vendor, each in report.items()}
    return report | {"group_by_ms": counted, "duckdb_ms": min(times, default=None)}


if __name__ == "__main__":
    about = "What a release and its pages cost."
    on_both_databases.main(about, "tests.benchmarks.large_consultation", "people", 100_000, finish=compare_with_duckdb)
