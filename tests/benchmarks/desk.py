"""`./dev bench desk [--waiting N] [--json]`: what the reading desk adds to an answer, with thousands waiting.

The time of a reader is theirs. What is measured is what the desk takes of it: from the press that decides to the next
answer's page, and from a press that marks to the new preview. The budget is 300 ms.
"""

from tests.benchmarks.on_both import main as on_both


def main(arguments=None):
    on_both("What the reading desk adds to an answer.", "tests.benchmarks.at_the_desk", "waiting", 2_000, arguments)


if __name__ == "__main__":
    main()
