"""All that a lead has goes to a colleague or back to the board; nothing stays with someone who is no longer a lead."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cms.accounts import actions as accounts
from consultation.access import NotAllowed
from consultation.audit.models import AuditEntry
from consultation.safeguarding import actions
from consultation.safeguarding.contact_requests import actions as handling
from consultation.safeguarding.mailbox import actions as mailboxes
from consultation.safeguarding.mailbox.models import Mailbox
from consultation.safeguarding.models import ContactRequest, TriageCase, WithdrawnText
from consultation.safeguarding.reassignment import actions as reassignment
from consultation.safeguarding.referrals.models import CaseReferral
from consultation.safeguarding.withdrawn_texts import actions as withdrawn
from tests import factories
from tests.consultation.safeguarding.conftest import decide, opened

PAGE = "/staff/safeguarding/pass-on/"


@pytest.fixture
def held(new_answer, reader, lead):
    """One case of each state that this lead has, a contact request and a withdrawn text that they have read."""
    cases = {}
    for state in ("claimed", "second-view", "contacted", "referred"):
        cases[state] = actions.claim_case(case=opened(new_answer(), reader), by=lead)
        if state != "claimed":
            decide(cases[state], lead, state)
    contact = actions.request_contact(name="Bee", how="x", when="y", language="en")
    handling.claim_contact(contact=contact, by=lead)
    text = actions.keep_withdrawn_text(answer=new_answer(), question_text="What is good?")
    withdrawn.read_withdrawn_text(withdrawn=text, by=lead)
    mailboxes.open_mailbox(seed=b"a form", text="Please write back.", language="en")
    mailboxes.claim_mailbox(mailbox=Mailbox.objects.get(), by=lead)
    return cases


def with_whom():
    cases = dict(TriageCase.objects.values_list("state", "claimed_by"))
    return cases, ContactRequest.objects.get().claimed_by_id, WithdrawnText.objects.get().read_by_id


def test_whoever_is_passed_withdrawn_words_has_time_to_read_them(held, lead, other_lead):
    """They were erased when the time of the lead before was over, though the colleague had not opened them."""
    before = WithdrawnText.objects.get().keep_until
    reassignment.reassign_everything(by=lead, to=other_lead, message="I am ill.")
    assert withdrawn.erase_read_withdrawn_texts(before + timedelta(days=9)) == 0
    passed = WithdrawnText.objects.get()
    assert withdrawn.read_withdrawn_text(withdrawn=passed, by=other_lead, now=before + timedelta(days=9))
    assert passed.keep_until > before + timedelta(days=9)
    assert withdrawn.erase_read_withdrawn_texts(passed.keep_until + timedelta(seconds=1)) == 1


def test_a_colleague_takes_all_with_the_message_and_hears_of_it(
    held, lead, other_lead, mailoutbox, django_capture_on_commit_callbacks
):
    clocks = dict(TriageCase.objects.values_list("pk", "due_at"))
    with django_capture_on_commit_callbacks(execute=True):
        reassignment.reassign_everything(by=lead, to=other_lead, message="I am on leave.")
    states, contact, text = with_whom()
    assert states == dict.fromkeys(held, other_lead.pk) and contact == text == other_lead.pk
    assert dict(TriageCase.objects.values_list("pk", "due_at")) == clocks
    assert all("I am on leave." in [note.text for note in case.notes.all()] for case in held.values())
    assert [note.text for note in ContactRequest.objects.get().notes.all()] == ["I am on leave."]
    assert [mail.to for mail in mailoutbox] == [[other_lead.email]]
    assert "on leave" not in str(list(AuditEntry.objects.values()))
    assert len(reassignment.list_assigned_items(lead)) == 0
    assert Mailbox.objects.get().claimed_by == other_lead


def test_without_a_colleague_all_goes_back_to_the_board(held, lead):
    TriageCase.objects.update(alerted=100)
    reassignment.reassign_everything(by=lead, to=None, message="I am ill.")
    states, contact, text = with_whom()
    assert states == {"new": None, "second-view": None, "contacted": None, "referred": None}
    assert contact is text is None
    assert ContactRequest.objects.get().state == "new"
    assert WithdrawnText.objects.get().keep_until is None, "no sweep erases what nobody decided on"
    held["claimed"].refresh_from_db()
    assert held["claimed"].alerted == 0, "the lead on duty hears of it anew"


def test_who_gave_the_first_view_stays_so_and_the_assignee_gives_the_second(held, lead, other_lead):
    reassignment.reassign_everything(by=lead, to=other_lead, message="x")
    case = held["second-view"]
    case.refresh_from_db()
    decide(case, other_lead, "no-concern")
    assert (case.first_view_by, case.second_view_by) == (lead, other_lead)


def test_what_is_hidden_from_the_assignee_goes_back_to_the_board(held, lead, other_lead):
    factories.join_agency(other_lead, "Youth Trust")
    TriageCase.objects.filter(state__in=["claimed", "referred"]).update(agency=factories.agency("Youth Trust"))
    WithdrawnText.objects.update(agency=factories.agency("youthtrust"))
    reassignment.reassign_everything(by=lead, to=other_lead, message="x")
    states, contact, text = with_whom()
    both = {"second-view": other_lead.pk, "contacted": other_lead.pk}
    assert states == {"new": None, "referred": None} | both
    assert contact == other_lead.pk and text is None


def test_a_message_and_another_lead_are_needed(held, lead, person):
    for to, message in ((None, " "), (lead, "x"), (person("moderator"), "x")):
        with pytest.raises(NotAllowed):
            reassignment.reassign_everything(by=lead, to=to, message=message)
    assert len(reassignment.list_assigned_items(lead)) == 7


@pytest.mark.parametrize("ending", ["role", "account"])
@pytest.mark.parametrize("has_assignee", [True, False])
def test_nothing_stays_with_someone_who_is_no_longer_a_lead(held, lead, other_lead, person, ending, has_assignee):
    administrator, assignee = person("administrator"), other_lead if has_assignee else None
    if ending == "role":
        accounts.revoke_role(person=lead, role="safeguarding_lead", by=administrator, assignee=assignee)
    else:
        accounts.close_account(person=lead, by=administrator, assignee=assignee)
    assert len(reassignment.list_assigned_items(lead)) == 0
    states, contact, text = with_whom()
    assert set(states.values()) == {assignee.pk if assignee else None}
    assert contact == text == (assignee.pk if assignee else None)


def test_another_role_that_ends_passes_nothing_on(held, lead, person):
    from django.contrib.auth.models import Group

    lead.groups.add(Group.objects.get(name="planner"))
    accounts.revoke_role(person=lead, role="planner", by=person("administrator"))
    assert len(reassignment.list_assigned_items(lead)) == 7


def test_an_administrator_chooses_an_assignee_and_learns_nothing_of_what_waits(
    held, lead, other_lead, client_as, person
):
    browser, idle = client_as("administrator"), person("safeguarding_lead")
    page, nothing = (
        " ".join(browser.get(reverse("people:detail", args=[each.pk])).content.decode().split())
        for each in (lead, idle)
    )
    asks = "Who takes what they have, and their days on the rota?"
    assert page.count(asks) == nothing.count(asks) == 2
    assert not [case.name for case in held.values() if case.name in page]
    take = reverse("people:take", args=[lead.pk, "safeguarding_lead"])
    browser.post(take, {"take-assignee": str(other_lead.pk)})
    assert with_whom()[1] == other_lead.pk
    reader = person("moderator")
    assert "Who takes" not in browser.get(reverse("people:detail", args=[reader.pk])).content.decode()


def test_by_the_page(client_as, answer, reader, other_lead):
    desk = client_as("safeguarding_lead")
    assert "Nothing is with you." in desk.get(PAGE).content.decode()
    case = opened(answer, reader, "T2", now=timezone.now() - timedelta(hours=1))
    desk.post(reverse("safeguarding:case", args=[case.pk]), {"do": "claim"})
    assert PAGE in desk.get("/staff/safeguarding/").content.decode()
    assert case.name in desk.get(PAGE).content.decode()
    missing = desk.post(PAGE, {"to": str(other_lead.pk)})
    assert missing.status_code == 422
    shown = desk.post(PAGE, {"to": str(other_lead.pk), "message": "I am on leave."}, follow=True)
    assert "can go on with it." in shown.content.decode()
    case.refresh_from_db()
    assert case.claimed_by == other_lead


def test_the_message_is_with_each_text_and_mailbox_and_the_assignee_reads_it(held, lead, other_lead, client_as):
    reassignment.reassign_everything(by=lead, to=other_lead, message="I am on leave.")
    assert [each.assignment_note for each in (*WithdrawnText.objects.all(), *Mailbox.objects.all())] == [
        "I am on leave."
    ] * 2
    client = client_as("safeguarding_lead")
    client.force_login(other_lead, backend="django.contrib.auth.backends.ModelBackend")
    pages = [
        client.post(reverse("safeguarding:read_withdrawn", args=[WithdrawnText.objects.get().pk])),
        client.get(reverse("safeguarding:mailbox", args=[Mailbox.objects.get().pk])),
    ]
    assert all("I am on leave." in page.content.decode() for page in pages)


def test_a_mailbox_in_which_nothing_waits_is_passed_on_too_and_the_page_says_so(lead, other_lead, client_as):
    mailboxes.open_mailbox(seed=b"a form", text="Please write back.", language="en")
    mailboxes.claim_mailbox(mailbox=(mailbox := Mailbox.objects.get()), by=lead)
    mailboxes.write_as_lead(mailbox=mailbox, by=lead, text="I am here.", seen=1)
    client = client_as("safeguarding_lead")
    client.force_login(lead, backend="django.contrib.auth.backends.ModelBackend")
    assert f"{mailbox.name}</a>, in which nothing waits now" in client.get(PAGE).content.decode()
    client.post(PAGE, {"to": other_lead.pk, "message": "I am on leave."})
    assert Mailbox.objects.get().claimed_by == other_lead


@pytest.mark.parametrize("has_assignee", [True, False])
def test_reassignment_adds_to_the_history_and_rewrites_none_of_it(held, lead, other_lead, has_assignee):
    def history():
        notes = [set(case.notes.values_list("pk", "author", "kind", "written_at", "sealed")) for case in held.values()]
        views = TriageCase.objects.order_by("pk").values_list(
            "pk", "opened_by", "opened_at", "first_view_by", "priority"
        )
        told = CaseReferral.objects.values_list("pk", "sent_by", "sent_at", "sealed_reference", "decided_at")
        return set().union(*notes), list(views), set(told), list(AuditEntry.objects.order_by("seq").values())

    before = history()
    reassignment.reassign_everything(by=lead, to=other_lead if has_assignee else None, message="I am on leave.")
    after = history()
    assert before[0] < after[0] and before[1:3] == after[1:3]
    assert after[3][: len(before[3])] == before[3]
    assert {entry["verb"] for entry in after[3][len(before[3]) :]} >= {"triage passed on"}
    assert AuditEntry.objects.problems() == []
