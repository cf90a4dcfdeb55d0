"""The codebook's side of discovery: themes and phrases go into the draft of the codebook, never into a version in force."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import slugify

from consultation.audit.log import record
from insights.coding.models import Codebook, CodebookVersion, Theme, ThemeEntry, VersionStatus


def open_draft(codebook: Codebook, by: Any) -> CodebookVersion:
    """The newest draft, or a new one that says what the version in force says. Approvals were for what it said before."""
    draft = codebook.versions.filter(status=VersionStatus.DRAFT).order_by("-number").first()
    if draft is None:
        return _begin(codebook, by)
    draft.approved_by.clear()
    return draft


def _begin(codebook: Codebook, by: Any) -> CodebookVersion:
    before, last = codebook.current, codebook.versions.order_by("-number").first()
    draft = CodebookVersion.objects.create(codebook=codebook, number=last.number + 1 if last else 1)
    for entry in before.entries.all() if before else ():
        entry.pk, entry.version, entry._state.adding = None, draft, True
        entry.save()
    record("codebook version drafted", by=by, obj=draft, themes=draft.entries.count())
    return draft


def add_theme(codebook: Codebook, row: dict[str, Any], by: Any) -> ThemeEntry:
    """A theme with a permanent id of its own in the draft."""
    draft = open_draft(codebook, by)
    if draft.entries.filter(label__iexact=row["label"]).exists():
        raise ValidationError(f"Another theme of the draft is called “{row['label']}”.")
    theme = Theme.objects.create(codebook=codebook, slug=_free_slug(codebook, row["label"]))
    return ThemeEntry.objects.create(version=draft, theme=theme, **row)


def _free_slug(codebook: Codebook, label: str) -> str:
    base, taken = slugify(label)[:70] or "theme", set(codebook.themes.values_list("slug", flat=True))
    return base if base not in taken else next(f"{base}-{n}" for n in range(2, 10_000) if f"{base}-{n}" not in taken)


def add_phrases(theme: Theme, phrases: list[str], by: Any) -> tuple[ThemeEntry, list[str]]:
    """Example phrases for a theme that the draft has; and those of them that are new to it."""
    entry = open_draft(theme.codebook, by).entries.filter(theme=theme).first()
    if entry is None:
        raise ValidationError("The draft of the codebook does not have this theme any more.")
    new = [phrase for phrase in phrases if phrase not in entry.examples]
    entry.examples = [*entry.examples, *new]
    entry.save(update_fields=["examples"])
    return entry, new


def remove_theme(entry: ThemeEntry, by: Any) -> None:
    """A theme that the draft only just got goes; one that another version or a code knows keeps its id."""
    open_draft(entry.version.codebook, by)
    theme = entry.theme
    entry.delete()
    if not theme.entries.exists() and not theme.codes.exists():
        theme.delete()


def remove_phrases(entry: ThemeEntry, phrases: list[str], by: Any) -> None:
    open_draft(entry.version.codebook, by)
    entry.examples = [phrase for phrase in entry.examples if phrase not in phrases]
    entry.save(update_fields=["examples"])
