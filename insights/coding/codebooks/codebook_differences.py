"""Differences between two codebook versions, in sentences. Pure."""

from dataclasses import dataclass

from consultation.domain import strategy_points
from consultation.domain.place_types import name_place_types
from insights.coding.codebooks import theme_entry_rows

FIELD_PHRASES = {
    "label": "its name",
    "family": "its family",
    "parent": "the theme that it is a sub-theme of",
    "definition": "the definition",
    "include": "what is in",
    "exclude": "what is out",
    "gravity": "how grave it is",
    "online": "whether it is about on-line activity",
    "place_types": "the types of place that it is about",
}


@dataclass(frozen=True)
class ThemeFieldChange:
    """One changed field: a sentence, and the text before and after where that helps."""

    words: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class ThemeDifference:
    """Differences of one theme. `kind`: added, gone or changed."""

    kind: str
    label: str
    changes: tuple[ThemeFieldChange, ...] = ()


def find_theme_differences(before, after):
    """`before` and `after`: {theme: row}. In the order of `after`; removed themes come last."""
    found = [_compare_theme(before.get(theme), row) for theme, row in after.items()]
    gone = [ThemeDifference("gone", row["label"]) for theme, row in before.items() if theme not in after]
    return [each for each in found if each] + gone


def _compare_theme(before, after):
    if before is None:
        return ThemeDifference("added", after["label"])
    changes = tuple(
        change for name in theme_entry_rows.FIELDS for change in _list_field_changes(name, before[name], after[name])
    )
    return ThemeDifference("changed", after["label"], changes) if changes else None


def _list_field_changes(name, before, after):
    if before == after:
        return
    if name in theme_entry_rows.LISTS:
        yield from _describe_list_changes(name, before, after)
    elif name == "links":
        yield from _describe_link_changes(before, after)
    else:
        yield ThemeFieldChange(
            f"Changed {FIELD_PHRASES[name]}.", _format_value(name, before), _format_value(name, after)
        )


def _format_value(name, value):
    if name == "gravity":
        return str(theme_entry_rows.GRAVITY.get(value, value))
    if name == "online":
        return "Yes" if value else "No"
    if name == "place_types":
        return ", ".join(name_place_types(value)) or "(none)"
    return value or "(nothing)"


def _describe_list_changes(name, before, after):
    one = {"examples": "Example phrase", "keywords": "Keyword"}[name]
    new, gone = [item for item in after if item not in before], [item for item in before if item not in after]
    if new:
        yield ThemeFieldChange(f"{one}{'s' if len(new) > 1 else ''} added: {_quote_items(new)}.")
    if gone:
        yield ThemeFieldChange(f"{one}{'s' if len(gone) > 1 else ''} taken out: {_quote_items(gone)}.")
    if not new and not gone:
        yield ThemeFieldChange(f"The {name} stand in another order.")


def _describe_link_changes(before, after):
    points = strategy_points.text_by_sub_point()
    old, new = ([link["sub_point"] for link in links] for links in (before, after))
    added, gone = [slug for slug in new if slug not in old], [slug for slug in old if slug not in new]
    if added:
        yield ThemeFieldChange(
            f"Answers to more of the strategy: {_quote_items(points.get(slug, slug) for slug in added)}."
        )
    if gone:
        yield ThemeFieldChange(f"No longer answers to: {_quote_items(points.get(slug, slug) for slug in gone)}.")


def _quote_items(items):
    return ", ".join(f"“{item}”" for item in items)
