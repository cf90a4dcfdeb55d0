"""Linked cases: shown on both to who may see both, ended with a reason, and nothing told of a case that is hidden."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from consultation.access import NotAllowed
from consultation.audit.models import AuditEntry
from consultation.safeguarding import actions
from consultation.safeguarding.case_links import actions as linking
from consultation.safeguarding.case_links.models import CaseLink
from consultation.safeguarding.models import CaseNote, TriageCase
from tests import factories
from tests.consultation.safeguarding.conftest import opened

NOTE = "Both write of a man at the lake."


@pytest.fixture
def two(new_answer, reader):
    return [opened(new_answer(), reader) for _ in range(2)]


@pytest.fixture
def desk(client_as):
    client = client_as("safeguarding_lead")
    factories.join_agency(client.user, "Council")
    return client


def linked(two, by, kind="person"):
    return linking.link_cases(case=two[0], other=two[1], by=by, kind=kind, note=NOTE)


def page_of(case, name="case"):
    return reverse(f"safeguarding:{name}", args=[case.pk])


def post_link(desk, case, other, note=NOTE):
    said = {"do": "link", "link-other": other, "link-kind": "place", "link-note": note}
    return desk.post(page_of(case, "links"), said, follow=True)


@pytest.mark.parametrize("find", [lambda case: case.name, lambda case: f"https://x.test{page_of(case)}"])
def test_a_lead_links_two_cases_by_name_or_address_and_sees_it_on_both(desk, two, find):
    post_link(desk, two[0], find(two[1]))
    for case, other in (two, reversed(two)):
        page = desk.get(page_of(case)).content.decode()
        assert other.name in page and NOTE in page and "The same place" in page and "Linked with another item" in page


def test_links_are_audited_on_both_cases_and_sealed(two, lead):
    link = linked(two, lead)
    linking.unlink_cases(link=link, by=lead, why="Another man.")
    for verb in ("triage linked", "triage unlinked"):
        entries = AuditEntry.objects.filter(verb=verb)
        assert {entry.object_id for entry in entries} == {str(case.pk) for case in two}
    stored = str(list(AuditEntry.objects.values())) + str(list(CaseLink.objects.values()))
    assert "lake" not in stored and "Another man" not in stored
    assert not CaseNote.objects.filter(kind=CaseNote.Kind.NOTE).exists(), (
        "a note would tell who may see one case alone"
    )


def test_a_link_ends_with_a_reason_and_stays_on_record(desk, two):
    link = linked(two, desk.user)
    url, name = page_of(two[1], "links"), f"un-{link.pk}-why"
    assert desk.post(url, {"do": f"unlink:{link.pk}", name: " "}).status_code == 422
    desk.post(url, {"do": f"unlink:{link.pk}", name: "Another man."})
    page = desk.get(page_of(two[0])).content.decode()
    assert NOTE in page and "Taken apart" in page and "Another man." in page
    with pytest.raises(NotAllowed, match="already"):
        linking.unlink_cases(link=link, by=desk.user, why="x")
    linked(two, desk.user)
    assert CaseLink.objects.count() == 2, "and they may be linked anew"


@pytest.mark.parametrize("hidden", [0, 1])
def test_nothing_is_shown_of_a_case_that_the_lead_may_not_see(desk, two, other_lead, hidden):
    factories.join_agency(other_lead, "Police")
    link = linked(two, other_lead)
    actions.hide_from_agency(case=two[hidden], by=other_lead, agency=desk.user.agency, why="A worker there.")
    seen = two[1 - hidden]
    for name in ("case", "links"):
        page = desk.get(page_of(seen, name)).content.decode()
        assert two[hidden].name not in page and NOTE not in page and "Linked with" not in page
    assert "Brought here" in desk.get(page_of(seen)).content.decode(), "the rest of its history stays"
    assert "There is no such item." in post_link(desk, seen, two[hidden].name).content.decode()
    reply = desk.post(page_of(seen, "links"), {"do": f"unlink:{link.pk}", f"un-{link.pk}-why": "x"})
    assert reply.status_code == 422 and two[hidden].name not in reply.content.decode()
    for act in (
        lambda: linked(two, desk.user, "place"),
        lambda: linking.unlink_cases(link=link, by=desk.user, why="x"),
    ):
        with pytest.raises(TriageCase.DoesNotExist):
            act()
    assert [each.other for each in linking.list_links(seen, other_lead)] == [two[hidden]]


def test_an_auditor_of_that_agency_reads_no_entry_that_names_the_hidden_case(two, lead, client_as):
    factories.join_agency(lead, "Police")
    linked(two, lead)
    actions.hide_from_agency(case=two[0], by=lead, agency=factories.agency("Council"), why="A worker there.")
    named = []
    for agency in ("Council", "Health"):
        auditor = client_as("auditor")
        factories.join_agency(auditor.user, agency)
        named.append(str(two[0].pk) in b"".join(auditor.get(reverse("audit:export"))).decode())
    assert named == [False, True]


@pytest.mark.parametrize(
    ("said", "refused"),
    [("Item 000000", "no such item"), ("", "missing"), ("a friend", "no such item"), ("itself", "That is this item")],
)
def test_what_is_no_other_case_is_refused(desk, two, said, refused):
    other = two[0].name if said == "itself" else said
    reply = post_link(desk, two[0], other)
    assert reply.status_code == 422 and refused in reply.content.decode()
    assert not CaseLink.objects.exists()


def test_a_link_needs_a_note_and_stands_once(two, lead):
    for kind, note in (("person", " "), ("a wish", NOTE)):
        with pytest.raises(NotAllowed):
            linking.link_cases(case=two[0], other=two[1], by=lead, kind=kind, note=note)
    linked(two, lead)
    with pytest.raises(NotAllowed, match="linked already"):
        linked(two[::-1], lead)
    linked(two, lead, "place")


def test_the_database_keeps_no_link_of_a_case_with_itself_and_no_half_end(two, lead):
    link = linked(two, lead)
    for change in ({"other": link.one}, {"sealed_end_reason": b"x"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            CaseLink.objects.update(**change)
