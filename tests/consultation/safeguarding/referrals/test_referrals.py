"""Referrals: several a case, each with a reference or a person and a day to ask; late until decided."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from consultation.access import NotAllowed
from consultation.agencies.models import KnownAgency
from consultation.audit.models import AuditEntry
from consultation.safeguarding import actions, lead_board
from consultation.safeguarding.clocks import LONDON
from consultation.safeguarding.forms import list_receivers
from consultation.safeguarding.models import TriageCase
from consultation.safeguarding.referrals import actions as referring
from consultation.safeguarding.referrals.models import CaseReferral
from tests import factories
from tests.consultation.safeguarding.conftest import opened, read, refer

TEN = datetime(2026, 11, 24, 10, 0, tzinfo=LONDON)
BOARD = "/staff/safeguarding/"


@pytest.fixture
def case(answer, reader, lead):
    case = actions.claim_case(case=opened(answer, reader, now=TEN), by=lead, now=TEN)
    read(case, lead)
    return case


def decided(referral, by, decision="They took it.", **more):
    return referring.record_referral_decision(referral=referral, by=by, decision=decision, **more)


def test_a_case_is_referred_to_several_agencies_and_closed_when_all_have_decided(case, lead):
    front_door = refer(case, lead, "front door/MASH", reference="FD-1", reason="She said where.")
    police = refer(case, lead, "police 999", reference="", by_phone_to="PC Hall")
    assert case.state == "referred" and case.referrals.count() == 2
    said = {"outcome": "front door/MASH", "reason": "Told.", "reporting_duty": "yes", "reference": "FD-1"}
    for waiting in ("front door/MASH, police 999", "police 999"):
        with pytest.raises(NotAllowed, match=waiting):
            actions.close_case(case=case, by=lead, **said)
        decided(front_door if "MASH" in waiting else police, lead)
    assert actions.close_case(case=case, by=lead, **said).state == "closed"


def test_a_case_cannot_be_closed_with_an_agency_that_was_not_told(case, lead):
    decided(refer(case, lead, "CEOP"), lead)
    with pytest.raises(NotAllowed, match="not referred there yet"):
        actions.close_case(case=case, by=lead, outcome="police 999", reason="x", reporting_duty="yes", reference="R")


def test_a_referral_without_a_decision_is_late_from_the_day_after(case, lead):
    def is_over(now):
        (item,) = lead_board.list_open_items(lead, now)
        return item.over

    referral = refer(case, lead, "CEOP", chase_on=TEN.date() + timedelta(days=1), now=TEN)
    assert [is_over(TEN + timedelta(days=days)) for days in (0, 1, 2)] == [False, False, True]
    late = TEN + timedelta(days=2)
    assert lead_board.pick_next_item(lead_board.list_open_items(lead, late), lead).obj == case
    referring.chase_referral(referral=referral, by=lead, said="Nobody answered.", chase_on=late.date(), now=late)
    assert [is_over(late + timedelta(days=days)) for days in (0, 1)] == [False, True]
    decided(referral, lead)
    assert not is_over(late + timedelta(days=9))


def test_the_board_shows_what_is_late_by_name_of_the_agency(case, lead, client_as):
    refer(case, lead, "CEOP")
    desk = client_as("safeguarding_lead")
    assert "Referred:" in desk.get(BOARD).content.decode()
    CaseReferral.objects.update(chase_on=timezone.localdate() - timedelta(days=1))
    page = desk.get(BOARD).content.decode()
    assert "One item is over its time." in page and "Late: nothing is decided." in page
    page = desk.get(reverse("safeguarding:case", args=[case.pk])).content.decode()
    assert "Late: nothing is decided." in page and "They have decided" in page


def test_asking_again_needs_words_and_a_day(case, lead):
    referral = refer(case, lead, "CEOP")
    for said, day in ((" ", timezone.localdate()), ("x", None), ("x", timezone.localdate() - timedelta(days=1))):
        with pytest.raises(NotAllowed):
            referring.chase_referral(referral=referral, by=lead, said=said, chase_on=day)
    with pytest.raises(NotAllowed, match="what they decided"):
        decided(referral, lead, " ")


def test_a_decision_is_written_once(case, lead):
    referral = decided(refer(case, lead, "CEOP", reference="", by_phone_to="Ms Hall"), lead, reference="C-7")
    assert (referral.decision, referral.reference, referral.by_phone_to) == ("They took it.", "C-7", "Ms Hall")
    assert case.find_reference("CEOP") == "C-7" and case.find_reference("police 999") == ""
    with pytest.raises(NotAllowed):
        decided(referral, lead)
    with pytest.raises(NotAllowed):
        referring.chase_referral(referral=referral, by=lead, said="x", chase_on=timezone.localdate())


def test_only_leads_who_see_a_case_refer_it_or_write_down_a_decision(case, lead, other_lead):
    referral = refer(case, lead, "CEOP")
    TriageCase.objects.update(agency=factories.agency("Youth Trust"))
    for verb in (lambda: refer(case, other_lead, "CEOP"), lambda: decided(referral, other_lead)):
        with pytest.raises(TriageCase.DoesNotExist):
            verb()


def test_a_referral_is_sealed_audited_without_words_and_erased_with_its_case(case, lead):
    referral = refer(case, lead, "CEOP", reference="C-1", by_phone_to="Ms Hall")
    decided(referral, lead, "A visit tonight.")
    stored = str([*CaseReferral.objects.values(), *AuditEntry.objects.values()])
    assert not [word for word in ("C-1", "Ms Hall", "A visit") if word in stored]
    verbs = AuditEntry.objects.filter(object_id=str(case.pk)).values_list("verb", flat=True)
    assert {"triage referred", "triage referral decided"} <= set(verbs)
    case.delete()
    assert not CaseReferral.objects.exists()


@pytest.mark.parametrize(
    "broken", [{"sealed_reference": None}, {"decided_at": timezone.now()}, {"sealed_decision": b"x"}]
)
def test_the_database_refuses_half_a_referral(case, lead, broken):
    refer(case, lead, "CEOP")
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseReferral.objects.update(**broken)


def test_a_colleague_s_note_in_another_case_s_form_is_refused(case, lead, new_answer, reader, client_as):
    referral, other = refer(case, lead, "CEOP"), opened(new_answer(), reader)
    desk = client_as("safeguarding_lead")
    sent = {"do": f"decided:{referral.pk}", f"d-{referral.pk}-decision": "x"}
    for value in (sent, {"do": "chase:nonsense"}):
        assert desk.post(reverse("safeguarding:case", args=[other.pk]), value).status_code == 422
    referral.refresh_from_db()
    assert referral.decided_at is None


def test_asking_again_by_the_page(case, lead, client_as):
    referral = refer(case, lead, "CEOP")
    desk, page = client_as("safeguarding_lead"), reverse("safeguarding:case", args=[case.pk])
    sent = {"do": f"chase:{referral.pk}", f"c-{referral.pk}-said": "Engaged."}
    missing = desk.post(page, sent)
    assert missing.status_code == 422 and "Engaged.</textarea>" in missing.content.decode()
    field = f"c-{referral.pk}-chase_on"
    assert "within 28 days" in desk.post(page, sent | {field: "2099-01-01"}).content.decode()
    day = factories.in_a_week()
    shown = desk.post(page, sent | {field: day}, follow=True).content.decode()
    said = f"{date.fromisoformat(day):%-d %B %Y}"
    assert "CEOP: Engaged." in shown and said in shown and "Asked for a decision" in shown


def test_another_agency_is_named_told_and_offered_to_administrators_to_add(case, lead, client_as):
    desk, page = client_as("safeguarding_lead"), reverse("safeguarding:case", args=[case.pk])
    TriageCase.objects.update(claimed_by=desk.user)
    desk.post(page, {"do": "view", "reason": "To decide."})
    sent = {"do": "refer", "refer-agency": "other", "refer-reference": "K-1", "refer-chase_on": factories.in_a_week()}
    assert "Name the agency." in desk.post(page, sent).content.decode()
    reply = desk.post(page, sent | {"refer-other": "Kite School"}, follow=True)
    assert "Referred: Kite School." in reply.content.decode()
    administrator = client_as("administrator")
    shown = administrator.get(reverse("people:agencies")).content.decode()
    assert "Named, and not on the list" in shown and "Kite School" in shown and case.name not in shown
    entry = AuditEntry.objects.get(verb="triage referred")
    assert entry.data["agency"] == "another agency", "the log holds no name that a lead typed"
    decided(case.referrals.get(), desk.user)
    closed = actions.close_case(
        case=case, by=desk.user, outcome="another agency", reason="x", reporting_duty="yes", reference="K-1"
    )
    assert closed.state == "closed"
    kept = {"name": "Kite School", "kind": "school", "reach": "", "is_offered": "on"}
    administrator.post(reverse("people:agency", args=["kiteschool"]), kept)
    assert "Named, and not on the list" not in administrator.get(reverse("people:agencies")).content.decode()


def test_an_agency_on_the_list_is_not_named_anew(case, lead, client_as):
    desk, page = client_as("safeguarding_lead"), reverse("safeguarding:case", args=[case.pk])
    desk.post(page, {"do": "view", "reason": "To decide."})
    TriageCase.objects.update(state="referred")
    sent = {"do": "refer", "refer-agency": "other", "refer-other": "ceop", "refer-reference": "K-1"}
    assert "Is it CEOP? Then choose it" in desk.post(page, sent).content.decode()


def test_the_agency_of_the_accused_is_neither_offered_nor_told(case, lead, client_as):
    factories.join_agency(lead, "Council")
    trust = factories.agency("Youth Trust")
    actions.hide_from_agency(case=case, by=lead, agency=trust, why="A worker there.")
    for tell in (
        lambda: refer(case, lead, "youth-trust"),
        lambda: actions.print_case(case=case, by=lead, to=trust, with_notes=False, reason="x"),
    ):
        with pytest.raises(NotAllowed, match="nobody there may hear of it"):
            tell()
    case.refresh_from_db()
    offered = [agency.key for agency in list_receivers(case)]
    assert "youthtrust" not in offered and "lado" in offered


def test_a_lead_sees_how_to_reach_an_agency_before_and_after_telling_it(case, lead, client_as):
    KnownAgency.objects.filter(key="ceop").update(reach="Telephone 01274 000000, day and night")
    desk, page = client_as("safeguarding_lead"), reverse("safeguarding:case", args=[case.pk])
    desk.post(page, {"do": "view", "reason": "To decide."})
    TriageCase.objects.update(claimed_by=desk.user)
    assert desk.get(page).content.decode().count("01274 000000") == 1
    refer(case, desk.user, "CEOP")
    assert desk.get(page).content.decode().count("01274 000000") == 2
