"""The changes between two drafts of a questionnaire, one sentence each.

Questions, choices and rows are matched by id, so a new wording is one change, not a removal and an addition.
"""

from bisect import bisect_left
from collections.abc import Iterator
from typing import Any, NamedTuple

from consultation.questionnaires.building.outline import OF_CHOICE, WORDS, begun, choice_words, name
from consultation.questionnaires.building.rule_words import in_words

type Entry = dict[str, Any]
# Page fields that people read, or that decide about audience, dates and promises.
PAGE = (
    "title", "slug", "summary", "summary_easy", "audience", "lowest_age", "highest_age", "minutes", "opens", "closes",
    "level", "decision_role", "look_date", "can_change", "can_change_easy", "cannot_change", "cannot_change_easy",
    "decision_date", "feedback_date", "codebook", "code_only", "paper_offered", "paper_address", "groups_invited",
    "groups_missing", "safe_checked_by", "ways", "designed_with", "formats", "seen_how", "promise_read", "told_how",
)  # fmt: skip


class Change(NamedTuple):
    kind: str  # added, removed, moved, words, choices, rows, condition, setting, help, page
    entry: str  # the id of the question or part that it is about; empty for the page
    words: str


def difference(old: list[Entry], new: list[Entry]) -> list[Change]:
    """The changes in the order of the new outline, removals first."""
    before, after = ({entry["id"]: entry for entry in entries} for entries in (old, new))
    found = [
        Change("removed", id_, f"{_named(entry)} was removed.") for id_, entry in before.items() if id_ not in after
    ]
    moved = _moved(list(before), list(after))
    for place, entry in enumerate(new):
        if entry["id"] not in before:
            found.append(Change("added", entry["id"], f"{_named(entry)} is new.{_shown(entry, after)}"))
            continue
        was = before[entry["id"]]
        if entry["id"] in moved:
            found.append(Change("moved", entry["id"], _move(was, entry, new[place - 1] if place else None)))
        found += [Change(kind, entry["id"], said) for kind, said in _of_one(was, entry, before, after)]
    return found


def of_pages(old: Any, new: Any) -> list[Change]:
    """The changes of the page's own fields."""
    found = []
    for field in PAGE:
        if getattr(old, field) != getattr(new, field):
            label = new._meta.get_field(field).verbose_name
            said = _was(f"The field “{begun(label)}”", _value(old, field), _value(new, field))
            found.append(Change("page", "", said))
    return found


def _value(page: Any, field: str) -> str:
    display = getattr(page, f"get_{field}_display", None)
    value = display() if display else getattr(page, field)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "yes" if value is True else "" if value in (None, False) else str(value)


def _named(entry: Entry) -> str:
    if not entry["number"]:
        return begun(name(entry))
    return f"Question {entry['number']}, “{entry['words']['text']}”,"


def _shown(entry: Entry, entries: dict[str, Entry]) -> str:
    return f" It is shown {in_words(entry['show_if'], entries)}." if entry["show_if"] else ""


def _move(was: Entry, entry: Entry, previous: Entry | None) -> str:
    place = f"after {name(previous)}" if previous else "at the beginning"
    if was["number"] == entry["number"]:  # None for a part
        return f"{begun(name(entry))} moved: it stands {place} now."
    return f"Question {was['number']} moved: it is question {entry['number']} now, {place}."


def _of_one(was: Entry, entry: Entry, before: dict[str, Entry], after: dict[str, Entry]) -> Iterator[tuple[str, str]]:
    this = begun(name(entry))
    if was["type"] != entry["type"]:
        yield "setting", f"{this} is of another type now."
    yield from (("words", said) for said in _words(this, was["words"], entry["words"]))
    yield from (("choices", said) for said in _parts("choice", name(entry), was, entry, "choices"))
    yield from (("rows", said) for said in _parts("row", name(entry), was, entry, "lines"))
    if was["show_if"] != entry["show_if"]:
        then, now = in_words(was["show_if"], before), in_words(entry["show_if"], after)
        yield "condition", f"{this} was shown {then}; now it is shown {now}."
    for label in _keys(was["settings"], entry["settings"]):
        old, new = was["settings"].get(label, ""), entry["settings"].get(label, "")
        if old != new:
            yield "setting", _was(f"{this}, {label}:", old or "no", new or "no")
    if was["help_opened"] != entry["help_opened"]:
        yield (
            "help",
            _was(f"The help that {name(entry)} opens", *map("; ".join, (was["help_opened"], entry["help_opened"]))),
        )


def _words(this: str, was: dict[str, str], words: dict[str, str]) -> Iterator[str]:
    for field in _keys(was, words):
        old, new = was.get(field, ""), words.get(field, "")
        if old != new:
            yield _was(this if field == "text" else f"{this}: {WORDS[field]}", old, new)


def _was(this: str, old: str, new: str) -> str:
    if not new:
        return f"{this} was “{old}”; that is gone now."
    return f"{this} was “{old}”, now “{new}”." if old else f"{this} was empty, now “{new}”."


def _parts(kind: str, of: str, was: Entry, entry: Entry, field: str) -> Iterator[str]:
    """The changes of a question's choices or rows (`field`)."""
    old, new = was[field], entry[field]
    for id_ in old:
        if id_ not in new:
            yield f"A {kind}, “{_part(was, field, id_)}”, was taken from {of}."
    for id_ in new:
        if id_ not in old:
            yield f"A {kind}, “{_part(entry, field, id_)}”, was added to {of}."
    for id_ in (id_ for id_ in new if id_ in old):
        yield from _of_part(kind, of, _part(entry, field, id_), old[id_], new[id_])
    if _moved(list(old), list(new)):
        order = ", ".join(f"“{_part(entry, field, id_)}”" for id_ in new)
        yield f"The {kind}s of {of} stand in another order: {order}."


def _of_part(kind: str, of: str, named: str, old: dict[str, str], new: dict[str, str]) -> Iterator[str]:
    for field in _keys(old, new):
        then, now = old.get(field, ""), new.get(field, "")
        if then == now:
            continue
        if field == "text":
            yield _was(f"A {kind} of {of}", then, now)
        else:
            yield _was(f"The {kind} “{named}” of {of}: {OF_CHOICE[field]}", then, now)


def _part(entry: Entry, field: str, id_: str) -> str:
    return choice_words(entry, id_) if field == "choices" else entry[field][id_].get("text", "")


def _keys(*dicts: dict[str, Any]) -> list[str]:
    return list(dict.fromkeys(key for one in dicts for key in one))


def _moved(old: list[str], new: list[str]) -> set[str]:
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
