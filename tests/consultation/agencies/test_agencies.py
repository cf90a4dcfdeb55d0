"""Agencies are a list that administrators keep; a concern about staff matches its key, never a spelling."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from consultation.access import NotAllowed
from consultation.agencies import actions
from consultation.agencies.first_agencies import ANOTHER_AGENCY, FIRST_AGENCIES, add_first_agencies, find_outcome
from consultation.agencies.models import AgencyStatus, KnownAgency, agency_key
from consultation.safeguarding import states
from tests import factories
from tests.domain_tables import CONTROLS

LIST = "/staff/people/agencies/"


@pytest.fixture
def ada(client_as):
    return client_as("administrator")


def page_of(agency):
    return reverse("people:agency", args=[agency.key])


def test_the_list_begins_with_the_agencies_among_the_agreed_outcomes(db):
    no_agency = {*states.OTHER_OUTCOMES, states.FALSE_POSITIVE, ANOTHER_AGENCY}
    assert set(CONTROLS["triage"]["outcomes"]) - no_agency == set(FIRST_AGENCIES)
    assert set(FIRST_AGENCIES) <= set(KnownAgency.objects.listed().values_list("name", flat=True))


def test_what_administrators_changed_stays_when_tables_are_made_again(db, ada):
    front_door = KnownAgency.objects.get(key="frontdoormash")
    ada.post(page_of(front_door), {"name": "Our front door", "kind": "council", "reach": "01274", "is_offered": "on"})
    add_first_agencies()
    front_door.refresh_from_db()
    assert (front_door.name, front_door.new_reach) == ("Our front door", "01274")
    assert find_outcome(front_door) == "front door/MASH", "the outcome that was agreed"


def test_an_administrator_adds_changes_and_retires_an_agency(ada):
    ada.post(LIST, {"name": "Kite School", "kind": "school", "reach": "Ms Hall, 01274 000000"})
    school = KnownAgency.objects.get(key="kiteschool")
    assert "Ms Hall" in ada.get(page_of(school)).content.decode() and school.reach == ""
    ada.post(page_of(school), {"name": "Kite Academy", "kind": "school", "reach": "", "is_offered": ""})
    school.refresh_from_db()
    assert (school.key, school.name, school.status) == ("kiteschool", "Kite Academy", AgencyStatus.RETIRED)
    assert not KnownAgency.objects.listed().filter(pk=school.pk).exists()


def test_leads_see_where_to_ring_once_a_second_administrator_has_tried_it(ada, client_as):
    """Who decides alone where a lead rings hears a child’s words, and so does a slip of the pen."""
    police = actions.add_agency(by=None, name="Kite Police", kind="police", reach="101")
    said = {"name": "Kite Police", "kind": "police", "is_offered": "on"}
    press = {"do": "confirm", "seen": "01632 960 001\r\nask for Jo"}
    ada.post(page_of(police), said | {"reach": "01632 960 001\r\nask for Jo"})
    assert "Somebody else tries" in ada.post(page_of(police), press).content.decode()
    page = ada.get(page_of(police)).content.decode()
    assert "I tried it" not in page and "Another administrator tries" in page
    ada.post(page_of(police), said | {"reach": "101", "kind": "other"})
    police.refresh_from_db()
    assert (police.reach, police.kind) == ("101", "other") and police.new_reach, "other changes leave what waits"
    assert ada.post(page_of(police), press | {"do": "burn"}).status_code == 422
    second = client_as("administrator")
    assert "does not wait any more" in second.post(page_of(police), press | {"seen": "999"}).content.decode()
    assert second.post(page_of(police), press).status_code == 302
    police.refresh_from_db()
    assert police.reach.startswith("01632 960 001") and (police.new_reach, police.new_reach_by) == ("", None)
    assert second.post(page_of(police), press).status_code == 422
    ada.post(page_of(police), said | {"reach": "01632 960 002"})
    assert ada.post(page_of(police), {"do": "refuse", "seen": "01632 960 002"}).status_code == 302
    ada.post(page_of(police), said | {"reach": police.reach, "name": "Our front door"})
    police.refresh_from_db()
    assert (police.reach, police.new_reach[:5]) == ("", "01632"), "under a new name it is tried again"
    ada.post(page_of(police), said | {"reach": ""})
    police.refresh_from_db()
    assert (police.reach, police.new_reach) == ("", ""), "one person takes a wrong number down"


@pytest.mark.parametrize("name", ["Kite School", "kite-school", "KITE ACADEMY", "—"])
def test_an_agency_stands_on_the_list_once(ada, name):
    school = actions.add_agency(by=None, name="Kite School", kind="school")
    actions.change_agency(agency=school, by=None, name="Kite Academy", kind="school", reach="", is_offered=True)
    assert ada.post(LIST, {"name": name, "kind": "school"}).status_code == 422
    assert KnownAgency.objects.filter(kind="school").count() == 1


@pytest.mark.parametrize("role", ["engagement_officer", "moderator", "planner", "safeguarding_lead", "auditor"])
def test_only_administrators_keep_the_list(person, client_as, role):
    with pytest.raises(PermissionDenied):
        actions.add_agency(by=person(role), name="Kite School", kind="school")
    assert client_as(role).get(LIST).status_code == 403


def test_administrators_do_not_learn_of_an_agency_that_a_concern_about_staff_named(ada):
    secret = actions.store_agency(actions.name_agency("Sports Club", AgencyStatus.CONFIDENTIAL))
    assert "Sports Club" not in ada.get(LIST).content.decode() and ada.get(page_of(secret)).status_code == 404
    referred = actions.store_agency(actions.name_agency("sports club", AgencyStatus.PROPOSED))
    assert referred.status == AgencyStatus.CONFIDENTIAL, "a referral there does not tell of it either"
    ada.post(LIST, {"name": "The sports club", "kind": "voluntary"})
    assert ada.post(LIST, {"name": "Sports club", "kind": "voluntary"}).status_code == 302
    secret.refresh_from_db()
    assert (secret.status, secret.name) == (AgencyStatus.LISTED, "Sports club")


def test_a_new_name_takes_no_right_and_gives_none(ada, client_as):
    partner = client_as("partner_viewer")
    agency = partner.user.agency
    ada.post(page_of(agency), {"name": "Hillside", "kind": "other", "reach": "", "is_offered": "on"})
    assert partner.get("/insights/").status_code == 200
    actions.add_agency(by=None, name="Hillside two", kind="other")
    with pytest.raises(NotAllowed, match="Another one"):
        actions.change_agency(
            agency=KnownAgency.objects.get(key="hillsidetwo"),
            by=None,
            name="hillside",
            kind="other",
            reach="",
            is_offered=True,
        )


def test_accounts_choose_from_the_list_and_a_person_can_move(ada, person):
    factories.agency("Council")
    new = reverse("people:new")
    said = {"name": "Jo Doe", "email": "jo@staff.test", "agency": "a typed council", "role": ""}
    assert b"Select a valid choice" in ada.post(new, said).content
    assert b"police 999" not in ada.get(new).content, "nobody works for a way to report"
    colleague = person("moderator")
    ada.post(reverse("people:move", args=[colleague.pk]), {"agency": "council"})
    colleague.refresh_from_db()
    assert colleague.agency_id == "council"
    ada.post(reverse("people:move", args=[ada.user.pk]), {"agency": "council"})
    ada.user.refresh_from_db()
    assert ada.user.agency_id is None, "nobody says so of themselves"


@pytest.mark.parametrize("name", ["Youth Trust", "youth trust", " YOUTH  TRUST. ", "Youth-Trust"])
def test_a_first_name_makes_the_key_by_its_letters(name):
    assert agency_key(name) == "youthtrust"


def test_no_administrator_alone_shows_a_lead_what_is_hidden_from_their_agency(ada, person):
    lead = factories.join_agency(person("safeguarding_lead"), "Youth Trust")
    person("safeguarding_lead")  # the last of them keeps the role
    factories.agency("Council")
    for agency, stays in (("youthtrust", True), ("council", False)):
        ada.post(reverse("people:move", args=[lead.pk]), {"agency": agency})
        assert lead.groups.exists() == stays
    assert lead.role_requests.get().role == "safeguarding_lead", "another administrator confirms it"
