"""The preview of an import before acceptance: example cells of each column, and some people as they will be stored."""

from datetime import date

from django.conf import settings

from consultation.channels.imports.column_mapping import MONTH_FIRST, build_mapping_from_map
from consultation.channels.imports.column_targets import (
    FILE_PARTS,
    cell_values_of_map,
    list_cell_meanings,
    list_column_targets,
    targets_of_map,
)
from consultation.channels.imports.days_of_times import UNREADABLE_DAY, parse_day_of_time
from consultation.channels.imports.import_dry_run import open_chunk_rows, open_ready_people
from consultation.channels.imports.survey_tool_formats import TOOLS_BY_SLUG
from consultation.responses.vault import can_open_sealed
from consultation.surveys.questionnaire_schema import (
    ALSO,
    OTHER,
    Questionnaire,
    can_choose_several,
    list_chosen_keys,
    localised_text,
)
from consultation.surveys.type_registry import type_of

SPLIT_SIGNS = (";", ",", "|", "\n")  # on a tie the first wins
EXAMPLES_PER_COLUMN, MAX_EXAMPLE_LENGTH = 3, 80
MAX_UNCLEAR_CELLS = 25  # of a column, for which a reader chooses a meaning


def _sample_cells(source):
    """{column: distinct cells of one chunk's rows}"""
    chunk = source.chunks.order_by("pk").first()
    if chunk is None or not can_open_sealed():
        return {column: [] for column in source.columns}
    rows = [cells for _, cells in sorted(open_chunk_rows(chunk), key=lambda row: row[0])]
    return {
        column: list(dict.fromkeys(row[place] for row in rows if row[place]))
        for place, column in enumerate(source.columns)
    }


def list_days_read(source):
    """[(order, first day, last day, whether it is chosen)] of the file's days: one without an order where the cells
    themselves tell it, else one for each number that can be the month. [] without a column of days."""
    column = source.parts.get("day")
    if column not in source.columns or not can_open_sealed():
        return []
    place = source.columns.index(column)
    said = {cells[place] for chunk in source.chunks.iterator(chunk_size=20) for _, cells in open_chunk_rows(chunk)}
    orders = MONTH_FIRST if any("/" in parse_day_of_time(cell, None) for cell in said) else {"": None}
    found = []
    for order, month_first in orders.items():
        days = sorted(
            day for cell in said if (day := parse_day_of_time(cell, month_first)) not in ("", UNREADABLE_DAY)
        )
        if days:
            ends = map(date.fromisoformat, (days[0], days[-1]))
            found.append((order, *ends, order == source.parts.get("day_order", "")))
    return found


def add_split_signs(source, questionnaire, parts):
    """The map with a separator for each column of multiple choices: the one that makes most parts known options."""
    cells, own = None, TOOLS_BY_SLUG[source.tool].split
    for column, spec in (parts.get("closed") or {}).items():
        item = questionnaire.by_id(spec["question"])
        if can_choose_several(item) and not spec.get("option") and not spec.get("place"):
            cells = _sample_cells(source) if cells is None else cells
            known = {}
            for sign in filter(None, (own, *SPLIT_SIGNS)):
                reader = _build_column_reader(spec | {"split": sign}, questionnaire)
                known[sign] = sum(reader.knows(part) for cell in cells[column] for part in reader.parts(cell))
            spec["split"] = max(known, key=known.get)
    return parts


def add_scale_numbers(source, questionnaire, parts):
    """The map with the steps of our scales as the meaning of a column's numbers, where it has no others. The mapping page
    shows the meaning of each, so that a person sees whether the other tool's 1 is our 1."""
    cells = None
    for column, spec in (parts.get("closed") or {}).items():
        ids = {option["id"] for option in questionnaire.by_id(spec["question"])["options"]}
        if all(map(str.isdecimal, ids)):
            cells = _sample_cells(source) if cells is None else cells
            reader = _build_column_reader(spec, questionnaire)
            numbers = sorted(cell for cell in cells[column] if cell.isdecimal() and not reader.knows(cell))
            if numbers and ids.issuperset(numbers):
                spec["values"] = {number: number for number in numbers}
    return parts


def _build_column_reader(spec, questionnaire):
    return build_mapping_from_map({"closed": {"x": spec}}, questionnaire, ["x"]).closed["x"]


