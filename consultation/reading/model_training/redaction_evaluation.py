"""`manage.py evaluate redaction`: recall and precision of the proposals on a marked file, by type.

A marked span counts as found when a proposal of the same *kind* overlaps it: people (PERSON, WORKER, NICKNAME), places
(ADDRESS, PLACE, SCHOOL, ORG), days (DATE, DOB), and each other type by itself. A proposal is right when it overlaps a
marked span of its kind. Beside that: `recall_same_type`, `recall_any` (hidden at all) and `recall_exact`
(same type, same offsets).
"""

import csv
import json
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any

from consultation.reading.model_training.screening_evaluation import rounded_share
from consultation.reading.redaction.personal_data_spans import Span
from consultation.reading.redaction.span_proposals import propose_spans

KINDS = {
    **dict.fromkeys(("PERSON", "WORKER", "NICKNAME"), "people"),
    **dict.fromkeys(("ADDRESS", "PLACE", "SCHOOL", "ORG"), "places"),
    **dict.fromkeys(("DATE", "DOB"), "days"),
}
RULE = "overlap with a proposal of the same kind (people, places, days, or the type itself)"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "file", type=Path, help="CSV with the columns text, pii_spans (JSON [[start, end, type], ...])"
    )


def kind_of_type(span_type: str) -> str:
    return KINDS.get(span_type, span_type)


def spans_overlap(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


MATCHES: dict[str, Callable[[Span, Span], bool]] = {
    "kind": lambda a, b: spans_overlap(a, b) and kind_of_type(a.type) == kind_of_type(b.type),
    "same_type": lambda a, b: spans_overlap(a, b) and a.type == b.type,
    "any": spans_overlap,
    "exact": lambda a, b: (a.start, a.end, a.type) == (b.start, b.end, b.type),
}


def measure_proposals(pairs: list[tuple[list[Span], list[Span]]]) -> dict[str, Any]:
    """Recall and precision over [(marked, proposed)], one pair for each text."""
    marked, proposed, right = Counter[str](), Counter[str](), Counter[str]()
    found = {name: Counter[str]() for name in MATCHES}
    for wanted, got in pairs:
        marked.update(span.type for span in wanted)
        proposed.update(span.type for span in got)
        right.update(p.type for p in got if any(MATCHES["kind"](w, p) for w in wanted))
        for name, matches in MATCHES.items():
            found[name].update(w.type for w in wanted if any(matches(w, p) for p in got))
    per_type = {
        name: {
            "recall": rounded_share(found["kind"][name], marked[name]),
            "precision": rounded_share(right[name], proposed[name]),
            "n": marked[name],
            "recall_same_type": rounded_share(found["same_type"][name], marked[name]),
            "recall_exact": rounded_share(found["exact"][name], marked[name]),
        }
        for name in sorted(marked | proposed)
    }
    total = marked.total()
    return {
        "n": total,
        "recall": rounded_share(found["kind"].total(), total),
        "precision": rounded_share(right.total(), proposed.total()),
        **{f"recall_{name}": rounded_share(found[name].total(), total) for name in ("same_type", "any", "exact")},
        "per_type": per_type,
    }


def evaluate(*, file: Path, **_: Any) -> dict[str, Any]:
    with Path(file).open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    start = process_time()
    propose_spans("Xoran went to Zembla Road.")  # loads the lists, outside the timing
    loaded = process_time()
    pairs = []
    for row in rows:
        marked = [Span(int(s), int(e), str(t)) for s, e, t in json.loads(row["pii_spans"] or "[]")]
        pairs.append((marked, propose_spans(row["text"], language=row.get("language") or None)))
    seconds = process_time() - loaded
    speed = round(len(rows) / seconds) if seconds else None
    return {
        "texts": len(rows), **measure_proposals(pairs), "counts_as_found": RULE, "texts_per_cpu_second": speed,
        "load_cpu_seconds": round(loaded - start, 2),
    }  # fmt: skip
