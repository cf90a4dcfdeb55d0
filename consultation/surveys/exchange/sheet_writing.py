"""Writes a questionnaire as rows of a sheet: one for each promise, part, question, choice, grid row and help text.

Text columns repeat for each language: "text" for the source, "text [ur]" for Urdu. A picture is named; `picture_archive`
holds it. Sound and sign language are not exported.
"""

from itertools import chain

from consultation.file_output.formula_safe_cells import escape_sheet_cell
from consultation.surveys.exchange.condition_notation import format_rule
from consultation.surveys.type_registry import type_of

WHAT = ("consultation", "promise", "part", "question", "choice", "row", "help")
SETTINGS = (
    "show_if", "dont_know", "rather_not", "about_you", "apart", "sensitive", "not_for_groups", "online", "several", "limit",
    "rank", "max_length", "soon_box", "from", "to", "bands", "level", "exclusive", "other", "pictogram", "picture", "any_of",
    "entries", "links", "themes", "place_types", "pairs", "codebook",
)  # fmt: skip
WORDS = ("text", "easy", "hint", "hint_easy", "why", "low_label", "high_label", "unit", "alt")


def build_rows(content, promises=()):
    """{column: cell} of each row. `promises`: as `list_promise_rows` gives them."""
    columns = {content["source"]: WORDS, **_name_columns(content)}
    for row in _list_entries(content, promises):
        found = {name: _format_cell(value) for name, value in row.items() if name not in WORDS}
        for code, names in columns.items():
            texts = [(row.get(name) or {}).get(code, "") for name in WORDS]
            found |= dict(zip(names, texts, strict=True))
        yield found


def build_cells(content, promises=()):
    """(columns, rows of cells) for the spreadsheet writer."""
    names = ["what", "id", "type", *WORDS, *SETTINGS, *chain(*_name_columns(content).values())]
    return names, [[escape_sheet_cell(row.get(name, "")) for name in names] for row in build_rows(content, promises)]


def _name_columns(content):
    """{language: the names of its text columns} of each language but the source's."""
    others = [code for code in content["languages"] if code != content["source"]]
    return {code: [f"{name} [{code}]" for name in WORDS] for code in others}


def _format_cell(value):
    if value is True:
        return "yes"
    if value is None or value is False:
        return ""
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


def _list_entries(content, promises):
    yield {
        "what": "consultation", "id": content["slug"], "type": content["audience"], "codebook": content["codebook"],
        "text": content["title"], "hint": content["summary"], "easy": content.get("summary_easy") or {},
    }  # fmt: skip
    yield from promises
    for item in content["items"]:
        own, words = type_of(item), {name: item[name] for name in ("text", "easy", "hint", "hint_easy", "why")}
        words["show_if"] = format_rule(item["show_if"])
        yield words | (_build_question(item) if own.is_question else _build_part(item))
        for option in item["options"] if own.writes_choices(item) else ():  # those that officers write
            yield {"what": "choice", "id": option["id"], "picture": _name_picture(option)} | own.write_choice(option)
        for row in item["rows"]:
            yield {"what": "row", "id": row["id"], "text": row["text"], "easy": row["easy"]}
        for rule in item.get("help") or ():
            yield {"what": "help", "any_of": rule["any_of"], "entries": rule["entries"], "text": rule["text"]}


def _name_picture(drawn):
    """The file name of a picture that officers brought in."""
    picture = drawn.get("picture")
    return picture["src"].rpartition("/")[2] if isinstance(picture, dict) else ""


def _build_part(item):
    return {"what": "part", "id": item["id"], "level": item.get("level"), "sensitive": item["sensitive"]}


def _build_question(item):
    plain = (
        "apart",
        "sensitive",
        "not_for_groups",
        "several",
        "limit",
        "rank",
        "max_length",
        "themes",
        "soon_box",
        "place_types",
        "pairs",
    )
    return {
        "what": "question",
        "id": item["id"],
        "type": item["type"],
        "dont_know": "dont-know" in item["also"],
        "rather_not": "rather-not" in item["also"],
        "online": "online-activity" in item["context"],
        "about_you": "" if type_of(item).about_you else item["about_you"],
        "links": [f"{link['strand']}/{link['sub_point']}" for link in item["links"]],
        "pictogram": item.get("picture") if isinstance(item.get("picture"), str) else "",
        "picture": _name_picture(item),
        **{name: item.get(name) for name in plain},
        **type_of(item).write_cells(item),
    }
