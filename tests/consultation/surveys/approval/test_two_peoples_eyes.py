"""Over random histories of two or three officers and a lead: each word that goes live has had two people’s eyes."""

from contextlib import suppress
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import TaskState

from consultation.access import NotAllowed
from consultation.surveys import approval_rules
from tests.consultation.surveys.approval.test_approval_workflow import (  # noqa: F401
    fresh,
    look_and_approve,
    people,
    somebody_reads,
    submitted,
)

pytestmark = pytest.mark.any_database
OFFICERS = ("author", "officer", "both")


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_after_any_history_no_words_went_live_with_one_persons_eyes(submitted, people, seed):  # noqa: F811
    """What went live is looked at anew from the records, and with two officers somebody could always approve it."""
    random, page = Random(seed), fresh(submitted)
    for _ in range(14):
        who = people[random.choice(OFFICERS[:2] if seed % 2 else OFFICERS)]
        if random.random() < 0.4:
            page.summary = f"{page.summary} {random.choice(('', 'Please.'))}"
            page.save_revision(user=who)
        else:
            with suppress(NotAllowed):
                page = look_and_approve(page, random.choice([who, people["lead"], people["both"]]))
        page = fresh(page)
        if page.live:
            break
        waiting = page.current_workflow_task_state.task.specific
        assert any(waiting.is_made_by(user) and approval_rules.may_approve(page, user) for user in people.values())
        page = page.get_latest_revision_as_object()
    for _ in range(4):
        for user in people.values():
            if not fresh(page).live:
                with suppress(NotAllowed):
                    look_and_approve(page, user)
    page = fresh(page)
    revisions = list(page.revisions.filter(pk__lte=page.live_revision_id).order_by("pk"))
    summaries = ["", *(revision.content["summary"].split() for revision in revisions)]
    writers = [
        one.user_id for one, before, after in zip(revisions, summaries, summaries[1:], strict=False) if before != after
    ]
    approvals = TaskState.objects.filter(revision=page.live_revision, status=TaskState.STATUS_APPROVED)
    by_step = dict(approvals.values_list("task__name", "finished_by_id"))
    assert page.live and len(set(by_step.values())) == 2
    assert by_step["Safety check"] not in writers and by_step["Approval"] != writers[-1]
    for place, writer in enumerate(writers):
        assert {*writers[place:], by_step["Approval"]} - {writer}, "another officer had these words in hand"


@given(st.lists(st.tuples(st.sampled_from([1, 2, 3]), st.booleans()), max_size=9), st.sampled_from([1, 2]))
def test_of_two_officers_one_may_make_the_last_step_and_never_who_wrote_last(changes, sender):
    authors = [user for user, is_change in changes if is_change]
    barred = approval_rules.bar_own_work(changes, sender, is_last_of_two=True)
    assert len(barred) == 1 and barred == ({authors[-1]} if authors else {sender})
    assert approval_rules.bar_own_work(changes, sender, is_last_of_two=False) == {*authors, sender}
