"""`./dev bench hostile [--inputs N] [--seed N]`: 100,000 hostile inputs through the house, as the test's sample goes."""

import argparse
import os
import subprocess
import sys
import time


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Hostile inputs: no 500, nothing comes to life, nothing is lost.")
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=20261125)
    options = parser.parse_args(arguments)
    environment = os.environ | {"HOSTILE_INPUTS": str(options.inputs), "HOSTILE_SEED": str(options.seed)}
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "tests/house/test_hostile_inputs.py", "-q", "-s", "-p", "no:cacheprovider"],
        env=environment,
    )
    print(f"{options.inputs} inputs, seed {options.seed}: {time.monotonic() - began:.0f} seconds")
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()
