"""A named place is sealed with its case, noted with a reason by a lead who has read the words, and erased with it."""

import pytest
from django.urls import reverse

from consultation.access import NotAllowed
from consultation.audit.models import AuditEntry
from consultation.safeguarding import actions
from consultation.safeguarding.models import CaseNote, TriageCase
from consultation.safeguarding.named_places.actions import note_place, remove_place
from consultation.safeguarding.named_places.models import NamedPlace
from tests import factories
from tests.consultation.safeguarding.conftest import close, decide, opened, read

PLACE = {"name": "Old Dye Works", "place_type": "street", "reason": "The police ask for it."}


@pytest.fixture
def case(answer, reader):
    return opened(answer, reader, "T2")


def test_a_place_is_noted_only_after_the_words_were_read_and_for_a_reason(case, lead):
    with pytest.raises(NotAllowed):
        note_place(case=case, by=lead, **PLACE)
    read(case, lead)
    for missing in ({"reason": " "}, {"name": ""}, {"place_type": "moon"}):
        with pytest.raises(NotAllowed):
            note_place(case=case, by=lead, **PLACE | missing)
    note_place(case=case, by=lead, **PLACE)
    assert (case.places.get().text, case.places.get().reason) == (PLACE["name"], PLACE["reason"])


def test_name_and_reason_are_sealed_and_no_word_is_in_the_audit_log(case, lead):
    read(case, lead)
    note_place(case=case, by=lead, **PLACE)
    stored = str(list(NamedPlace.objects.values())) + str(list(AuditEntry.objects.values()))
    assert "Dye" not in stored and "police ask" not in stored
    assert "street" not in str(list(AuditEntry.objects.values("data"))), "a count by type would be one of cases"


def test_it_is_erased_with_its_case_and_nothing_is_added_to_a_closed_one(case, lead):
    read(case, lead)
    actions.claim_case(case=case, by=lead)
    note_place(case=case, by=lead, **PLACE)
    decide(case, lead, "learning-only")
    close(case, lead, "nobody can be identified")
    with pytest.raises(NotAllowed):
        note_place(case=case, by=lead, **PLACE)
    place = NamedPlace.objects.get()
    assert (bytes(place.sealed), place.reason, place.place_type) == (b"", "", "street"), (
        "the type stays, to be counted"
    )
    TriageCase.objects.get().delete()
    assert not NamedPlace.objects.exists()


def test_one_noted_by_mistake_is_taken_out_and_the_reason_stays(case, lead):
    read(case, lead)
    remove_place(place=note_place(case=case, by=lead, **PLACE), by=lead, reason="Another town.")
    assert not case.places.exists() and case.notes.get(kind=CaseNote.Kind.NOTE).text == "Another town."


def test_a_lead_notes_and_takes_out_a_place_on_its_page_and_nobody_else_opens_it(case, client_as):
    desk = client_as("safeguarding_lead")
    factories.join_agency(desk.user, "Council")
    page = reverse("safeguarding:places", args=[case.pk])
    assert "Read the words first" in desk.get(page).content.decode()
    read(case, desk.user)
    assert desk.post(page, {"do": "add", "name": "", "place_type": "park", "reason": "x"}).status_code == 422
    shown = desk.post(page, {"do": "add", **PLACE}, follow=True).content.decode()
    assert PLACE["name"] in shown and PLACE["reason"] in shown
    seen = AuditEntry.objects.filter(verb="triage viewed").count()
    desk.get(page)
    assert AuditEntry.objects.filter(verb="triage viewed").count() == seen + 1, "whoever reads the name is on record"
    key = case.places.get().pk
    assert PLACE["name"] not in desk.post(page, {"do": f"remove:{key}", "reason": "x"}, follow=True).content.decode()
    for role in ("planner", "moderator", "engagement_officer", "administrator"):
        assert client_as(role).get(page).status_code in (403, 404)
