"""A partner sees reports while the agency's agreement is in date, and no day longer."""

import random
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.utils import timezone

from cms.accounts import actions
from cms.accounts.agreements import AgreedRelease, Agreement
from consultation.audit.models import AuditEntry
from tests import factories
from tests.insights import released

AGENCY = "Riverside partnership"
PAGE = "/staff/people/agreements/"


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def partner(client_as):
    return client_as("partner_viewer")


@pytest.mark.parametrize(("starts", "ends", "sees"), [(-30, 30, True), (0, 0, True), (-30, -1, False), (1, 30, False)])
def test_a_partner_sees_reports_in_date(partner, today, starts, ends, sees):
    Agreement.objects.update(starts=today + timedelta(days=starts), ends=today + timedelta(days=ends))
    assert (partner.get("/insights/").status_code == 200) == sees
    assert not sees or partner.get("/insights/consultations/").status_code == 200


def test_an_agreement_of_another_agency_opens_nothing(partner):
    Agreement.objects.update(agency=factories.agency("Hillside partnership"))
    assert partner.get("/insights/").status_code == 403


def test_a_partner_without_an_agency_sees_nothing(partner):
    type(partner.user).objects.filter(pk=partner.user.pk).update(agency=None)
    assert partner.get("/insights/").status_code == 403


def test_what_another_role_gives_stays(person, today):
    both = person("partner_viewer", "planner")
    Agreement.objects.all().delete()
    assert both.has_perm("insights.draft_decision")
    assert person("planner").has_perm("insights.view_reports")


def test_one_administrator_adds_another_confirms_and_either_ends_an_agreement(client_as, partner, today):
    Agreement.objects.all().delete()
    ada = client_as("administrator")
    assert "None yet. No partner sees a report." in ada.get(PAGE).content.decode()
    assert partner.get("/insights/").status_code == 403
    dates = {"starts": today.isoformat(), "ends": (today + timedelta(days=9)).isoformat()}
    ada.post(PAGE, {"agency": factories.agency(AGENCY).pk, "reference": "Safe 3", **dates})
    made = Agreement.objects.get()
    assert partner.get("/insights/").status_code == 403, "until another administrator confirms"
    assert ada.post(f"{PAGE}{made.pk}/confirm/").status_code == 403
    assert "Confirm<" not in ada.get(PAGE).content.decode()
    bea = client_as("administrator")
    assert "waits for your yes" in bea.get("/staff/").content.decode() and "Confirm<" in bea.get(PAGE).content.decode()
    bea.post(f"{PAGE}{made.pk}/confirm/")
    assert "waits for nobody" in bea.post(f"{PAGE}{made.pk}/confirm/", follow=True).content.decode()
    assert partner.get("/insights/").status_code == 200
    ada.post(f"{PAGE}{Agreement.objects.get().pk}/end/")
    assert partner.get("/insights/").status_code == 403
    verbs = ["ISA added", "ISA confirmed", "report viewed by partner", "ISA ended"]
    assert list(AuditEntry.objects.order_by("seq").values_list("verb", flat=True)) == verbs


def test_days_in_the_wrong_order_are_said(client_as, today):
    ada = client_as("administrator")
    dates = {"starts": today.isoformat(), "ends": (today - timedelta(days=1)).isoformat()}
    assert (
        "It ends before it starts" in ada.post(PAGE, {"agency": factories.agency(AGENCY).pk, **dates}).content.decode()
    )
    assert "This field is required" in ada.post(PAGE, {"agency": "", **dates}).content.decode()


@pytest.mark.parametrize("role", ["engagement_officer", "moderator", "planner", "safeguarding_lead", "auditor"])
def test_agreements_without_permission(person, today, role):
    with pytest.raises(PermissionDenied):
        actions.add_agreement(agency=factories.agency(AGENCY), starts=today, ends=today, by=person(role))
    assert not Agreement.objects.exists()


def test_one_that_waits_is_taken_back(client_as, person, today):
    made = actions.add_agreement(agency=factories.agency(AGENCY), starts=today, ends=today, by=person("administrator"))
    bea = client_as("administrator")
    assert "Taken back." in bea.post(f"{PAGE}{made.pk}/end/", follow=True).content.decode()
    assert "waits for nobody" in bea.post(f"{PAGE}{made.pk}/confirm/", follow=True).content.decode()
    assert not Agreement.objects.in_date().exists()


