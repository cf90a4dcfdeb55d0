"""Themes and phrases from discovery go into the draft of a codebook, never into a version in force."""

from typing import Any

from django.core.exceptions import ValidationError

from insights.coding.codebooks import theme_entry_rows
from insights.coding.codebooks.actions import begin_draft, open_draft_of
from insights.coding.codebooks.editing import actions as editing
from insights.coding.models import Codebook, CodebookVersion, Theme, ThemeEntry


def _open_or_begin_draft(codebook: Codebook, by: Any) -> CodebookVersion:
    return open_draft_of(codebook) or begin_draft(codebook=codebook, by=by)


def add_draft_theme(codebook: Codebook, row: dict[str, Any], by: Any) -> ThemeEntry:
    """Add a theme with a permanent id to the draft."""
    return editing.add_theme(version=_open_or_begin_draft(codebook, by), row=row, by=by)


def add_draft_phrases(theme: Theme, phrases: list[str], by: Any) -> tuple[ThemeEntry, list[str]]:
    """Add example phrases to a theme of the draft. Returns (entry, phrases that were new)."""
    entry = _open_or_begin_draft(theme.codebook, by).entries.filter(theme=theme).first()
    if entry is None:
        raise ValidationError("The draft of the codebook does not have this theme any more.")
    new = [phrase for phrase in theme_entry_rows.clean_items(phrases) if phrase not in entry.examples]
    return _replace_examples(entry, [*entry.examples, *new], by), new


def remove_draft_theme(entry: ThemeEntry, by: Any) -> None:
    """Remove a theme from the draft. A theme that this draft added is deleted; another is retired."""
    editing.retire_theme(entry=entry, why="", by=by)


def remove_draft_phrases(entry: ThemeEntry, phrases: list[str], by: Any) -> None:
    _replace_examples(entry, [phrase for phrase in entry.examples if phrase not in phrases], by)


def _replace_examples(entry: ThemeEntry, examples: list[str], by: Any) -> ThemeEntry:
    return editing.change_theme(entry=entry, row=theme_entry_rows.row_of_entry(entry) | {"examples": examples}, by=by)
