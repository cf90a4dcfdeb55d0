"""`python -m tests.benchmarks.settling_sends ROWS`: Sends while a sweep in another process moves ROWS responses that came
today, and while it moves what came since. Prints JSON."""

import json
import random
import statistics
import subprocess
import sys
import time
import uuid

import django

django.setup()

from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from cms.site.pages.site_setup import ensure_site  # noqa: E402
from consultation.channels.web import form_tokens  # noqa: E402
from consultation.domain.key_order import RowPlace  # noqa: E402
from consultation.responses.models import Response  # noqa: E402
from consultation.responses.submission import submit_response  # noqa: E402
from tests import factories  # noqa: E402

SETTLE = "import django; django.setup(); from cms.operations.stored_answers import storage_order as order; "
SETTLE += "import json, time; began = time.monotonic(); moved = order.settle_storage_order(); "
SETTLE += "print(json.dumps([moved, round(time.monotonic() - began, 2)]))"
LATER = 200  # rows that came since


def fill(version, rows):
    """So many responses of today, none of which the sweep has moved."""
    today, chance = timezone.localdate(), random.Random(1)
    for start in range(0, rows, 5000):
        Response.objects.bulk_create(
            Response(
                id=uuid.uuid4(),
                version=version,
                language="en",
                day=today,
                closed={str(n): str(chance.randint(1, 4)) for n in range(10)},
            )
            for _ in range(min(5000, rows - start))
        )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE consultation_response")


def send(version):
    began = time.perf_counter()
    nonce, texts = form_tokens.make_nonce(), {"q-b": ("More lights, please.", False)}
    submit_response(version=version, nonce=nonce, language="en", closed={"a": "1"}, texts=texts)
    return (time.perf_counter() - began) * 1000


def sends_while(version, running):
    """Milliseconds of each Send until the process ends, and for two seconds at least."""
    found, ends = [], time.monotonic() + 2
    while (running is not None and running.poll() is None) or time.monotonic() < ends:
        found.append(send(version))
        time.sleep(0.02)
    return found


def told(milliseconds):
    ordered = sorted(milliseconds)
    at_95 = ordered[int(len(ordered) * 0.95)]
    return {"p50_ms": round(statistics.median(ordered), 1), "p95_ms": round(at_95, 1), "max_ms": round(ordered[-1], 1)}


def settle_and_send(version):
    running = subprocess.Popen([sys.executable, "-c", SETTLE], stdout=subprocess.PIPE, text=True)
    laps = sends_while(version, running)
    moved, seconds = json.loads(running.communicate()[0])
    return {**told(laps), "sends": len(laps), "moved": moved, "seconds": seconds}


def main(rows):
    items = [factories.question("a", options=["Yes", "No"]), factories.question("b", "long_text")]
    _, version = factories.consultation(ensure_site(), items=items)
    fill(version, rows)
    before = told(sends_while(version, None))
    first = settle_and_send(version)
    fill(version, LATER)
    later = settle_and_send(version)
    left = Response.objects.filter(settled=RowPlace.NEW).count()
    return {"rows": rows, "without": before, "all_new": first, "few_new": later, "left": left}


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))
