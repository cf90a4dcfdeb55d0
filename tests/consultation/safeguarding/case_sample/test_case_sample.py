"""The weekly sample of dismissed cases: drawn by chance, looked at by a lead who did not decide."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from cms.operations.scheduler import sweep_schedule
from consultation.access import NotAllowed
from consultation.audit.models import AuditEntry
from consultation.safeguarding import actions
from consultation.safeguarding.case_sample import actions as sampling
from consultation.safeguarding.case_sample.models import SampledCase
from consultation.safeguarding.clocks import LONDON
from consultation.safeguarding.models import TriageCase
from consultation.safeguarding.policies import READ_FIRST
from consultation.safeguarding.strategy_provisions import find_sampled_cases
from tests import factories
from tests.consultation.safeguarding.conftest import WORDS, close, decide, opened, read

CLOSED = datetime(2026, 11, 18, 10, 0, tzinfo=LONDON)  # a Wednesday
TODAY = date(2026, 11, 24)


@pytest.fixture
def dismissed(new_answer, reader, lead):
    """dismissed(): a T2 case that one lead closed last week without a referral."""

    def make(priority="T2", outcome="false positive", way="no-concern", by=None, now=CLOSED):
        case = actions.claim_case(case=opened(new_answer(), reader, priority), by=by or lead)
        decide(case, by or lead, way)
        return close(case, by or lead, outcome, now=now)

    return make


def find_proofs():
    """Of the point of the strategy on quality assurance."""
    return [proof.label for proof in find_sampled_cases()]


@pytest.mark.parametrize(("closed", "drawn"), [(0, 0), (1, 1), (10, 1), (11, 2)])
def test_one_in_ten_dismissed_cases_a_week_and_at_least_one_is_drawn_once(dismissed, closed, drawn):
    for _ in range(closed):
        dismissed()
    assert sampling.draw_dismissed_cases(TODAY) == drawn == SampledCase.objects.count()
    assert sampling.draw_dismissed_cases(TODAY + timedelta(days=3)) == 0
    assert AuditEntry.objects.filter(verb="closed cases drawn").count() == (drawn > 0)


@pytest.mark.parametrize(
    "other",
    [
        {"priority": "T3"},
        {"outcome": "CEOP", "way": "referred"},
        {"now": CLOSED - timedelta(days=7)},
        {"now": CLOSED + timedelta(days=7)},
    ],
)
def test_other_cases_are_not_drawn(dismissed, other):
    dismissed(**other)
    assert sampling.draw_dismissed_cases(TODAY) == 0


def test_what_two_leads_dismissed_is_not_drawn(dismissed, new_answer, reader, lead, other_lead):
    case = actions.claim_case(case=opened(new_answer(), reader, "T2"), by=lead)
    decide(case, lead, "second-view")
    decide(case, other_lead, "no-concern")
    close(case, other_lead, "false positive", now=CLOSED)
    assert sampling.draw_dismissed_cases(TODAY) == 0


def test_whoever_decided_does_not_look_and_another_reads_the_words_first(dismissed, lead, other_lead):
    case = dismissed()
    sampling.draw_dismissed_cases(TODAY)
    assert not find_proofs(), "it is drawn, and nobody has looked"
    look = {"case": case, "result": "fine", "note": "A song."}
    with pytest.raises(NotAllowed, match="does not wait for you"):
        sampling.record_sample_result(by=lead, **look)
    with pytest.raises(NotAllowed, match=READ_FIRST):
        sampling.record_sample_result(by=other_lead, **look)
    read(case, other_lead)
    for wrong in ({"note": " "}, {"result": "nonsense"}):
        with pytest.raises(NotAllowed):
            sampling.record_sample_result(by=other_lead, **look | wrong)
    one = sampling.record_sample_result(by=other_lead, **look)
    assert (one.result, one.looked_by, one.note) == ("fine", other_lead, "A song.")
    assert "A song." not in str([*SampledCase.objects.values(), *AuditEntry.objects.values()])
    with pytest.raises(NotAllowed):
        sampling.record_sample_result(by=other_lead, **look)
    case.refresh_from_db()
    assert case.state == "closed"
    assert find_proofs() == ["Closed in the week of 16 November 2026"]
    case.hide_from(factories.agency("Council"))
    case.save()
    assert not find_proofs(), "a concern about staff stands on no list (D7)"


def test_what_should_not_have_been_closed_is_opened_again_with_a_new_clock(dismissed, other_lead):
    case = dismissed()
    sampling.draw_dismissed_cases(TODAY)
    read(case, other_lead)
    sampling.record_sample_result(case=case, by=other_lead, result="reopened", note="She is in danger.")
    case.refresh_from_db()
    assert case.state == "reopened" and case.answer.state == "triage"
    week = {"week": date(2026, 11, 16), "drawn": 1, "looked_at": 1, "reopened": 1}
    assert sampling.count_samples_by_week(5) == [week]


def test_a_sampled_case_hidden_from_a_lead_does_not_wait_for_them(dismissed, other_lead):
    case = dismissed()
    sampling.draw_dismissed_cases(TODAY)
    TriageCase.objects.update(agency=factories.agency("Youth Trust"))
    assert not sampling.list_waiting_samples(other_lead).exists()
    other_lead.agency = factories.agency("Council")
    assert sampling.find_waiting_sample(case, other_lead)


def test_a_case_opened_again_meanwhile_waits_no_more(dismissed, lead, other_lead):
    case = dismissed()
    sampling.draw_dismissed_cases(TODAY)
    actions.reopen_case(case=case, by=lead, why="A teacher rang.")
    assert not sampling.list_waiting_samples(other_lead).exists()


def test_a_sample_goes_with_its_case(dismissed):
    case = dismissed()
    sampling.draw_dismissed_cases(TODAY)
    case.delete()
    assert not SampledCase.objects.exists()


def test_the_database_refuses_a_result_without_a_note_or_a_person(dismissed, lead):
    dismissed()
    sampling.draw_dismissed_cases(TODAY)
    for broken in ({"result": "fine"}, {"result": "fine", "looked_by": lead}, {"looked_by": lead}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SampledCase.objects.update(**broken)


def test_a_lead_looks_again_by_the_page(dismissed, client_as):
    case, desk = dismissed(), client_as("safeguarding_lead")
    list_page, page = reverse("safeguarding:sample"), reverse("safeguarding:case", args=[case.pk])
    assert "Nothing waits for you." in desk.get(list_page).content.decode()
    sampling.draw_dismissed_cases(TODAY)
    shown = desk.get(list_page).content.decode()
    assert case.name in shown and "(1)" in shown and "16 November 2026" in shown
    assert "Read the words first." in desk.get(page).content.decode()
    refused = desk.post(page, {"do": "look:fine", "reason": "A song."})
    assert refused.status_code == 422 and "A song.</textarea>" in refused.content.decode()
    assert WORDS in desk.post(page, {"do": "view", "reason": "To look again."}).content.decode()
    assert desk.post(page, {"do": "look:fine", "reason": "A song."}).status_code == 302
    assert "Looked at again, from the sample" in desk.get(page).content.decode()
    assert "Nothing waits for you." in desk.get(list_page).content.decode()


def test_what_waits_for_a_colleague_is_said(dismissed, client_as, other_lead):
    desk = client_as("safeguarding_lead")
    dismissed(by=desk.user)
    sampling.draw_dismissed_cases(TODAY)
    assert "Some wait for another lead" in desk.get(reverse("safeguarding:sample")).content.decode()


def test_the_draw_is_a_sweep(db):
    path = "consultation.safeguarding.case_sample.actions.draw_dismissed_cases"
    sweep = next(sweep for sweep in sweep_schedule.SWEEPS if sweep.path == path)
    assert sweep.run() == 0
