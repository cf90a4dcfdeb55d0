"""Dry run, acceptance and undoing of translators' files."""

from django.db import transaction
from django.utils import timezone
from wagtail_localize.models import StringTranslation

from consultation.access import NotAllowed
from consultation.audit.audit_log import record_event
from consultation.surveys.translations import page_po_files
from consultation.surveys.translations.actions import MACHINE, MANUAL, store_words
from consultation.surveys.translations.models import TranslatorsFile
from consultation.surveys.translations.source_strings import to_stored_form
from consultation.surveys.translations.translation_rows import load_page_translation

NOTHING = "The file changes nothing."


def dry_run_file(*, page, language, content):
    """[PoEntryOutcome] of each entry; writes nothing."""
    words = load_page_translation(page, language)
    return page_po_files.parse_page_po_file(content, words.all, words.gone)


@transaction.atomic
def accept_file(*, page, language, content, by, machine=False):
    """Store the valid entries as translations. Returns the file, or None if it changes nothing."""
    words = load_page_translation(page, language)
    rows = {row.place: row for row in words.all}
    found = [
        one
        for one in page_po_files.parse_page_po_file(content, words.all, words.gone)
        if one.kind == page_po_files.PoEntryKind.CHANGES
    ]
    if not found:
        return None
    store_words(page, language, [(rows[one.place], one.after) for one in found], by, machine=machine)
    changes = []
    for one in found:
        row = rows[one.place]
        before = {"text": row.text, "machine": row.machine, "by": row.by} if row.text else None
        kept = {"path": row.path, "source": row.source.stored, "rich": row.source.rich}
        changes.append(kept | {"before": before, "after": one.after})
    file = TranslatorsFile.objects.create(
        page_id=page.pk, language=language, changes=changes, machine=machine, by=by, day=timezone.localdate()
    )
    record_event("translation.file-taken", by=by, obj=page, language=language, strings=len(found), machine=machine)
    return file


@transaction.atomic
def undo_file_import(*, file, by):
    """Restore the previous texts of strings that nobody has changed since; returns their number."""
    file = TranslatorsFile.objects.select_for_update().get(pk=file.pk)
    if file.undone_by_id:
        raise NotAllowed("This file was undone already.")
    undone = sum(_restore_string(file, change) for change in file.changes)
    file.undone_by = by
    file.save(update_fields=["undone_by"])
    record_event("translation.file-undone", by=by, obj=file.page, language=file.language, strings=undone)
    return undone


def _restore_string(file, change):
    now = StringTranslation.objects.filter(
        context__object_id=file.page.translation_key,
        context__path=change["path"],
        locale__language_code=file.language,
        translation_of__data=change["source"],
        data=to_stored_form(change["after"], change["rich"]),
    ).first()
    if now is None:
        return 0
    before = change["before"]
    if before is None:
        now.delete()
        return 1
    now.data = to_stored_form(before["text"], change["rich"])
    now.translation_type = MACHINE if before["machine"] else MANUAL
    now.last_translated_by_id = before["by"]
    now.save()
    return 1
