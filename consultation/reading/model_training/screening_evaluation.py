"""`manage.py evaluate screening`: recall, precision, flag rate and misses of the screen on a file."""

import csv
from argparse import ArgumentParser
from collections import defaultdict
from pathlib import Path
from time import process_time
from typing import Any

from consultation.reading.screening import meaning_score
from consultation.reading.screening.screener import screen_texts


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="CSV with the columns text, disclosure (0 or 1), category")


# Screened first, so that loading the artefacts does not count towards the speed.
READY = ("A first text", "Pierwszy tekst", "پہلا متن")


def rounded_share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def evaluate(*, file: Path, **_: Any) -> dict[str, Any]:
    with Path(file).open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    screen_texts(READY)
    meaning_score.preload_meaning()
    start = process_time()
    languages = [row.get("language") or None for row in rows]
    flags = [found.flagged for found in screen_texts([row["text"] for row in rows], languages=languages)]
    seconds = process_time() - start
    told = [row["disclosure"].strip() in ("1", "1.0", "true", "True") for row in rows]
    found = sum(f and t for f, t in zip(flags, told, strict=True))
    categories: dict[str, list[bool]] = defaultdict(list)
    for row, flag, is_told in zip(rows, flags, told, strict=True):
        if is_told:
            categories[row.get("category") or "none"].append(flag)
    return {
        "n": len(rows),
        "recall": rounded_share(found, sum(told)),
        "precision": rounded_share(found, sum(flags)),
        "flag_rate": rounded_share(sum(flags), len(rows)),
        "per_category": {
            name: {"recall": rounded_share(sum(got), len(got)), "n": len(got)}
            for name, got in sorted(categories.items())
        },
        "misses": [
            {"id": row.get("id", str(at)), "category": row.get("category", ""), "text": row["text"]}
            for at, (row, flag, is_told) in enumerate(zip(rows, flags, told, strict=True), 1)
            if is_told and not flag
        ],
        "texts_per_cpu_second": round(len(rows) / seconds) if seconds else None,
    }
