"""What the tests of the core modules are worth: cosmic-ray plants small faults, one by one, and a test must find each.

    ./dev mutate [MODULE ...] [--most N]

It works in a copy of the checkout. A sample of N faults a module (always the same one) is planted; those that no test
found are printed as differences. The scores stand in tests/README.md.
"""

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from cosmic_ray.work_db import use_db
from cosmic_ray.work_item import TestOutcome, WorkerOutcome, WorkResult

ROOT = Path(__file__).resolve().parents[2]
# {module: the tests that are to find its faults}
MODULES = {
    "consultation/responses/submission.py": (
        "tests/consultation/responses tests/consultation/channels/web tests/house/test_nothing_personal.py"
    ),
    "consultation/safeguarding/clocks.py": "tests/consultation/safeguarding/test_clocks.py",
    "insights/disclosure/perturbed_tables.py": "tests/insights/disclosure/test_perturbed_tables.py",
    "insights/decisions/ledger_entries.py": "tests/insights/decisions",
    "consultation/reading/states.py": "tests/consultation/reading/test_states.py tests/consultation/reading/test_actions.py",
    "consultation/reading/redaction_spans.py": (
        "tests/consultation/reading/test_redaction_spans.py tests/consultation/reading/test_span_bounds.py"
        " tests/consultation/reading/test_desk.py"
    ),
    "consultation/surveys/routing_rules.py": (
        "tests/consultation/surveys/test_routing_rules.py tests/consultation/surveys/test_reachability.py"
        " tests/consultation/surveys/test_condition_validation.py"
    ),
    "consultation/channels/web/form_tokens.py": (
        "tests/consultation/channels/web/test_form_tokens.py tests/consultation/channels/web/test_sending.py"
        " tests/consultation/channels/invitation_codes tests/consultation/channels/short_links"
    ),
    "consultation/reading/policies.py": (
        "tests/consultation/reading/test_policies.py tests/consultation/reading/test_desk.py"
        " tests/consultation/reading/test_actions.py tests/consultation/reading/seeded_answers"
    ),
    "consultation/handover.py": (
        "tests/consultation/test_handover.py tests/insights/coding tests/insights/releases tests/insights/corpus"
    ),
}
MOST = 60
SECONDS = 300
CONFIG = """[cosmic-ray]
module-path = {module!r}
timeout = {seconds}
excluded-modules = []
test-command = {command!r}
[cosmic-ray.distributor]
name = "local"
"""


def copy_checkout(folder):
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in listed.split("\0")[:-1]:
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)


def plant_faults(folder, module, tests, most):
    """Plant a sample of faults in a module. Returns their results."""
    pytest = f"{sys.executable} -m pytest -q -x -n0 --reuse-db -p no:cacheprovider -m 'not journey and not postgres'"
    config, session = folder / "cosmic-ray.toml", folder / "session.sqlite"
    config.write_text(CONFIG.format(module=module, seconds=SECONDS, command=f"{pytest} {tests}"))
    session.unlink(missing_ok=True)
    run_cosmic_ray(folder, "baseline", config)  # without a fault the tests pass
    run_cosmic_ray(folder, "init", config, session)
    with use_db(str(session)) as work:
        faults = sorted(work.work_items, key=lambda item: repr(item.mutations))
        chosen = {item.job_id for item in random.Random(module).sample(faults, min(most, len(faults)))}
        for item in faults:
            if item.job_id not in chosen:
                work.set_result(item.job_id, WorkResult(worker_outcome=WorkerOutcome.SKIPPED))
    run_cosmic_ray(folder, "exec", config, session)
    with use_db(str(session)) as work:
        results = dict(work.results)
        return [results[item.job_id] for item in faults if item.job_id in chosen]


def run_cosmic_ray(folder, *arguments):
    environment = {"PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1", "VAR_DIR": str(folder / "var")}
    program = Path(sys.executable).parent / "cosmic-ray"
    subprocess.run([program, *map(str, arguments)], cwd=folder, env=environment, check=True)


def main():
    parser = argparse.ArgumentParser(prog="./dev mutate", description="Score tests by faults that they find.")
    parser.add_argument("modules", nargs="*", metavar="MODULE", help=f"of {', '.join(MODULES)}; all without one")
    parser.add_argument("--most", type=int, default=MOST, help=f"faults a module ({MOST})")
    given = parser.parse_args()
    if unknown := set(given.modules) - set(MODULES):
        parser.error(f"No tests are named for {', '.join(sorted(unknown))}.")
    table = ["| module | planted | found | |", "|---|---:|---:|---:|"]
    with tempfile.TemporaryDirectory(prefix="voice-mutation-") as name:
        folder = Path(name)
        copy_checkout(folder)
        for module in given.modules or MODULES:
            results = plant_faults(folder, module, MODULES[module], given.most)
            survived = [result for result in results if result.test_outcome == TestOutcome.SURVIVED]
            print(*(f"{result.diff}\n" for result in survived), sep="\n")
            found = len(results) - len(survived)
            table.append(f"| `{module}` | {len(results)} | {found} | {found / len(results):.0%} |")
    print(*table, sep="\n")


if __name__ == "__main__":
    main()
