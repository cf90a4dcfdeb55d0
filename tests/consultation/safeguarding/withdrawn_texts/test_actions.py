from datetime import timedelta

import pytest
from django.utils import timezone

from consultation.access import NotAllowed
from consultation.audit.models import AuditEntry
from consultation.safeguarding import actions
from consultation.safeguarding.models import WithdrawnText
from consultation.safeguarding.withdrawn_texts import actions as withdrawn
from tests import factories
from tests.consultation.safeguarding.conftest import WORDS, close, decide


@pytest.fixture
def kept(answer):
    return actions.keep_withdrawn_text(answer=answer, question_text="What is good?")


def test_withdrawn_words_are_read_by_one_lead_and_erased(answer, kept, lead, other_lead):
    answer.response.delete()
    with pytest.raises(NotAllowed):
        withdrawn.erase_withdrawn_text(withdrawn=kept, by=lead)
    assert withdrawn.read_withdrawn_text(withdrawn=kept, by=lead) == WORDS
    with pytest.raises(NotAllowed):
        withdrawn.read_withdrawn_text(withdrawn=kept, by=other_lead)
    withdrawn.erase_withdrawn_text(withdrawn=kept, by=lead)
    assert not WithdrawnText.objects.exists()
    assert set(AuditEntry.objects.values_list("verb", flat=True)) == {
        "withdrawn words viewed",
        "withdrawn words erased",
    }


def test_the_duty_to_tell_keeps_withdrawn_words_until_the_case_is_closed(kept, lead, other_lead):
    withdrawn.read_withdrawn_text(withdrawn=kept, by=lead)
    case = withdrawn.open_case_from_withdrawn(withdrawn=kept, by=lead, priority="T1", why="A child can be found.")
    with pytest.raises(NotAllowed):
        withdrawn.erase_withdrawn_text(withdrawn=kept, by=lead)
    with pytest.raises(NotAllowed, match="case already"):
        withdrawn.open_case_from_withdrawn(withdrawn=kept, by=lead, priority="T1", why="Again.")
    assert withdrawn.erase_read_withdrawn_texts(timezone.now() + timedelta(days=30)) == 0
    assert actions.view_case_texts(case=case, by=other_lead, reason="To decide.") == WORDS
    actions.claim_case(case=case, by=lead)
    decide(case, lead, "referred")
    close(case, lead, "front door/MASH")
    assert not WithdrawnText.objects.exists()


def test_words_that_were_read_do_not_outlive_their_time(kept, lead):
    later = kept.due + timedelta(seconds=1)
    assert withdrawn.erase_read_withdrawn_texts(later + timedelta(days=30)) == 0, "unread words wait"
    withdrawn.read_withdrawn_text(withdrawn=kept, by=lead)
    assert withdrawn.erase_read_withdrawn_texts(kept.keep_until) == 0
    assert withdrawn.erase_read_withdrawn_texts(max(later, kept.keep_until + timedelta(seconds=1))) == 1


def test_words_that_were_read_late_wait_for_whoever_read_them_to_decide(kept, lead):
    late = kept.due + timedelta(days=4)
    withdrawn.read_withdrawn_text(withdrawn=kept, by=lead, now=late)
    assert withdrawn.erase_read_withdrawn_texts(late + timedelta(hours=1)) == 0
    assert withdrawn.open_case_from_withdrawn(withdrawn=kept, by=lead, priority="T2", why="Someone must hear.").pk


def test_a_concern_about_staff_in_withdrawn_words_is_hidden_from_that_agency(kept, person):
    lead, own = person("safeguarding_lead"), person("safeguarding_lead")
    lead.agency, own.agency = factories.agency("Council"), factories.agency("Youth Trust")
    withdrawn.read_withdrawn_text(withdrawn=kept, by=lead)
    case = withdrawn.open_case_from_withdrawn(
        withdrawn=kept, by=lead, priority="T2", why="A worker.", agency=factories.agency("The youth trust")
    )
    assert type(case).objects.seen_by(lead).count() == 1
    own.agency = factories.agency("THE YOUTH TRUST")
    assert not type(case).objects.seen_by(own).exists() and not WithdrawnText.objects.seen_by(own).exists()
