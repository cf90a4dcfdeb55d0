"""`./dev bench coding_desk [--texts N] [--json]`: response times of the coding desk with many texts.

The budget is 100 ms of server time for a page at 20,000 texts.
"""

from tests.benchmarks.on_both_databases import main as on_both


def main(arguments=None):
    about = "What the coding desk takes of a coder's time."
    on_both(about, "tests.benchmarks.coding_desk_pages", "texts", 20_000, arguments)


if __name__ == "__main__":
    main()
