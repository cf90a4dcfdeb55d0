"""`./dev bench search [--texts N] [--json]`: search in 100,000 cleared answers, on both databases."""

from tests.benchmarks import on_both_databases

if __name__ == "__main__":
    about = "How long it takes to find words in a great many answers."
    on_both_databases.main(about, "tests.benchmarks.text_searches", "texts", 100_000)
