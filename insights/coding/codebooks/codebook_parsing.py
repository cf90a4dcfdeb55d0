"""Codebook files (YAML, CSV): parsed into theme rows and a list of problems, and written so that parsing gives the same
rows. Nothing is saved."""

import csv
import io
import re
from dataclasses import dataclass, field
from itertools import pairwise

import yaml
from django.utils.text import slugify

from consultation.domain import strategy_points
from consultation.domain.place_types import PLACE_TYPES
from consultation.file_output.formula_safe_cells import escape_sheet_cell, unescape_sheet_cell
from insights.coding.codebooks import theme_entry_rows
from insights.coding.theme_hierarchy import find_hierarchy_problems

MOST_BYTES = 1_000_000
TOO_LONG = "The file is too long for a codebook: a million letters at most."
# Theme ids that are serious: such a theme is never ranked low for being rare.
GRAVE_WORDS = re.compile(
    r"unsafe|harm|exploit|grooming|image|missing|weapon|violence|abus|pressure|threat|gifts|strangers"
)
YES_NO = {"yes": True, "no": False, "true": True, "false": False, "": False}
COLUMNS = ("id", *theme_entry_rows.FIELDS)


@dataclass(frozen=True)
class CodebookFileProblem:
    where: str  # "Line 4", "Theme 2 (lights)"; empty: the whole file
    words: str


@dataclass
class ParsedCodebook:
    themes: list[dict] = field(default_factory=list)
    problems: list[CodebookFileProblem] = field(default_factory=list)

    def wrong(self, where, words):
        self.problems.append(CodebookFileProblem(where, words))


def themes_from_taxonomy(data):
    """Theme dicts from the parsed taxonomy.yaml (S1)."""
    sub_points = {point["slug"]: strand["id"] for strand in data["strands"] for point in strand["sub_points"]}
    for theme in data["themes"]:
        yield {
            "slug": theme["id"],
            "label": theme["label"],
            "family": theme["family"],
            "parent": theme.get("parent", ""),
            "definition": theme.get("definition", ""),
            "include": theme.get("include", ""),
            "exclude": theme.get("exclude", ""),
            "examples": theme.get("seed_phrases", []),
            "links": [{"strand": sub_points[slug], "sub_point": slug} for slug in theme.get("strand_links", [])],
            "gravity": 3 if GRAVE_WORDS.search(theme["id"]) else 2 if theme["family"] == "online" else 1,
            "online": theme["family"] == "online",
            "place_types": theme.get("place_types", []),
        }


def themes_from_csv(file):
    """Theme dicts from a CSV with columns group, label, definition, examples (separated by ` || `)."""
    for row in csv.DictReader(file):
        examples = [part.strip() for part in row.get("examples", "").split("||") if part.strip()]
        yield {
            "slug": slugify(row["label"])[:80],
            "label": row["label"],
            "family": row.get("group", ""),
            "definition": row.get("definition", ""),
            "examples": examples,
        }


def parse_codebook(text):
    """The themes and problems of a YAML or CSV file; a line `themes:` means YAML. No text: it is too long."""
    found = ParsedCodebook()
    if text is None or len(text) > MOST_BYTES:
        found.wrong("", TOO_LONG)
        return found
    if not text.strip():
        found.wrong("", "There is nothing in the file.")
        return found
    looks_like_yaml = re.search(r"^themes\s*:", text, re.MULTILINE)
    for where, row in _parse_yaml_rows(text, found) if looks_like_yaml else _parse_csv_rows(text, found):
        _add_valid_row(where, row, found)
    rows = {theme["slug"]: theme for theme in found.themes}
    for theme in found.themes:
        theme["family"] = theme["family"] or rows.get(theme["parent"], theme)["family"]
    for slug, words in find_hierarchy_problems(rows):
        found.wrong(f"Theme {slug}", words)
    if not found.themes and not found.problems:
        found.wrong("", "There is no theme in the file.")
    if len(found.themes) > theme_entry_rows.MOST_THEMES:
        found.wrong("", f"A codebook has {theme_entry_rows.MOST_THEMES} themes at most.")
    return found


class AliasFreeLoader(yaml.SafeLoader):
    """A SafeLoader that refuses aliases, so that a short file cannot expand to a huge one."""

    def compose_node(self, parent, index):
        if self.check_event(yaml.AliasEvent):
            raise yaml.MarkedYAMLError(problem="aliases are not read", problem_mark=self.peek_event().start_mark)
        return super().compose_node(parent, index)


def _parse_yaml_rows(text, found):
    try:
        data = yaml.load(text, Loader=AliasFreeLoader)  # noqa: S506  a SafeLoader
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"Line {mark.line + 1}" if mark else ""
        found.wrong(where, f"This is not whole YAML: {getattr(error, 'problem', None) or 'it cannot be read'}.")
        return
    themes = data.get("themes") if isinstance(data, dict) else None
    if not isinstance(themes, list):
        found.wrong("", "“themes” must be a list, one entry for each theme.")
        return
    for number, row in enumerate(themes, start=1):
        if isinstance(row, dict):
            name = row.get("id") or row.get("label")
            said = f" ({theme_entry_rows.clean_one_line(name)[:40]})" if name else ""
            yield f"Theme {number}{said}", row
        else:
            found.wrong(f"Theme {number}", "It has no fields such as “id” and “label”.")


