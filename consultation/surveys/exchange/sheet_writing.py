"""Writes a questionnaire as rows of a sheet: one for each part, question, choice, grid row and help text.

Text columns repeat for each language: "text" for the source, "text [ur]" for Urdu. Media files are not exported.
"""

from consultation.surveys.exchange.condition_notation import format_rule
from consultation.surveys.exchange.formula_safe_cells import escape_sheet_cell
from consultation.surveys.type_registry import type_of

WHAT = ("consultation", "part", "question", "choice", "row", "help")
SETTINGS = (
    "show_if", "dont_know", "rather_not", "about_you", "apart", "sensitive", "online", "several", "limit", "rank",
    "max_length", "soon_box", "from", "to", "bands", "level", "exclusive", "other", "pictogram", "any_of", "entries",
    "links", "themes", "codebook",
)  # fmt: skip
WORDS = ("text", "easy", "hint", "hint_easy", "why", "low_label", "high_label", "unit", "alt")


def list_columns(languages):
    """Column names; `languages` starts with the source language."""
    source, *others = languages
    return ["what", "id", "type", *WORDS, *SETTINGS, *(f"{name} [{code}]" for code in others for name in WORDS)]


def list_languages(content):
    return [content["source"], *(code for code in content["languages"] if code != content["source"])]


def build_rows(content):
    """{column: cell} of each row."""
    for row in _list_entries(content):
        yield _flatten_row(row, list_languages(content))


def build_cells(content):
    """(columns, rows of cells) for the spreadsheet writer."""
    names = list_columns(list_languages(content))
    return names, [[escape_sheet_cell(row.get(name, "")) for name in names] for row in build_rows(content)]


def _flatten_row(row, languages):
    source, *others = languages
    found = {name: _format_cell(value) for name, value in row.items() if name not in WORDS}
    for name in WORDS:
        words = row.get(name) or {}
        found[name] = words.get(source, "")
        found |= {f"{name} [{code}]": words.get(code, "") for code in others}
    return found


def _format_cell(value):
    if value is True:
        return "yes"
    if value is None or value is False:
        return ""
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


def _list_entries(content):
    yield {
        "what": "consultation", "id": content["slug"], "type": content["audience"], "codebook": content["codebook"],
        "text": content["title"], "hint": content["summary"], "easy": content.get("summary_easy") or {},
    }  # fmt: skip
    for item in content["items"]:
        yield _build_question(item) if type_of(item).is_question else _build_part(item)
        yield from _list_choices(item)
        for row in item["rows"]:
            yield {"what": "row", "id": row["id"], "text": row["text"], "easy": row["easy"]}
        for rule in item.get("help") or ():
            yield {"what": "help", "any_of": rule["any_of"], "entries": rule["entries"], "text": rule["text"]}


def _pick_words(item):
    return {name: item[name] for name in ("text", "easy", "hint", "hint_easy", "why")}


def _build_part(item):
    own = {"level": item.get("level"), "sensitive": item["sensitive"], "show_if": format_rule(item["show_if"])}
    return {"what": "part", "id": item["id"]} | _pick_words(item) | own


def _build_question(item):
    return (
        {"what": "question", "id": item["id"], "type": item["type"]}
        | _pick_words(item)
        | {
            "show_if": format_rule(item["show_if"]),
            "dont_know": "dont-know" in item["also"],
            "rather_not": "rather-not" in item["also"],
            "online": "online-activity" in item["context"],
            "about_you": "" if type_of(item).about_you else item["about_you"],
            "links": [f"{link['strand']}/{link['sub_point']}" for link in item["links"]],
            "pictogram": item.get("picture") if isinstance(item.get("picture"), str) else "",
        }
        | {name: item.get(name) for name in ("apart", "sensitive", "several", "limit", "rank", "max_length", "themes")}
        | {"soon_box": item["soon_box"]}
        | type_of(item).write_cells(item)
    )


def _list_choices(item):
    """Rows of the choices that officers write; standard scales and bands are left out."""
    own = type_of(item)
    for option in item["options"] if own.writes_choices(item) else ():
        yield {"what": "choice", "id": option["id"]} | own.write_choice(option)
