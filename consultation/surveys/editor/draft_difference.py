"""The changes between two drafts of a questionnaire, one sentence each.

Questions, choices and rows are matched by id, so a new wording is one change, not a removal and an addition.
"""

from bisect import bisect_left
from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.utils import timezone

from consultation.surveys.editor.questionnaire_outline import (
    OF_CHOICE,
    WORDS,
    build_outline,
    capitalise_first,
    describe_choice,
    describe_rule,
    name_entry,
)

type OutlineEntry = dict[str, Any]
# Page fields that people read, or that decide about audience, dates and promises.
PAGE = (
    "title", "slug", "summary", "summary_easy", "audience", "lowest_age", "highest_age", "minutes", "help_first",
    "go_live_at", "opens", "closes", "level", "decision_role", "look_date", "can_change", "can_change_easy",
    "cannot_change", "cannot_change_easy", "decision_date", "feedback_date", "codebook", "code_only", "paper_offered",
    "paper_runner", "paper_address", "paper_desk", "groups_invited", "groups_missing", "safe_checked_by", "ways",
    "answer_phone", "designed_with", "formats", "seen_how", "promise_read", "told_how",
)  # fmt: skip


class DraftChange(NamedTuple):
    kind: str  # added, removed, moved, words, choices, rows, condition, setting, help, page
    entry: str  # the id of the question or part that it is about; empty for the page
    words: str


def list_draft_changes(old: Any, new: Any) -> list[DraftChange]:
    """All changes between two drafts of a page: first of its own fields, then of its questions."""
    return [*compare_page_fields(old, new), *compare_outlines(build_outline(old), build_outline(new))]


def compare_outlines(old: list[OutlineEntry], new: list[OutlineEntry]) -> list[DraftChange]:
    """The changes in the order of the new outline, removals first."""
    before, after = ({entry["id"]: entry for entry in entries} for entries in (old, new))
    found = [
        DraftChange("removed", id_, f"{_name_changed_entry(entry)} was removed.")
        for id_, entry in before.items()
        if id_ not in after
    ]
    moved = _find_moved(list(before), list(after))
    for place, entry in enumerate(new):
        if entry["id"] not in before:
            shown = f" It is shown {describe_rule(entry['show_if'], after)}." if entry["show_if"] else ""
            found.append(DraftChange("added", entry["id"], f"{_name_changed_entry(entry)} is new.{shown}"))
            continue
        was = before[entry["id"]]
        if entry["id"] in moved:
            there = f"after {name_entry(new[place - 1])}" if place else "at the beginning"
            said = f"Question {was['number']} moved: it is question {entry['number']} now, {there}."
            if was["number"] == entry["number"]:  # None for a part
                said = f"{capitalise_first(name_entry(entry))} moved: it stands {there} now."
            found.append(DraftChange("moved", entry["id"], said))
        found += [DraftChange(kind, entry["id"], said) for kind, said in _compare_entry(was, entry, before, after)]
    return found


def compare_page_fields(old: Any, new: Any) -> list[DraftChange]:
    found = []
    for field in PAGE:
        if getattr(old, field) != getattr(new, field):
            this = f"The field “{capitalise_first(new._meta.get_field(field).verbose_name)}”"
            said = _describe_change(this, _format_value(old, field), _format_value(new, field))
            found.append(DraftChange("page", "", said))
    return found


def _format_value(page: Any, field: str) -> str:
    display = getattr(page, f"get_{field}_display", None)
    value = display() if display else getattr(page, field)
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%-d %B %Y, %H:%M}"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "yes" if value is True else "" if value in (None, False) else str(value)


def _name_changed_entry(entry: OutlineEntry) -> str:
    if not entry["number"]:
        return capitalise_first(name_entry(entry))
    return f"Question {entry['number']}, “{entry['words']['text']}”,"


def _compare_entry(
    was: OutlineEntry, entry: OutlineEntry, before: dict[str, OutlineEntry], after: dict[str, OutlineEntry]
) -> Iterator[tuple[str, str]]:
    this = capitalise_first(name_entry(entry))
    if was["type"] != entry["type"]:
        yield "setting", f"{this} is of another type now."
    for field, old, new in _list_differences(was["words"], entry["words"]):
        yield "words", _describe_change(this if field == "text" else f"{this}: {WORDS[field]}", old, new)
    yield from (("choices", said) for said in _compare_parts("choice", name_entry(entry), was, entry, "choices"))
    yield from (("rows", said) for said in _compare_parts("row", name_entry(entry), was, entry, "lines"))
    if was["show_if"] != entry["show_if"]:
        then, now = describe_rule(was["show_if"], before), describe_rule(entry["show_if"], after)
        yield "condition", f"{this} was shown {then}; now it is shown {now}."
    for label, old, new in _list_differences(was["settings"], entry["settings"]):
        yield "setting", _describe_change(f"{this}, {label}:", old or "no", new or "no")
    if was["help_opened"] != entry["help_opened"]:
        old, new = map("; ".join, (was["help_opened"], entry["help_opened"]))
        yield "help", _describe_change(f"The help that {name_entry(entry)} opens", old, new)


def _describe_change(this: str, old: str, new: str) -> str:
    if not new:
        return f"{this} was “{old}”; that is gone now."
    return f"{this} was “{old}”, now “{new}”." if old else f"{this} was empty, now “{new}”."


def _compare_parts(kind: str, of: str, was: OutlineEntry, entry: OutlineEntry, field: str) -> Iterator[str]:
    """The changes of a question's choices or rows (`field`)."""
    old, new = was[field], entry[field]
    for id_ in old:
        if id_ not in new:
            yield f"A {kind}, “{_name_part(was, field, id_)}”, was taken from {of}."
    for id_ in new:
        if id_ not in old:
            yield f"A {kind}, “{_name_part(entry, field, id_)}”, was added to {of}."
    for id_ in (id_ for id_ in new if id_ in old):
        for name, then, now in _list_differences(old[id_], new[id_]):
            named = f"The {kind} “{_name_part(entry, field, id_)}” of {of}: {OF_CHOICE[name]}"
            yield _describe_change(f"A {kind} of {of}" if name == "text" else named, then, now)
    if _find_moved(list(old), list(new)):
        order = ", ".join(f"“{_name_part(entry, field, id_)}”" for id_ in new)
        yield f"The {kind}s of {of} stand in another order: {order}."


def _name_part(entry: OutlineEntry, field: str, id_: str) -> str:
    return describe_choice(entry, id_) if field == "choices" else entry[field][id_].get("text", "")


def _list_differences(old: dict[str, str], new: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """(key, old text, new text) where they differ; a missing text is empty."""
    texts = ((key, old.get(key, ""), new.get(key, "")) for key in dict.fromkeys([*old, *new]))
    return ((key, then, now) for key, then, now in texts if then != now)


def _find_moved(old: list[str], new: list[str]) -> set[str]:
    """The smallest set of common ids that must have moved: all but a longest increasing subsequence."""
    places = {id_: place for place, id_ in enumerate(old)}
    both = [id_ for id_ in new if id_ in places]
    ends: list[int] = []  # the smallest last place of a subsequence of each length
    runs: list[int] = []
    for id_ in both:
        length = bisect_left(ends, places[id_])
        ends[length : length + 1] = [places[id_]]
        runs.append(length)
    kept, wanted, least = set(), len(ends) - 1, len(old)
    for id_, length in zip(reversed(both), reversed(runs), strict=True):
        if length == wanted and places[id_] < least:
            kept.add(id_)
            wanted, least = wanted - 1, places[id_]
    return set(both) - kept
