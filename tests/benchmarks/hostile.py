"""`./dev bench hostile [--inputs N] [--parts N] [--kept FILE] [--seed N] [--json]`: 100,000 hostile inputs, answered,
screened, read on the desk, released, reported and exported.

It counts inputs that were sent, that broke a page, that were executed and that were lost, and exits with an error if
any was. Each part has a site and inputs of its own. With --kept, the figures of finished parts stay in the file, and a
later run with the same numbers does only the missing parts.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

TEST = "tests/house/test_hostile_inputs.py"
PART = 10_000
ADDED = ("n", "errors_500", "executed", "lost", "kept", "screened", "shown", "exported")


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Hostile inputs: no 500, nothing comes to life, nothing is lost.")
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--parts", type=int, help=f"as many as it takes for {PART:,} each, where it is not said")
    parser.add_argument("--kept", type=Path, help="a file of parts that are done, to go on from and to add to")
    parser.add_argument("--seed", type=int, default=20261125)
    parser.add_argument("--json", action="store_true", help="the figures alone")
    options = parser.parse_args(arguments)
    planned = parts(options.inputs, options.parts or -(-options.inputs // PART), options.seed)
    done = done_before(options.kept, planned)
    for part in planned:
        if part not in [(one["seed"], one["asked"]) for one in done]:
            done.append(run(*part, quiet=options.json))
            keep(options.kept, done[-1])
    figures = total(done, planned)
    print(json.dumps(figures) if options.json else in_words(figures))
    sys.exit(0 if figures["passed"] else 1)


def parts(inputs, number, seed):
    """[(seed, inputs)]: no two parts have the same inputs."""
    least, more = divmod(inputs, number)
    return [(seed + 2 * at, least + (at < more)) for at in range(number)]  # the test takes two seeds


def done_before(kept, planned):
    if kept is None or not kept.exists():
        return []
    found = [json.loads(line) for line in kept.read_text(encoding="utf-8").splitlines()]
    return [one for one in found if (one["seed"], one["asked"]) in planned and one["passed"]]


def keep(kept, figures):
    if kept is not None:
        with kept.open("a", encoding="utf-8") as file:
            file.write(json.dumps(figures) + "\n")


def run(seed, inputs, *, quiet):
    """One part: its figures, and whether every step of the test stood."""
    with tempfile.TemporaryDirectory() as folder:
        place, began = Path(folder) / "figures.json", time.monotonic()
        given = {"HOSTILE_INPUTS": str(inputs), "HOSTILE_SEED": str(seed), "HOSTILE_FIGURES": str(place)}
        command = [sys.executable, "-m", "pytest", TEST, "-q", "-s", "-p", "no:cacheprovider"]
        done = subprocess.run(command, env=os.environ | given, stdout=sys.stderr if quiet else None)
        figures = json.loads(place.read_text(encoding="utf-8")) if place.exists() else {}
    took = {"seconds": round(time.monotonic() - began), "passed": done.returncode == 0}
    return figures | {"seed": seed, "asked": inputs} | took


def total(done, planned):
    """All parts together. What a part did not come to say counts for nothing, and the whole has not passed."""
    statuses = Counter()
    for one in done:
        statuses.update(one.get("statuses", {}))
    return {
        **{name: sum(one.get(name, 0) for one in done) for name in ADDED},
        "statuses": dict(sorted(statuses.items())),
        "parts": len(planned),
        "parts_passed": sum(one["passed"] for one in done),
        "fell": sorted({one["fell"] for one in done if one.get("fell")}),
        "seconds": sum(one["seconds"] for one in done),
        "passed": len(done) == len(planned) and all(one["passed"] for one in done),
    }


def in_words(figures):
    fell = f"; fell at: {', '.join(figures['fell'])}" if figures["fell"] else ""
    return (
        f"{figures['n']:,} hostile inputs ({figures['parts_passed']} of {figures['parts']} parts passed,"
        f" {figures['seconds']} s): {figures['errors_500']} errors (500), {figures['executed']} executed,"
        f" {figures['lost']} lost; {figures['kept']:,} answers kept, {figures['screened']:,} screened,"
        f" {figures['shown']:,} read on the desk, {figures['exported']:,} exported;"
        f" statuses {figures['statuses']}{fell}"
    )


if __name__ == "__main__":
    main()
