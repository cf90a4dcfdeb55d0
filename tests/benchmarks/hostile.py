"""`./dev bench hostile [--inputs N] [--seed N] [--json]`: 100,000 hostile inputs through the house, as the test's sample
goes: how many were sent, and how many broke a page, came to life or were lost. Exits with an error where one did."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TEST = "tests/house/test_hostile_inputs.py"


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Hostile inputs: no 500, nothing comes to life, nothing is lost.")
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=20261125)
    parser.add_argument("--json", action="store_true", help="the figures alone")
    options = parser.parse_args(arguments)
    figures, passed = run(options.inputs, options.seed, quiet=options.json)
    print(json.dumps(figures) if options.json else in_words(figures))
    sys.exit(0 if passed else 1)


def run(inputs, seed, *, quiet):
    """(figures, whether every step of the test stood)."""
    with tempfile.TemporaryDirectory() as folder:
        place, began = Path(folder) / "figures.json", time.monotonic()
        given = {"HOSTILE_INPUTS": str(inputs), "HOSTILE_SEED": str(seed), "HOSTILE_FIGURES": str(place)}
        command = [sys.executable, "-m", "pytest", TEST, "-q", "-s", "-p", "no:cacheprovider"]
        done = subprocess.run(command, env=os.environ | given, stdout=sys.stderr if quiet else None)
        figures = json.loads(place.read_text(encoding="utf-8")) if place.exists() else {}
    return figures | {"seed": seed, "seconds": round(time.monotonic() - began)}, done.returncode == 0


def in_words(figures):
    if "n" not in figures:
        return "The run ended before there were figures."
    return (
        f"{figures['n']:,} hostile inputs (seed {figures['seed']}, {figures['seconds']} s): "
        f"{figures['errors_500']} errors (500), {figures['executed']} executed, {figures['lost']} lost; "
        f"{figures['kept']:,} answers kept; statuses {figures['statuses']}"
    )


if __name__ == "__main__":
    main()
