"""Runs in a process of its own for `backlog`: fill N | screen | redact | cry N."""

import json
import sys
import time

import django

django.setup()

from django.utils import timezone  # noqa: E402

from cms.site.pages.site_setup import ensure_site  # noqa: E402
from consultation.reading import redaction, redaction_sweep, screening, screening_sweep  # noqa: E402
from consultation.reading.models import Screening  # noqa: E402
from consultation.responses.models import Answer, Response  # noqa: E402
from consultation.surveys.models import PublishedVersion  # noqa: E402
from tests import factories  # noqa: E402
from tests.benchmarks.texts import texts  # noqa: E402

CHUNK = 2_000
CRY = "My uncle hurts me at night and I am scared to go home."


def fill(count):
    """So many answers wait, and nothing else is there."""
    Response.objects.all().delete()
    version = PublishedVersion.objects.first()
    if version is None:
        _, version = factories.consultation(ensure_site(), items=[factories.question("a", "long_text")])
    said = [f"{text} {number}" for number, text in enumerate(texts(count))]
    for start in range(0, count, CHUNK):
        people = [({}, {"q-a": words}) for words in said[start : start + CHUNK]]
        factories.responses(version, people, day=timezone.localdate())
    return version


def work(sweep):
    """Load what the sweep needs, say so, wait for the word, and work until nothing waits."""
    screening.screen_texts(["Load all."], languages=["en"])
    redaction.propose_spans("Load all.", language="en", allowed=(), local={})
    run, waiting = {
        "screen": (screening_sweep.screen_unread, screening_sweep.list_unscreened),
        "redact": (redaction_sweep.redact_screened, redaction_sweep.list_unredacted),
    }[sweep]
    print("ready", flush=True)
    sys.stdin.readline()
    began, count = time.process_time(), run()
    while waiting().exists():
        time.sleep(0.01)
        count += run()
    print(count, round(time.process_time() - began, 1), flush=True)


def wait_for_a_cry(count):
    """Seconds until a cry is flagged that comes when `count` others wait: with the box "read this soon", and without it
    the longest that it can take, since its place among the others is random."""
    version = fill(count)
    found = {}
    for soon in (True, False):
        cry = factories.response(version, texts={"q-a": CRY}, day=timezone.localdate()).answers.get()
        Answer.objects.filter(pk=cry.pk).update(soon=soon)
        started = time.perf_counter()
        while not any(row.flagged for row in Screening.objects.filter(pk=cry.pk)):
            screening_sweep.screen_unread(seconds=0.5 if soon else 25)
        found["soon" if soon else "not_soon"] = round(time.perf_counter() - started, 1)
    return found


if __name__ == "__main__":
    name, *number = sys.argv[1:]
    if name == "fill":
        fill(int(*number))
    elif name == "cry":
        print(json.dumps(wait_for_a_cry(int(*number))))
    else:
        work(name)
