"""`./dev bench table`: writes the table of measured figures into README.md, from figures.yaml."""

import sys
from pathlib import Path

import yaml

FOLDER = Path(__file__).parent
README = FOLDER / "README.md"
BEGIN = "<!-- Written by `./dev bench table` from figures.yaml -->\n"
COLUMNS = ("measure", "ours", "peer", "asked", "met", "machine", "date")


def table_lines():
    for group in yaml.safe_load((FOLDER / "figures.yaml").read_text(encoding="utf-8")):
        yield f"\n### {group['group']}\n"
        yield f"| {' | '.join(COLUMNS)} |"
        yield "|---" * len(COLUMNS) + "|"
        for figure in group["figures"]:
            yield f"| {' | '.join(str(figure[column]) for column in COLUMNS)} |"


def written_readme():
    """README.md with its table as figures.yaml has it."""
    introduction = README.read_text(encoding="utf-8").partition(BEGIN)[0]
    return introduction + BEGIN + "\n".join(table_lines()) + "\n"


def main(arguments):
    README.write_text(written_readme(), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
