"""Changes of a draft: add, reword and order themes, and the recorded acts merge, split, move, retire, with undo."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Q

from consultation.audit.audit_log import record_event
from insights.coding.codebooks import policies, theme_entry_rows
from insights.coding.codebooks.actions import lock_draft_for_change
from insights.coding.codebooks.marked_phrases import propose_marked_phrases
from insights.coding.codebooks.models import MarkedPhrase, ThemeAct, ThemeActKind
from insights.coding.codebooks.theme_history import plain_act_of
from insights.coding.codebooks.theme_succession import later_act_building_on
from insights.coding.models import CodebookVersion, Theme, ThemeEntry
from insights.coding.theme_hierarchy import find_hierarchy_problems

SHARED = ("examples", "keywords", "links")  # fields that a merged theme adds to the theme that stays
MOST_PARTS = 4


CHANGED = (
    "A colleague changed this theme while you had it open. Nothing was kept. This is what you wrote: look at the theme, "
    "then keep yours or leave theirs."
)
GONE = "A colleague took this theme out of the draft meanwhile: it was merged, split or retired. Nothing was changed."


def _lock_draft_entry(entry: ThemeEntry, by: Any) -> tuple[CodebookVersion, ThemeEntry]:
    """(the draft, locked; the theme's current entry in it)."""
    version = lock_draft_for_change(entry.version, by)
    found = version.entries.select_related("theme").filter(pk=entry.pk).first()
    if found is None:
        raise ValidationError(GONE)
    return version, found


@transaction.atomic
def add_theme(*, version: CodebookVersion, row: dict[str, Any], by: Any) -> ThemeEntry:
    """Add a theme with a new permanent id."""
    version = lock_draft_for_change(version, by)
    entry = _create_entry(version, row)
    record_event("theme added to a draft", by=by, obj=version, theme=entry.theme_id)
    return entry


def _create_entry(version: CodebookVersion, row: dict[str, Any]) -> ThemeEntry:
    row = _normalise_valid_row(version, row)
    taken = set(version.codebook.themes.values_list("slug", flat=True))
    theme = Theme.objects.create(codebook=version.codebook, slug=theme_entry_rows.unused_theme_id(row["label"], taken))
    last = version.entries.aggregate(last=Max("place"))["last"]
    return ThemeEntry.objects.create(version=version, theme=theme, place=0 if last is None else last + 1, **row)


def _normalise_valid_row(
    version: CodebookVersion, row: dict[str, Any], entry: ThemeEntry | None = None
) -> dict[str, Any]:
    """The normalised row. ValidationError where it has problems, or where another theme has its label."""
    row, slug = theme_entry_rows.normalise_row(row), entry.theme.slug if entry else None
    others = version.entries.exclude(pk=entry.pk) if entry else version.entries.all()
    if above := others.filter(theme__slug=row["parent"]).first():
        row["family"] = above.family
    rows = {other.theme.slug: theme_entry_rows.row_of_entry(other) for other in others.select_related("theme")}
    below = {other: found | {"family": row["family"]} for other, found in rows.items() if found["parent"] == slug}
    hierarchy = find_hierarchy_problems(rows | below | {slug or "": row})
    if wrong := [*theme_entry_rows.find_row_problems(row), *(words for _, words in hierarchy)]:
        raise ValidationError(wrong)
    if others.filter(label__iexact=row["label"]).exists():
        raise ValidationError(f"Another theme of this draft is called “{row['label']}”.")
    return row


@transaction.atomic
def change_theme(*, entry: ThemeEntry, row: dict[str, Any], by: Any, seen: str | None = None) -> ThemeEntry:
    """Reword a theme: its id and the codes on it stay. `seen`: the mark of the entry as the form showed it, so that a
    colleague's change is not overwritten."""
    version, entry = _lock_draft_entry(entry, by)
    if seen is not None and seen != theme_entry_rows.compute_entry_mark(entry):
        raise ValidationError(CHANGED)
    for name, value in _normalise_valid_row(version, row, entry).items():
        setattr(entry, name, value)
    entry.save()
    version.entries.filter(parent=entry.theme.slug).update(family=entry.family)
    record_event("theme changed in a draft", by=by, obj=version, theme=entry.theme_id)
    return entry


@transaction.atomic
def take_marked_phrase(*, entry: ThemeEntry, phrase: str, to: str, by: Any) -> ThemeEntry:
    """Add a phrase that coders marked to the theme's examples or keywords (`to`), where it is still proposed."""
    version, entry = _lock_draft_entry(entry, by)
    if to not in theme_entry_rows.LISTS or phrase not in {one.phrase for one in propose_marked_phrases(entry)}:
        raise ValidationError("This phrase is not proposed any more.")
    row = theme_entry_rows.row_of_entry(entry)
    entry = change_theme(entry=entry, row=row | {to: [*row[to], phrase]}, by=by)
    MarkedPhrase.objects.get_or_create(codebook=version.codebook, phrase=phrase)
    record_event("marked phrase taken into a draft", by=by, obj=version, theme=entry.theme_id)
    return entry


@transaction.atomic
def shift_theme(*, entry: ThemeEntry, up: bool, by: Any) -> None:
    """Move a theme one place up or down within its family, or a sub-theme under its theme; at the end nothing
    changes."""
    version, entry = _lock_draft_entry(entry, by)
    entries = list(version.entries.all())
    family = [other for other in entries if (other.family, other.parent) == (entry.family, entry.parent)]
    place = family.index(entry) + (-1 if up else 1)
    if 0 <= place < len(family):
        mine, other = entries.index(entry), entries.index(family[place])
        entries[mine], entries[other] = entries[other], entries[mine]
    for number, found in enumerate(entries):
        found.place = number
    ThemeEntry.objects.bulk_update(entries, ["place"])
    record_event("themes put in order in a draft", by=by, obj=version, theme=entry.theme_id)


@transaction.atomic
def merge_theme(*, entry: ThemeEntry, into: ThemeEntry, why: str, by: Any) -> ThemeAct:
    """Merge a theme into another: on approval its codes become codes of the other. The other gets its phrases and the
    higher gravity, so that a merge never makes a serious matter an everyday one."""
    version, entry = _lock_draft_entry(entry, by)
    if into.version_id != version.pk or into.pk == entry.pk:
        raise ValidationError("Choose another theme of this draft.")
    _, into = _lock_draft_entry(into, by)
    gained = {}
    for name in SHARED:
        mine, theirs = getattr(entry, name), getattr(into, name)
        room = max(0, theme_entry_rows.MOST_ITEMS - len(theirs))
        gained[name] = [item for item in mine if item not in theirs][:room]
        setattr(into, name, [*theirs, *gained[name]])
    was, into.gravity = into.gravity, max(into.gravity, entry.gravity)
    into.save()
    return _record_theme_act(
        version, ThemeActKind.MERGE, entry, [into], why, by, gained=gained, gravity=[was, into.gravity]
    )


@transaction.atomic
def split_theme(*, entry: ThemeEntry, parts: Iterable[dict[str, Any]], why: str, by: Any) -> ThemeAct:
    """Replace a theme by two or more. On approval people choose again for each text that a person coded with it."""
    (version, entry), parts = _lock_draft_entry(entry, by), list(parts)
    if not 2 <= len(parts) <= MOST_PARTS:
        raise ValidationError(f"A theme is split into 2 to {MOST_PARTS} new ones.")
    shared = {name: getattr(entry, name) for name in ("family", "parent", "links", "gravity", "online", "place_types")}
    made = [_create_entry(version, {**shared, **part}) for part in parts]
    return _record_theme_act(version, ThemeActKind.SPLIT, entry, made, why, by)


@transaction.atomic
def move_theme(*, entry: ThemeEntry, family: str, why: str, by: Any) -> ThemeAct:
    """Move a theme to another family. Its id, texts and codes stay."""
    version, entry = _lock_draft_entry(entry, by)
    if entry.parent:
        raise ValidationError("A sub-theme stands in the family of its theme. Move that one, or edit this one.")
    before = entry.family
    row = _normalise_valid_row(version, theme_entry_rows.row_of_entry(entry) | {"family": family}, entry)
    if row["family"] == before:
        raise ValidationError("It stands in this family already.")
    _move_with_sub_themes(version, entry.theme, row["family"])
    act = version.acts.create(
        kind=ThemeActKind.MOVE, theme_id=entry.theme_id, why=why, by=by, before={"family": before}
    )
    record_event("theme moved in a draft", by=by, obj=version, theme=entry.theme_id)
    return act


@transaction.atomic
def retire_theme(*, entry: ThemeEntry, why: str, by: Any) -> ThemeAct | None:
    """Retire a theme. A theme that this draft added is deleted without an act."""
    version, entry = _lock_draft_entry(entry, by)
    known = version.based_on is not None and version.based_on.entries.filter(theme_id=entry.theme_id).exists()
    if known or any(entry.theme_id in (deed.theme, *deed.into) for deed in map(plain_act_of, version.acts.all())):
        return _record_theme_act(version, ThemeActKind.RETIRE, entry, [], why, by)
    theme = entry.theme
    _hand_on_sub_themes(version, theme, None)
    entry.delete()
    _delete_unused_themes([theme])
    record_event("theme taken out of a draft", by=by, obj=version, theme=theme.slug)
    return None


def _record_theme_act(
    version: CodebookVersion, kind: str, entry: ThemeEntry, into: list[ThemeEntry], why: str, by: Any, **more: Any
) -> ThemeAct:
    """Record the act, and remove the theme from the draft. Its sub-themes go to the theme that it is merged into."""
    more["sub_themes"] = _hand_on_sub_themes(version, entry.theme, into[0] if kind == ThemeActKind.MERGE else None)
    before = {"entry": theme_entry_rows.row_of_entry(entry) | {"place": entry.place}, **more}
    act: ThemeAct = version.acts.create(kind=kind, theme_id=entry.theme_id, why=why, by=by, before=before)
    act.into.set(part.theme_id for part in into)
    entry.delete()
    record_event(
        f"theme {kind} in a draft", by=by, obj=version, theme=act.theme_id, into=[part.theme_id for part in into]
    )
    return act


def _hand_on_sub_themes(version: CodebookVersion, theme: Theme, heir: ThemeEntry | None) -> list[int]:
    """Put the sub-themes of a theme that goes under `heir`, or make them themes. Returns their theme ids."""
    below = version.entries.filter(parent=theme.slug)
    moved = list(below.values_list("theme_id", flat=True))
    below.update(**({"parent": heir.theme.slug, "family": heir.family} if heir else {"parent": ""}))
    if heir is not None:
        version.entries.filter(pk=heir.pk, parent=heir.theme.slug).update(parent="")  # it was one of them
    _clear_wrong_parents(version)
    return moved


def _clear_wrong_parents(version: CodebookVersion) -> None:
    """Make a theme of each sub-theme that may not stand where it does, so that there is one level of them."""
    entries = version.entries.select_related("theme")
    rows = {entry.theme.slug: theme_entry_rows.row_of_entry(entry) for entry in entries}
    version.entries.filter(theme__slug__in=[slug for slug, _ in find_hierarchy_problems(rows)]).update(parent="")


def _move_with_sub_themes(version: CodebookVersion, theme: Theme, family: str) -> None:
    version.entries.filter(Q(theme=theme) | Q(parent=theme.slug)).update(family=family)


@transaction.atomic
def undo_theme_act(*, act: ThemeAct, by: Any) -> None:
    """Undo an act in its draft. Later acts that build on it must be undone first."""
    version = lock_draft_for_change(act.version, by)
    later = [plain_act_of(other) for other in version.acts.filter(pk__gt=act.pk)]
    if against := policies.why_not_undo(later_act_building_on(plain_act_of(act), later) is not None):
        raise ValidationError(against)
    if act.kind == ThemeActKind.MOVE:
        _move_with_sub_themes(version, act.theme, act.before["family"])
    else:
        _restore_theme(version, act)
    record_event("act on a theme undone in a draft", by=by, obj=version, theme=act.theme_id, kind=act.kind)
    parts = list(act.into.all()) if act.kind == ThemeActKind.SPLIT else []
    act.delete()
    _delete_unused_themes(parts)


def _restore_theme(version: CodebookVersion, act: ThemeAct) -> None:
    into = version.entries.filter(theme__in=act.into.all())
    if act.kind == ThemeActKind.SPLIT:
        into.delete()
    for entry in into if act.kind == ThemeActKind.MERGE else ():
        for name, found in act.before["gained"].items():
            setattr(entry, name, [item for item in getattr(entry, name) if item not in found])
        was, became = act.before["gravity"]
        entry.gravity = was if entry.gravity == became else entry.gravity
        entry.save()
    row = act.before["entry"]
    if version.entries.filter(label__iexact=row["label"]).exists():
        raise ValidationError(f"Another theme is called “{row['label']}” now. Give that one another label first.")
    ThemeEntry.objects.create(version=version, theme_id=act.theme_id, **row)
    below = version.entries.filter(theme__in=act.before.get("sub_themes", ()))
    below.update(parent=act.theme.slug, family=row["family"])
    _clear_wrong_parents(version)


def _delete_unused_themes(themes: list[Theme]) -> None:
    """Delete themes that no version uses, which frees their ids."""
    for theme in themes:
        if not theme.entries.exists() and not theme.acts.exists():
            theme.delete()
