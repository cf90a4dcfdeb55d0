"""A reader's steps of an import, and assertions on the result."""

from consultation.channels.imports import actions, import_worker
from consultation.channels.imports.models import ImportState
from consultation.responses.models import Answer
from consultation.responses.vault import open_sealed_text


def told_order(source, order):
    """The file, of whose days a person said which number stands first."""
    return actions.keep_column_map(source=source, parts=source.parts | {"day_order": order})


def tried(source, reader, leave_same=False):
    actions.request_dry_run(source=source, leave_same=leave_same, by=reader)
    import_worker.run_import_steps()
    source.refresh_from_db()
    return source


def taken(source, reader, **options):
    tried(source, reader, **options)
    actions.request_acceptance(source=source, by=reader)
    import_worker.run_import_steps()
    source.refresh_from_db()
    assert source.state == ImportState.DONE
    return source


def undone(source, reader):
    actions.request_undo_import(source=source, by=reader)
    import_worker.run_import_steps()
    source.refresh_from_db()
    return source


def words():
    return sorted(open_sealed_text(answer.sealed) for answer in Answer.objects.all())


def by_words():
    """{what someone wrote at the end: (closed, day, language)}"""
    return {
        open_sealed_text(answer.sealed): (answer.response.closed, str(answer.response.day), answer.response.language)
        for answer in Answer.objects.filter(question="q-e").select_related("response")
    }
