"""`./dev bench settling`: how long a Send takes while the sweep of storage order moves rows, on each database."""

from tests.benchmarks import on_both_databases

if __name__ == "__main__":
    on_both_databases.main(__doc__, "tests.benchmarks.settling_sends", "rows", 100_000)