def list_preview_columns(source, questionnaire, chosen=None, values=None):
    """A template context per column: its heading, examples, chosen target and unmatched cells."""
    chosen = targets_of_map(source.parts) if chosen is None else chosen
    values = cell_values_of_map(source.parts) if values is None else values
    cells, offered = _sample_cells(source), list_column_targets(questionnaire)
    splits = {column: {"split": spec.get("split", ";")} for column, spec in (source.parts.get("closed") or {}).items()}
    blank = TOOLS_BY_SLUG[source.tool].blank
    for number, column in enumerate(source.columns):
        target = chosen.get(column)
        told = {
            cell: means for cell, means in values.get(column, {}).items() if cell not in blank or cell in cells[column]
        }
        yield {
            "number": number,
            "heading": column,
            "examples": [cell[:MAX_EXAMPLE_LENGTH] for cell in cells[column][:EXAMPLES_PER_COLUMN]],
            "chosen": target.key if target else "",
            "groups": [(words, [(one.key, name) for one, name in some]) for words, some in offered],
            "unclear": _find_unclear_cells(target, cells[column], told, splits.get(column, {}), questionnaire),
        }


def _find_unclear_cells(target, cells, values, split, questionnaire):
    """Cells of a closed column that match no option, each with the meaning that the reader chose. `is_words`: unlike every
    choice, so that it is taken in as words beside "other" if nobody says more; such a cell is not kept in the map."""
    if target is None or target.kind in ("text", *FILE_PARTS):
        return None
    item = questionnaire.by_id(target.question)
    if not type_of(item).is_closed:
        return None
    reader = _build_column_reader(target.spec() | split, questionnaire)
    unusable = dict.fromkeys(part for cell in cells for part in reader.list_unusable(cell))
    words = dict.fromkeys(part for cell in cells for _, part in reader.words(cell))
    unknown = [part for part in {**unusable, **words} if len(part) <= MAX_EXAMPLE_LENGTH and part not in values]
    rows = [
        {"cell": cell, "means": values.get(cell), "is_words": cell not in unusable and cell not in values}
        for cell in [*values, *unknown[:MAX_UNCLEAR_CELLS]]
    ]
    return {"rows": rows, "choices": list_cell_meanings(item, questionnaire, target.kind)} if rows else None


def list_left_out(source, questionnaire):
    """(columns without a target, the words of questions to which no column gives an answer)"""
    chosen = targets_of_map(source.parts)
    answered = {target.question.removesuffix(OTHER) for target in chosen.values()}
    columns = [column for column in source.columns if column not in chosen]
    return columns, [_english_text(item) for item in questionnaire.questions if item["id"] not in answered]


def sample_people(source, number=3):
    """Some people as they will be stored: [{"day", "language", "answers": [(question, answer)]}]."""
    chunk = source.chunks.exclude(ready=None).order_by("pk").first()
    if chunk is None or not can_open_sealed():
        return []
    questionnaire, people = Questionnaire(source.version.content), []
    # Equality answers are left out: they are never shown beside a person's other answers.
    languages = dict(settings.LANGUAGES)
    for _, language, day, closed, texts, *_ in open_ready_people(chunk)[:number]:
        answers = describe_closed_answers(questionnaire, closed)
        words = [(_english_text(questionnaire.by_id(question)), said_words) for question, said_words in texts]
        day = date.fromisoformat(day)
        people.append({"day": day, "language": languages[language], "answers": answers + words})
    return people


def describe_closed_answers(questionnaire, closed):
    """[(question, answer)] of one person, in words."""
    answers = [(_english_text(item), _describe_closed_answer(item, closed)) for item in questionnaire.questions]
    return [pair for pair in answers if pair[1]]


def _english_text(item):
    return localised_text(item["text"], "en")


def _describe_closed_answer(item, closed):
    value = closed.get(item["key"])
    if value is None:
        return ""
    if type_of(item).is_banded and value not in ALSO.values():
        return str(value)
    if isinstance(value, dict):
        rows = {row["key"]: _english_text(row) for row in item["rows"]}
        return "; ".join(f"{rows[row]}: {_describe_option(item, key)}" for row, key in value.items())
    keys = value if isinstance(value, list) else list_chosen_keys(item, closed)
    return "; ".join(_describe_option(item, key) for key in keys)


def _describe_option(item, key):
    non_response = {"dk": "I don’t know", "na": "I don’t want to say"}
    return non_response.get(key) or next(
        (_english_text(option) for option in item["options"] if option["key"] == key), ""
    )
