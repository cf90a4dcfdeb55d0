"""`./dev bench screening [--unseen] [--json]`: how many answers a CPU second are screened, flags, reasons and all.

With --unseen also what it finds in authors who were in neither the fit nor the choice of threshold: some minutes.
"""

import argparse
import csv
import json
import os
import resource
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")

import django

django.setup()

from consultation.reading.screening import meaning, screen_many  # noqa: E402
from consultation.reading.screening.model import ARTEFACT  # noqa: E402
from consultation.reading.screening.rules import DATA  # noqa: E402

ROUNDS = 3


def answers():
    with (DATA / "answers_train.csv").open(encoding="utf-8", newline="") as file:
        return [(row["text"], row["language"]) for row in csv.DictReader(file)]


def speed(texts):
    """The best of some rounds: what else runs on the machine only slows it down."""
    seconds = []
    for _ in range(ROUNDS):
        start = time.process_time()
        screen_many([text for text, _ in texts], languages=[language for _, language in texts])
        seconds.append(time.process_time() - start)
    return round(len(texts) / min(seconds))


def unseen():
    """Recall and flag rate by author left out, and over all."""
    from consultation.reading.screening import meaning_fit, training
    from consultation.reading.screening.normalise import Normaliser
    from consultation.reading.screening.rules import rules

    found = training.answers()
    rows = training.prepared(found, Normaliser(rules().aliases, training.spelling(found)))
    meanings = meaning_fit.fit(rows, training.UNSEEN, training.VERSION)
    results = training.nested(training.Learned(rows, meanings.unseen))
    pairs = [(name, zip(*results[name], strict=True)) for name in results]
    flags = [(name, row.disclosure, bool(flag)) for name, both in pairs for row, flag in both]
    names = [*sorted(results), "all"]
    return {name: _figures([(d, f) for own, d, f in flags if name in (own, "all")]) for name in names}


def _figures(flags):
    told = [flag for disclosure, flag in flags if disclosure]
    return {
        "recall": round(sum(told) / len(told), 3),
        "flag_rate": round(sum(flag for _, flag in flags) / len(flags), 3),
    }


def main(arguments=None):
    parser = argparse.ArgumentParser(description="How fast answers are screened.")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--unseen", action="store_true")
    options = parser.parse_args(arguments)
    texts = answers()
    start = time.process_time()
    screen_many([texts[0][0]])
    meaning.ready()
    report = {
        "load_seconds": round(time.process_time() - start, 2),
        "texts_per_cpu_second": speed(texts),
        "texts": len(texts),
        "artefact_kib": ARTEFACT.stat().st_size // 1024,
        "meaning_kib": meaning.ARTEFACT.stat().st_size // 1024,
        "peak_rss_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    if options.unseen:
        report["unseen"] = unseen()
    print(json.dumps(report, indent=None if options.json else 1))


if __name__ == "__main__":
    main()
