"""`./dev bench importing [--rows N] [--json]`: import of a file of 50,000 rows by the pages' own verbs, on each
database.

Ten questions, two of them free text, as CSV and as XLSX: seconds and CPU seconds to upload, try and accept, and the
peak of memory. The budget for all of it is two minutes.
"""

import argparse
import json
import sys

from consultation.responses.vault import generate_key_pair
from tests import postgres
from tests.production_site import VENDORS, scratch_site

BUDGET = 120  # seconds, for all steps
MAKE_AND_TAKE = """
import csv, io, json, random, resource, sys, time
import django
django.setup()
from cms.site.pages.site_setup import ensure_site
from consultation.channels.imports import actions, import_worker
from consultation.channels.imports.models import AnswerImport
from consultation.responses.models import Answer, Response
from tests import factories
rows, kind = int(sys.argv[1]), sys.argv[2]
asked = [factories.question(key, options=["One", "Two", "Three", "Four"]) for key in "abcdef"]
asked += [factories.question(key, "multiple", options=["Parks", "Town", "Stops"]) for key in "gh"]
some = {"question": "q-a", "any_of": ["a-1", "a-2", "a-3"]}
asked += [factories.question("i", "long_text"), factories.question("j", "long_text", show_if=some)]
page, version = factories.consultation(ensure_site(), items=asked, slug=f"parks-{kind}")
draw = random.Random(7)
words = "lights path bus park friends evening club warm safe later people staff more open near quiet".split()
def said():
    return " ".join(draw.choices(words, k=draw.randint(5, 30))) if draw.random() < 0.6 else ""
def row(number):
    single = [draw.choice(["One", "Two", "Three", "Four", ""]) for _ in "abcdef"]
    several = [";".join(draw.sample(["Parks", "Town", "Stops"], draw.randint(0, 3))) for _ in "gh"]
    return [number, "2026-02-03 16:05:11", f"person{number}@example.org", *single, *several, said(), said()]
head = ["ID", "Submitted", "Email", *[item["text"]["en"] for item in asked]]
out = io.BytesIO()
if kind == "csv":
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows(row(number) for number in range(rows))
    text.detach()
else:
    from openpyxl import Workbook
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(head)
    for number in range(rows):
        sheet.append(row(number))
    book.save(out)
out.seek(0)
found = {"bytes": len(out.getvalue())}
def timed(name, what):
    wall, cpu = time.monotonic(), time.process_time()
    result = what()
    found[name] = round(time.monotonic() - wall, 1)
    found[name + " cpu"] = round(time.process_time() - cpu, 1)
    return result
source = timed("bring", lambda: actions.import_answer_file(page=page, file=out, name=f"answers.{kind}", by=None))
actions.request_dry_run(source=source, leave_same=False, by=None)
timed("try", import_worker.run_import_steps)
source.refresh_from_db()
actions.request_acceptance(source=source, by=None)
timed("take", lambda: import_worker.run_import_steps(seconds=600))
source.refresh_from_db()
assert source.state == "done" and Response.objects.of(page).count() == source.people, (source.state, source.people)
found |= {"people": source.people, "texts": Answer.objects.of(page).count()}
found["memory MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(json.dumps(found))
"""


def measure(vendor, rows):
    """(kind of file, what was measured) of each, as it is done."""
    seal, private = generate_key_pair()
    keys = {
        "SECRET_KEY": "a key of a benchmark, long and of no use",
        "ANSWER_SEAL_KEY": seal,
        "ANSWER_OPEN_KEYS": private,
        "RECORD_KEY_SECRET": "",
    }
    with scratch_site(vendor, keys) as site:
        site.manage("migrate", "-v0")
        for kind in ("csv", "xlsx"):
            yield kind, json.loads(site.python("-c", MAKE_AND_TAKE, rows, kind).splitlines()[-1])


def main(arguments=None):
    parser = argparse.ArgumentParser(description="A large file of answers, from the upload to the reading desk.")
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    slow = []
    for vendor in [vendor for vendor in VENDORS if vendor != "postgres" or postgres.binaries()]:
        for kind, told in measure(vendor, options.rows):
            total = sum(told[step] for step in ("bring", "try", "take"))
            slow += [f"{vendor} {kind}"] * (total > BUDGET)
            line = f"{vendor} {kind}: {total:.0f} s for {options.rows} rows (budget {BUDGET}); {told}"
            print(json.dumps({"on": vendor, "kind": kind} | told) if options.json else line, flush=True)
    sys.exit(f"Over budget: {', '.join(slow)}" if slow else 0)


if __name__ == "__main__":
    main()
