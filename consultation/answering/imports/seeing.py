"""The preview of an import before acceptance: example cells of each column, and some people as they will be stored."""

from consultation.answering.imports.mapping import from_map
from consultation.answering.imports.targets import DAY, LANGUAGE, choices, from_parts, targets, values_of
from consultation.answering.imports.trying import people_ready, rows_of
from consultation.questionnaires.schema import CLOSED, Questionnaire, chosen_keys, said, takes_several
from consultation.responses.vault import can_open

SIGNS = (";", ",", "|", "\n")  # on a tie the first wins
EXAMPLES, LETTERS = 3, 80
MOST_CELLS = 25  # of a column, for which a reader chooses a meaning


def _cells(source):
    """{column: distinct cells of one chunk's rows}"""
    chunk = source.chunks.order_by("pk").first()
    if chunk is None or not can_open():
        return {column: [] for column in source.columns}
    rows = [cells for _, cells in sorted(rows_of(chunk), key=lambda row: row[0])]
    return {
        column: list(dict.fromkeys(row[place] for row in rows if row[place]))
        for place, column in enumerate(source.columns)
    }


def with_splits(source, questionnaire, parts):
    """The map with a separator for each column of multiple choices: the one that makes most parts known options."""
    cells = None
    for column, spec in (parts.get("closed") or {}).items():
        item = questionnaire.by_id(spec["question"])
        if takes_several(item) and not spec.get("option") and not spec.get("place"):
            cells = _cells(source) if cells is None else cells
            known = {sign: _known(spec | {"split": sign}, questionnaire, cells[column]) for sign in SIGNS}
            spec["split"] = max(SIGNS, key=lambda sign: known[sign])
    return parts


def _known(spec, questionnaire, cells):
    reader = from_map({"closed": {"x": spec}}, questionnaire, ["x"]).closed["x"]
    return sum(reader.knows(part) for cell in cells for part in reader.parts(cell))


def columns_of(source, questionnaire, chosen=None, values=None):
    """A template context per column: its heading, examples, chosen target and unmatched cells."""
    chosen = from_parts(source.parts) if chosen is None else chosen
    values = values_of(source.parts) if values is None else values
    cells, offered = _cells(source), targets(questionnaire)
    splits = {column: {"split": spec.get("split", ";")} for column, spec in (source.parts.get("closed") or {}).items()}
    for number, column in enumerate(source.columns):
        target = chosen.get(column)
        yield {
            "number": number,
            "heading": column,
            "examples": [cell[:LETTERS] for cell in cells[column][:EXAMPLES]],
            "chosen": target.key if target else "",
            "groups": [(words, [(one.key, name) for one, name in some]) for words, some in offered],
            "unclear": _unclear(target, cells[column], values.get(column, {}), splits.get(column, {}), questionnaire),
        }


def _unclear(target, cells, values, split, questionnaire):
    """Cells of a closed column that match no option, each with the meaning that the reader chose."""
    if target is None or target.kind in ("text", DAY, LANGUAGE):
        return None
    item = questionnaire.by_id(target.question)
    if item["type"] not in CLOSED:
        return None
    reader = from_map({"closed": {"x": target.spec() | split}}, questionnaire, ["x"]).closed["x"]
    unknown = [cell for cell in cells if len(cell) <= LETTERS and not reader.understands(cell)]
    told = [cell for cell in values if cell not in unknown]
    rows = [{"cell": cell, "means": values.get(cell)} for cell in [*told, *unknown][:MOST_CELLS]]
    return {"rows": rows, "choices": choices(item, questionnaire)} if rows else None


def sample(source, number=3):
    """Some people as they will be stored: [{"day", "language", "answers": [(question, answer)]}]."""
    chunk = source.chunks.exclude(ready=None).order_by("pk").first()
    if chunk is None or not can_open():
        return []
    questionnaire = Questionnaire(source.version.content)
    return [_shown(one, questionnaire) for one in people_ready(chunk)[:number]]


def _shown(one, questionnaire):
    """Equality answers are left out: they are never shown beside a person's other answers."""
    _, language, day, closed, texts, _ = one
    answers = [(_text(item), _closed(item, closed)) for item in questionnaire.questions]
    words = [(_text(questionnaire.by_id(question)), said_words) for question, said_words in texts]
    return {"day": day, "language": language, "answers": [pair for pair in answers if pair[1]] + words}


def _text(item):
    return said(item["text"], "en")


def _closed(item, closed):
    value = closed.get(item["key"])
    if value is None:
        return ""
    if isinstance(value, int) or item["type"] == "month":
        return str(value)
    if isinstance(value, dict):
        rows = {row["key"]: _text(row) for row in item["rows"]}
        return "; ".join(f"{rows[row]}: {_option(item, key)}" for row, key in value.items())
    keys = value if isinstance(value, list) else chosen_keys(item, closed)
    return "; ".join(_option(item, key) for key in keys)


def _option(item, key):
    apart = {"dk": "I don’t know", "na": "I don’t want to say"}
    return apart.get(key) or next((_text(option) for option in item["options"] if option["key"] == key), "")
