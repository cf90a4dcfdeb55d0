"""A theme entry as a plain dict, shared by forms, files and versions: normalisation and validation."""

import hashlib
import re

from django.utils.text import slugify
from django.utils.translation import gettext_lazy

from consultation.audit.models import canonical_json
from consultation.domain import strategy_points
from consultation.domain.place_types import sort_place_types
from consultation.file_output.spreadsheets import UNPRINTABLE

TEXTS, LISTS = ("definition", "include", "exclude"), ("examples", "keywords")
FIELDS = ("label", "family", "parent", *TEXTS, *LISTS, "links", "gravity", "online", "place_types")
GRAVITY = {1: gettext_lazy("Everyday"), 2: gettext_lazy("Some worry"), 3: gettext_lazy("Serious")}
MOST_LETTERS, MOST_ITEMS, LONGEST_ITEM, MOST_THEMES = 4000, 200, 300, 300
LONGEST = {"label": 160, "family": 60, "parent": 80}
ID = re.compile(r"[-a-z0-9_]{1,80}")


def clean_one_line(value):
    return " ".join(UNPRINTABLE.sub("", str(value)).split())


def clean_items(values):
    """Distinct non-empty values, each on one line, in order."""
    return list(dict.fromkeys(found for value in values if (found := clean_one_line(value))))


def normalise_row(row):
    """All fields of a ThemeEntry in normal form, so that an exported version parses to the same rows."""
    texts = {name: str(row.get(name, "")).replace("\r\n", "\n").replace("\r", "\n") for name in TEXTS}
    return {
        "label": clean_one_line(row["label"]),
        "family": clean_one_line(row.get("family", "")),
        "parent": clean_one_line(row.get("parent", "")),
        **{name: UNPRINTABLE.sub("", text).strip() for name, text in texts.items()},
        **{name: clean_items(row.get(name, ())) for name in LISTS},
        "links": strategy_points.build_strategy_links(link["sub_point"] for link in row.get("links", ())),
        "gravity": int(row.get("gravity", 1)),
        "online": bool(row.get("online", False)),
        "place_types": sort_place_types(row.get("place_types", ())),
    }


def row_of_entry(entry):
    return {name: getattr(entry, name) for name in FIELDS}


def compute_entry_mark(entry):
    """A short digest of an entry. A form carries it to detect a colleague's change."""
    return hashlib.sha256(canonical_json(row_of_entry(entry)).encode()).hexdigest()[:16]


def unused_theme_id(label, taken):
    """A permanent id from the label, not in `taken`."""
    base = slugify(label)[:70] or "theme"
    numbers = (f"{base}-{n}" for n in range(2, 10_000))
    return base if base not in taken else next(found for found in numbers if found not in taken)


def find_row_problems(row):
    """The problems of a normalised row, in sentences."""
    if not row["label"]:
        yield "There is no label."
    for name, most in LONGEST.items():
        if len(row[name]) > most:
            yield f"The {name} is too long: {most} letters at most."
    for name in TEXTS:
        if len(row[name]) > MOST_LETTERS:
            yield f"“{name}” is too long: {MOST_LETTERS} letters at most."
    for name in LISTS:
        if len(row[name]) > MOST_ITEMS:
            yield f"There are too many under “{name}”: {MOST_ITEMS} at most."
        if any(len(item) > LONGEST_ITEM for item in row[name]):
            yield f"One of the {name} is too long: {LONGEST_ITEM} letters at most."
    if row["gravity"] not in GRAVITY:
        yield "“gravity” is 1 (everyday), 2 (some worry) or 3 (serious)."
