"""Progress of a published decision: dated, public, permanent."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from insights.decisions.actions import publish_decision
from insights.decisions.ledger.ledger_verification import list_ledger_problems
from insights.decisions.models import LedgerEntry
from insights.decisions.progress.actions import note_progress


def test_progress_is_dated_stays_and_stands_in_the_ledger(public, colleague):
    for day, words in ((1, "The work is ordered."), (9, "Two lights are up.")):
        note_progress(
            decision=public, by=colleague, progress="started", words=words,
            next_update=date(2027, 2, 1), today=date(2026, 12, day),
        )  # fmt: skip
    assert [str(note.day) for note in public.progress_notes.all()] == ["2026-12-09", "2026-12-01"]
    assert (public.progress, public.next_update) == ("started", date(2027, 2, 1))
    assert LedgerEntry.objects.filter(verb="progress noted").count() == 2
    assert list_ledger_problems() == []


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"words": " "}, "words"),
        ({"next_update": None}, "next_update"),
        ({"next_update": date(2026, 12, 1)}, "next_update"),
    ],
)
def test_progress_without_words_or_a_next_day_is_refused(public, colleague, given, field):
    good = {"progress": "started", "words": "It began.", "next_update": date(2027, 2, 1)}
    with pytest.raises(ValidationError) as error:
        note_progress(decision=public, by=colleague, today=date(2026, 12, 1), **good | given)
    assert set(error.value.message_dict) == {field}


def test_what_is_done_needs_no_next_day_and_a_draft_has_no_progress(decision, colleague):
    with pytest.raises(ValidationError, match="Publish the decision first"):
        note_progress(decision=decision, by=colleague, progress="done", words="Done.")
    publish_decision(decision=decision, by=colleague)
    assert note_progress(decision=decision, by=colleague, progress="done", words="Done.").progress == "done"
