"""Copies of question blocks with new ids for each question, choice and row.

Answers are joined by id, so a copied id would look like the same question to reports of another consultation.
"""

import uuid
from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from consultation.surveys.type_registry import type_of

type RawBlock = dict[str, Any]
LISTS = ("options", "rows")


def renew_block_ids(blocks: Iterable[RawBlock]) -> list[RawBlock]:
    """The raw blocks with new ids, without conditions on questions that are not copied."""
    found = [{"id": _new_id()} | deepcopy(dict(block)) for block in blocks]
    ids = {block["id"]: _new_id() for block in found}
    choices = {block["id"]: _renew_list_ids(block["value"]) for block in found}
    for block in found:
        own = choices[block["id"]]
        for rule in block["value"].get("help_by_answer") or ():
            rule["id"] = _new_id()
            rule["value"]["any_of"] = [own.get(one, one) for one in rule["value"].get("any_of") or ()]
        if "show_if" in block["value"]:
            block["value"]["show_if"] = _renew_rule(block["value"]["show_if"], ids, choices)
        block["id"] = ids[block["id"]]
    return found


def _new_id() -> str:
    return str(uuid.uuid4())


def _renew_list_ids(value: RawBlock) -> dict[str, str]:
    """Give choices and rows new ids in place; returns {old id: new id}."""
    renewed_ids: dict[str, str] = {}
    for name in LISTS:
        for item in value.get(name) or ():
            item["id"] = renewed_ids.setdefault(item.get("id") or _new_id(), _new_id())
    return renewed_ids


def _renew_rule(rule: Any, ids: dict[str, str], choices: dict[str, dict[str, str]]) -> RawBlock:
    """`rule` as a RuleBlock stores it; a plain list in older drafts means "any"."""
    joined = {"join": "any", "of": rule} if isinstance(rule, list) else rule or {"join": "any", "of": []}
    kept = []
    for each in joined["of"]:
        value = each["value"]
        if "of" in value:
            inner = _renew_rule(value, ids, choices)
            kept += [each | {"id": _new_id(), "value": inner}] if inner["of"] else []
        elif (asked := value.get("question")) in ids:
            answers = [choices[asked].get(one, one) for one in value.get("any_of") or ()]
            kept.append(each | {"id": _new_id(), "value": value | {"question": ids[asked], "any_of": answers}})
    return {"join": joined.get("join", "any"), "of": kept}


def is_about_you(block: RawBlock) -> bool:
    value = block["value"]
    return bool(value.get("apart") or type_of(block).classify_about_you(value))


def insert_questions(blocks: list[RawBlock], chosen: list[RawBlock]) -> list[RawBlock]:
    """The blocks with the chosen ones before the "about you" questions; those that are kept apart come last."""
    at, apart = find_insertion_place(blocks), [one for one in chosen if one["value"].get("apart")]
    return [*blocks[:at], *(one for one in chosen if one not in apart), *blocks[at:], *apart]


def find_insertion_place(blocks: list[RawBlock]) -> int:
    """The index to add questions at: before the "about you" questions at the end, and their headings."""
    place = len(blocks)
    while place and (is_about_you(blocks[place - 1]) or _is_heading_of_last(blocks, place - 1)):
        place -= 1
    return place


def _is_heading_of_last(blocks: list[RawBlock], place: int) -> bool:
    return place + 1 < len(blocks) and not type_of(blocks[place]).is_question
