"""What a reader does with a file, one step after another, and what is there afterwards."""

from consultation.answering.imports import actions, working
from consultation.answering.imports.models import ImportState
from consultation.responses.models import Answer
from consultation.responses.vault import open_sealed


def tried(source, reader, leave_same=False):
    actions.ask_try(source=source, leave_same=leave_same, by=reader)
    working.work()
    source.refresh_from_db()
    return source


def taken(source, reader, **options):
    tried(source, reader, **options)
    actions.ask_take(source=source, by=reader)
    working.work()
    source.refresh_from_db()
    assert source.state == ImportState.DONE
    return source


def undone(source, reader):
    actions.ask_undo(source=source, by=reader)
    working.work()
    source.refresh_from_db()
    return source


def words():
    return sorted(open_sealed(answer.sealed) for answer in Answer.objects.all())


def by_words():
    """{what someone wrote at the end: (closed, day, language)}"""
    return {
        open_sealed(answer.sealed): (answer.response.closed, str(answer.response.day), answer.response.language)
        for answer in Answer.objects.filter(question="q-e").select_related("response")
    }
