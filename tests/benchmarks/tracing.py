"""`./dev bench tracing [--decisions N] [--json]`: every kind of trace page, the strategy board and the planners' home,
with a thousand decisions over releases of a million answers. The budget is 100 ms a page.

A release is frozen, so its rows alone matter for these pages: figures, and 100,000 quotable texts.
"""

from tests.benchmarks.on_both_databases import main as on_both


def main(arguments=None):
    on_both("How long a trace takes.", "tests.benchmarks.trace_visits", "decisions", 1_000, arguments)


if __name__ == "__main__":
    main()
