"""Family, theme, sub-theme. A sub-theme names its theme by its permanent id, in the same codebook version; it stands in
its theme's family and has no sub-themes itself."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from insights.coding.models import CodebookVersion, Theme, ThemeEntry


def find_hierarchy_problems(rows: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """(theme id, problem) for the rows of one version, by theme id."""
    for slug, row in rows.items():
        if not row["parent"]:
            continue
        above = rows.get(row["parent"])
        if above is None:
            yield slug, f"“{row['parent']}”, whose sub-theme it would be, is no theme of this version."
        elif row["parent"] == slug:
            yield slug, "A theme is not its own sub-theme."
        elif above["parent"]:
            yield slug, f"“{above['label']}” is a sub-theme itself, so it has no sub-themes."
        elif above["family"] != row["family"]:
            yield slug, f"A sub-theme stands in the family of its theme: “{above['family']}”."


def map_sub_themes(version: CodebookVersion | None) -> dict[int, int]:
    """{theme id of a sub-theme: that of its theme} in a version."""
    rows = list(version.entries.values_list("theme_id", "theme__slug", "parent")) if version else []
    ids = {slug: theme for theme, slug, _ in rows}
    return {theme: ids[parent] for theme, _, parent in rows if parent in ids}


def list_sub_themes(theme: int) -> list[int]:
    """The theme ids of a theme's sub-themes in the version in force."""
    found = Theme.objects.select_related("codebook").filter(pk=theme).first()
    entries = ThemeEntry.objects.filter(version=found.codebook.current, parent=found.slug) if found else None
    return list(entries.values_list("theme_id", flat=True)) if entries else []


def nest_sub_themes(rows: Iterable[Any], entry_of: Callable[[Any], Any] = lambda row: row) -> list[tuple[Any, bool]]:
    """(row, whether it stands under its theme): each sub-theme after its theme, and else the order of `rows`. One whose
    theme is not among them stands for itself."""
    placed = [(row, entry_of(row).theme, entry_of(row).parent) for row in rows]
    here = {(theme.codebook_id, theme.slug) for _, theme, _ in placed}
    under: dict[Any, list[Any]] = defaultdict(list)
    for row, theme, parent in placed:
        if (theme.codebook_id, parent) in here:
            under[theme.codebook_id, parent].append((row, True))
    themes = [(row, theme) for row, theme, parent in placed if (theme.codebook_id, parent) not in here]
    return [each for row, theme in themes for each in ((row, False), *under[theme.codebook_id, theme.slug])]