def _parse_csv_rows(text, found):
    first = text.partition("\n")[0]
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
        lines = [(reader.line_num, cells) for cells in reader]
    except csv.Error as error:
        found.wrong("", f"This is not a whole CSV file: {error}.")
        return
    heads = [theme_entry_rows.clean_one_line(cell).lower() for cell in lines[0][1]]
    strangers = [head for head in heads if head and head not in COLUMNS]
    if "label" not in heads or strangers:
        said = f" “{strangers[0]}” is not one." if strangers else " “label” is missing."
        found.wrong("Line 1", f"The first line holds the headings: {', '.join(COLUMNS)}.{said}")
        return
    # A cell may span several lines, so a row begins after the line in which the row before it ended.
    for (ended, _), (_, cells) in pairwise(lines):
        if len(cells) > len(heads):
            found.wrong(f"Line {ended + 1}", "There are more cells than headings.")
        elif any(map(str.strip, cells)):
            yield (
                f"Line {ended + 1}",
                {head: unescape_sheet_cell(cell) for head, cell in zip(heads, cells, strict=False)},
            )


def _add_valid_row(where, row, found):
    """Add one row if it is valid; else add its problems. Parsing continues."""
    before = len(found.problems)
    for name in row:
        if name not in COLUMNS:
            found.wrong(where, f"“{theme_entry_rows.clean_one_line(name)[:40]}” is not something a theme has.")
    told = {name: row.get(name) for name in COLUMNS}
    given = {
        "label": _parse_words(told, "label", where, found),
        "family": _parse_words(told, "family", where, found),
        "parent": _parse_words(told, "parent", where, found),
        **{name: _parse_words(told, name, where, found) for name in theme_entry_rows.TEXTS},
        **{name: _parse_list(told, name, where, found) for name in theme_entry_rows.LISTS},
        "links": _parse_links(told, where, found),
        "gravity": _parse_gravity(told["gravity"], where, found),
        "online": _parse_yes_no(told["online"], where, found),
        "place_types": _parse_place_types(told, where, found),
    }
    theme = {"slug": _parse_theme_id(told["id"], given["label"], where, found)} | theme_entry_rows.normalise_row(given)
    for words in theme_entry_rows.find_row_problems(theme):
        found.wrong(where, words)
    for name, value in (("id", theme["slug"]), ("label", theme["label"])):
        if value and any(value == other["slug" if name == "id" else "label"] for other in found.themes):
            found.wrong(where, f"The {name} “{value}” stands in the file twice.")
    if len(found.problems) == before:
        found.themes.append(theme)


def _parse_words(told, name, where, found):
    value = told[name]
    if isinstance(value, (dict, list)):
        found.wrong(where, f"“{name}” must be words.")
        return ""
    return "" if value is None else str(value)


def _parse_list(told, name, where, found):
    """A YAML list, or the lines of a CSV cell."""
    value = told[name]
    if value is None:
        return []
    if isinstance(value, str):
        return value.splitlines()
    if not isinstance(value, list) or any(isinstance(item, (dict, list)) for item in value):
        found.wrong(where, f"“{name}” must be a list of words.")
        return []
    return ["" if item is None else str(item) for item in value]


def _parse_links(told, where, found):
    slugs = theme_entry_rows.clean_items(_parse_list(told, "links", where, found))
    known = strategy_points.text_by_sub_point()
    for slug in slugs:
        if slug not in known:
            found.wrong(where, f"“{slug[:60]}” is not a sub-point of the strategy.")
    return [{"sub_point": slug} for slug in slugs if slug in known]


def _parse_place_types(told, where, found):
    chosen = theme_entry_rows.clean_items(_parse_list(told, "place_types", where, found))
    for one in chosen:
        if one not in PLACE_TYPES:
            found.wrong(where, f"“{one[:60]}” is not a type of place: {', '.join(PLACE_TYPES)}.")
    return chosen


def _parse_gravity(value, where, found):
    if value in (None, ""):
        return 1
    if str(value).strip() not in ("1", "2", "3"):
        found.wrong(where, "“gravity” is 1 (everyday), 2 (some worry) or 3 (serious).")
        return 1
    return int(value)


def _parse_yes_no(value, where, found):
    if isinstance(value, bool):
        return value
    said = "" if value is None else str(value).strip().lower()
    if said not in YES_NO:
        found.wrong(where, "“online” is yes or no.")
    return YES_NO.get(said, False)


def _parse_theme_id(value, label, where, found):
    """The id given, else a slug of the label."""
    given = "" if value is None or isinstance(value, (dict, list)) else theme_entry_rows.clean_one_line(value)
    if given and not theme_entry_rows.ID.fullmatch(given):
        found.wrong(where, "“id” holds small letters, figures and dashes, 80 at most.")
        return ""
    return given or slugify(theme_entry_rows.clean_one_line(label))[:80]


def build_file_row(entry):
    """{column: value} of a theme, for both formats."""
    row = {"id": entry.theme.slug} | theme_entry_rows.row_of_entry(entry)
    return row | {"links": [link["sub_point"] for link in row["links"]]}


def write_codebook_yaml(version, entries):
    themes = [
        {name: value for name, value in build_file_row(entry).items() if value not in ("", [], False)}
        for entry in entries
    ]
    book = version.codebook
    head = {"codebook": book.slug, "name": book.name, "version": version.number, "label": version.label}
    return yaml.safe_dump(head | {"themes": themes}, allow_unicode=True, sort_keys=False, width=110)


def build_csv_rows(entries):
    for entry in entries:
        yield [_format_cell(value) for value in build_file_row(entry).values()]


def _format_cell(value):
    if isinstance(value, bool):
        return "yes" if value else "no"
    return escape_sheet_cell("\n".join(value) if isinstance(value, list) else str(value))
