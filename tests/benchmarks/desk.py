"""`./dev bench desk [--waiting N] [--json]`: time that the reading desk adds to an answer, with thousands waiting.

It measures the desk, not the reader: from the press that decides to the next answer's page, and from a press that
marks to the new preview. The budget is 300 ms.
"""

from tests.benchmarks.on_both_databases import main as on_both


def main(arguments=None):
    on_both(
        "What the reading desk adds to an answer.", "tests.benchmarks.reading_desk_pages", "waiting", 2_000, arguments
    )


if __name__ == "__main__":
    main()