def test_a_change_takes_the_place_of_the_old_when_another_administrator_confirms_it(client_as, partner, today, home):
    old = Agreement.objects.get()
    Agreement.objects.update(starts=today - timedelta(days=9), ends=today + timedelta(days=9))
    page, version = released.asked(home, "parks"), released.codebook(lights=[])
    release = released.release(page, version, {"lights": 40})
    ada, bea = client_as("administrator"), client_as("administrator")
    AgreedRelease.objects.create(release=release, agreement=old, released_by=ada.user)
    later = today + timedelta(days=90)
    change = f"{PAGE}{old.pk}/change/"
    assert "Propose it" in ada.get(change).content.decode()
    yesterday = today - timedelta(days=1)
    assert "It ends before it starts" in ada.post(change, {"ends": yesterday.isoformat()}).content.decode()
    ada.post(change, {"ends": later.isoformat(), "reference": "Safe 4"})
    made = Agreement.objects.exclude(pk=old.pk).get()
    assert [one.pk for one in Agreement.objects.in_date()] == [old.pk], "until another administrator confirms"
    assert ada.post(f"{PAGE}{made.pk}/confirm/").status_code == 403
    assert "which stands until this is confirmed" in " ".join(bea.get(PAGE).content.decode().split())
    bea.post(f"{PAGE}{made.pk}/confirm/")
    made = Agreement.objects.in_date().get()
    assert (made.replaces, made.starts, made.ends, made.reference) == (old, today, later, "Safe 4")
    assert AgreedRelease.objects.get().agreement == made
    assert partner.get(f"/insights/releases/{release.pk}/").status_code == 200
    verbs = ["ISA added", "ISA ended", "ISA confirmed"]
    said = AuditEntry.objects.filter(verb__startswith="ISA").order_by("seq").values_list("verb", "actor")
    assert list(said) == list(zip(verbs, (str(each.user.pk) for each in (ada, bea, bea)), strict=True))


def test_a_change_opens_nothing_that_was_ended_meanwhile(client_as, partner, person, today):
    old, later = Agreement.objects.get(), today + timedelta(days=90)
    made = actions.propose_agreement_change(agreement=old, ends=later, by=person("administrator"))
    actions.end_agreement(agreement=old, by=person("administrator"))
    bea = client_as("administrator")
    assert "this changes has ended" in bea.post(f"{PAGE}{made.pk}/confirm/", follow=True).content.decode()
    assert partner.get("/insights/").status_code == 403
    assert bea.get(f"{PAGE}{old.pk}/change/").status_code == 404
    with pytest.raises(ValidationError, match="in date"):
        actions.propose_agreement_change(agreement=old, ends=later, by=bea.user)


@pytest.mark.parametrize("seed", range(8))
def test_over_random_histories_reports_are_open_by_two_people_alone(person, today, seed):
    """Kept beside the product: who added each agreement, who confirmed it, its days, whether it was ended, and which one it
    takes the place of."""
    chance, agency = random.Random(seed), factories.agency(AGENCY)
    partner, people, made = person("partner_viewer"), [person("administrator") for _ in range(3)], {}
    factories.join_agency(partner, AGENCY)
    Agreement.objects.all().delete()
    for _ in range(25):
        by, act = chance.choice(people), chance.choice(["add", "change", "confirm", "confirm", "end"])
        if act == "add" or not made:
            starts = today + timedelta(days=chance.randint(-3, 2))
            days = {"starts": starts, "ends": starts + timedelta(days=chance.randint(0, 4))}
            one = actions.add_agreement(agency=agency, by=by, **days)
            made[one.pk] = days | {"added": by, "confirmed": None, "is_ended": False, "replaces": None}
        else:
            pk = chance.choice(list(made))
            kept, one = made[pk], Agreement.objects.get(pk=pk)
            old = made.get(kept["replaces"])
            if act == "change" and not opens(kept, today):
                with pytest.raises(ValidationError):
                    actions.propose_agreement_change(agreement=one, ends=today, by=by)
            elif act == "change":
                days = {"starts": today, "ends": today + timedelta(days=chance.randint(0, 4))}
                new = actions.propose_agreement_change(agreement=one, ends=days["ends"], by=by)
                made[new.pk] = days | {"added": by, "confirmed": None, "is_ended": False, "replaces": pk}
            elif act == "end":
                actions.end_agreement(agreement=one, by=by)
                kept["is_ended"] = True
            elif (
                by == kept["added"]
                or kept["confirmed"]
                or kept["is_ended"]
                or kept["ends"] < today
                or (old and not opens(old, today))
            ):
                with pytest.raises((PermissionDenied, ValidationError)):
                    actions.confirm_agreement(agreement=one, by=by)
            else:
                actions.confirm_agreement(agreement=one, by=by)
                kept["confirmed"] = by
                if old:
                    old["is_ended"] = True
        is_open = any(opens(one, today) for one in made.values())
        assert type(partner).objects.get(pk=partner.pk).has_perm("insights.view_reports") == is_open


def opens(one, today):
    confirmed = one["confirmed"] not in (None, one["added"])
    return confirmed and not one["is_ended"] and one["starts"] <= today <= one["ends"]


def test_the_database_refuses_one_person_as_both(person, today):
    ada = person("administrator")
    made = actions.add_agreement(agency=factories.agency(AGENCY), starts=today, ends=today, by=ada)
    with pytest.raises(IntegrityError):
        Agreement.objects.filter(pk=made.pk).update(confirmed_by=ada, confirmed_on=today)


def test_ending_one_that_has_not_begun_leaves_it_on_record(person, today):
    ada = person("administrator")
    later = today + timedelta(days=5)
    made = actions.add_agreement(agency=factories.agency(AGENCY), starts=later, ends=later, by=ada)
    actions.end_agreement(agreement=made, by=ada)
    assert not Agreement.objects.in_date(later).exists()
    assert Agreement.objects.count() == 1
