"""`python -m tests.benchmarks NAME [--json]`: one benchmark."""

import importlib
import sys

NAMES = ("answering", "reports", "coding", "discovery", "search", "hostile", "importing", "editing")

if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in NAMES:
        sys.exit(f"Which? {', '.join(NAMES)}")
    importlib.import_module(f"tests.benchmarks.{sys.argv[1]}").main(sys.argv[2:])
