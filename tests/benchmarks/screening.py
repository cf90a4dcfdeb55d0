"""`./dev bench screening [--unseen] [--json]`: answers screened in one CPU second, flags and reasons included.

The screen has not learned from these answers: it is sure of known ones and gives few of them a second look. With
--unseen it also measures recall on authors outside the fit and the choice of threshold, in some minutes.
"""

import argparse
import json
import os
import resource
import time
from dataclasses import replace

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")

import django

django.setup()

from consultation.reading.model_training import meaning_fit, screening_training  # noqa: E402
from consultation.reading.screening import meaning_score, screen_texts  # noqa: E402
from consultation.reading.screening.indicator_rules import load_indicator_rules  # noqa: E402
from consultation.reading.screening.learned_score import ARTEFACT, shipped_score, use_score  # noqa: E402
from consultation.reading.screening.text_normalisation import Normaliser  # noqa: E402

ROUNDS = 3


def prepared():
    found = screening_training.load_answers()
    return screening_training.prepare_answers(
        found, Normaliser(load_indicator_rules().aliases, screening_training.spelling_costs(found))
    )


def without_the_measured(rows):
    """The shipped screen, but with a first look that has seen none of the measured authors."""
    fitted = screening_training.fit_score([row for row in rows if row.author not in screening_training.UNSEEN])
    return replace(shipped_score(), tables=fitted.tables, intercept=fitted.intercept)


def speed(texts):
    """The best of some rounds: what else runs on the machine only slows it down."""
    seconds = []
    for _ in range(ROUNDS):
        start = time.process_time()
        screen_texts(texts, languages=["en"] * len(texts))
        seconds.append(time.process_time() - start)
    return round(len(texts) / min(seconds))


def unseen(rows):
    """Recall and flag rate by author left out, and over all."""
    meanings = meaning_fit.fit_meaning(rows, screening_training.UNSEEN, screening_training.VERSION)
    results = screening_training.nested_evaluation(screening_training.LeaveAuthorsOut(rows, meanings.unseen))
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
    start = time.process_time()
    screen_texts(["A first text"])
    meaning_score.preload_meaning()
    loaded = time.process_time() - start
    rows = prepared()
    texts = [row.text for row in rows if row.author in screening_training.UNSEEN]
    use_score(without_the_measured(rows))
    report = {
        "load_seconds": round(loaded, 2),
        "texts_per_cpu_second": speed(texts),
        "texts": len(texts),
        "artefact_kib": ARTEFACT.stat().st_size // 1024,
        "meaning_kib": meaning_score.ARTEFACT.stat().st_size // 1024,
        "peak_rss_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    if options.unseen:
        report["unseen"] = unseen(rows)
    print(json.dumps(report, indent=None if options.json else 1))


if __name__ == "__main__":
    main()
