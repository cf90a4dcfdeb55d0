"""Dry run, acceptance and undoing of translators' files."""

from django.db import transaction
from django.utils import timezone
from wagtail_localize.models import StringTranslation

from consultation.audit.log import record
from consultation.questionnaires.translating import po
from consultation.questionnaires.translating.actions import MACHINE, MANUAL, NotAllowed, keep_words
from consultation.questionnaires.translating.models import TranslatorsFile
from consultation.questionnaires.translating.rows import words_of
from consultation.questionnaires.translating.sources import stored

NOTHING = "The file changes nothing."


def dry_run(*, page, language, content):
    """[PoEntryOutcome] of each entry; writes nothing."""
    words = words_of(page, language)
    return po.read(content, words.all, words.gone)


@transaction.atomic
def take(*, page, language, content, by, machine=False):
    """Store the valid entries as translations. Returns the file, or None if it changes nothing."""
    words = words_of(page, language)
    rows = {row.place: row for row in words.all}
    found = [one for one in po.read(content, words.all, words.gone) if one.kind == po.Kind.CHANGES]
    if not found:
        return None
    keep_words(page, language, [(rows[one.place], one.after) for one in found], by, machine=machine)
    changes = [_change(rows[one.place], one.after) for one in found]
    file = TranslatorsFile.objects.create(
        page_id=page.pk, language=language, changes=changes, machine=machine, by=by, day=timezone.localdate()
    )
    record("translation.file-taken", by=by, obj=page, language=language, strings=len(found), machine=machine)
    return file


def _change(row, after):
    before = {"text": row.text, "machine": row.machine, "by": row.by} if row.text else None
    kept = {"path": row.path, "source": row.source.stored, "rich": row.source.rich}
    return kept | {"before": before, "after": after}


@transaction.atomic
def undo(*, file, by):
    """Restore the previous texts of strings that nobody has changed since; returns their number."""
    file = TranslatorsFile.objects.select_for_update().get(pk=file.pk)
    if file.undone_by_id:
        raise NotAllowed("This file was undone already.")
    undone = sum(_put_back(file, change) for change in file.changes)
    file.undone_by = by
    file.save(update_fields=["undone_by"])
    record("translation.file-undone", by=by, obj=file.page, language=file.language, strings=undone)
    return undone


def _put_back(file, change):
    now = StringTranslation.objects.filter(
        context__object_id=file.page.translation_key,
        context__path=change["path"],
        locale__language_code=file.language,
        translation_of__data=change["source"],
        data=stored(change["after"], change["rich"]),
    ).first()
    if now is None:
        return 0
    before = change["before"]
    if before is None:
        now.delete()
        return 1
    now.data = stored(before["text"], change["rich"])
    now.translation_type = MACHINE if before["machine"] else MANUAL
    now.last_translated_by_id = before["by"]
    now.save()
    return 1
