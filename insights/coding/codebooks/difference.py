"""Differences between two codebook versions, in sentences. Pure."""

from dataclasses import dataclass

from insights.coding.codebooks import rows, strategy

SAID = {
    "label": "its name",
    "family": "its family",
    "definition": "the definition",
    "include": "what is in",
    "exclude": "what is out",
    "gravity": "how grave it is",
    "online": "whether it is about on-line activity",
}


@dataclass(frozen=True)
class Change:
    """One changed field: a sentence, and the text before and after where that helps."""

    words: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Difference:
    """Differences of one theme. `kind`: added, gone or changed."""

    kind: str
    label: str
    changes: tuple[Change, ...] = ()


def differences(before, after):
    """`before` and `after`: {theme: row}. In the order of `after`; removed themes come last."""
    found = [_one(before.get(theme), row) for theme, row in after.items()]
    gone = [Difference("gone", row["label"]) for theme, row in before.items() if theme not in after]
    return [each for each in found if each] + gone


def _one(before, after):
    if before is None:
        return Difference("added", after["label"])
    changes = tuple(change for name in rows.FIELDS for change in _changes(name, before[name], after[name]))
    return Difference("changed", after["label"], changes) if changes else None


def _changes(name, before, after):
    if before == after:
        return
    if name in rows.LISTS:
        yield from _list_changes(name, before, after)
    elif name == "links":
        yield from _link_changes(before, after)
    else:
        yield Change(f"Changed {SAID[name]}.", _spoken(name, before), _spoken(name, after))


def _spoken(name, value):
    if name == "gravity":
        return rows.GRAVITY.get(value, str(value))
    if name == "online":
        return "Yes" if value else "No"
    return value or "(nothing)"


def _list_changes(name, before, after):
    one = {"examples": "Example phrase", "keywords": "Keyword"}[name]
    new, gone = [item for item in after if item not in before], [item for item in before if item not in after]
    if new:
        yield Change(f"{one}{'s' if len(new) > 1 else ''} added: {_quoted(new)}.")
    if gone:
        yield Change(f"{one}{'s' if len(gone) > 1 else ''} taken out: {_quoted(gone)}.")
    if not new and not gone:
        yield Change(f"The {name} stand in another order.")


def _link_changes(before, after):
    points = strategy.sub_points()
    old, new = ([link["sub_point"] for link in links] for links in (before, after))
    added, gone = [slug for slug in new if slug not in old], [slug for slug in old if slug not in new]
    if added:
        yield Change(f"Answers to more of the strategy: {_quoted(points.get(slug, slug) for slug in added)}.")
    if gone:
        yield Change(f"No longer answers to: {_quoted(points.get(slug, slug) for slug in gone)}.")


def _quoted(items):
    return ", ".join(f"“{item}”" for item in items)
