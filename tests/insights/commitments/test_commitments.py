"""Commitments: two people publish each word, and nothing that a group sent in is read by everyone before."""

import json
import random
import uuid
from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from consultation.audit.models import AuditEntry
from consultation.reading import screening
from consultation.responses.vault import open_sealed_text
from consultation.safeguarding.attached_answers import open_with_attached
from consultation.safeguarding.models import ContactRequest
from insights.commitments import actions, strategy_provisions
from insights.commitments.erasures import SentOfferErasure
from insights.commitments.models import Commitment, SentOffer
from insights.decisions.unanswered.unanswered_themes import list_overdue_promises
from tests.insights.commitments.conftest import EMPTY, said

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]
REFUSED = (ValidationError, PermissionDenied)


def send(name="Example Choir", what="We open our hall on Fridays.", **more):
    key = uuid.uuid4()
    told = {"begins": "May", "contact": "hall@example.org", "language": "en"} | more
    actions.receive_offer(key=key, name=name, what=what, **told)
    actions.screen_sent_offers()
    return SentOffer.objects.get(pk=key)


def test_a_pledge_says_what_was_read_and_by_when(officer, decision):
    with pytest.raises(ValidationError) as wrong:
        actions.draft_commitment(kind="pledge", by=officer, **said())
    assert set(wrong.value.message_dict) == {"due", "results"}
    with pytest.raises(ValidationError, match="quieter"):
        actions.draft_commitment(kind="offer", by=officer, **said(what="We stop grooming."))
    with pytest.raises(ValidationError, match="quieter"):
        actions.draft_commitment(kind="offer", by=officer, **said(name="The grooming group"))


def test_whoever_wrote_a_word_does_not_publish_it_and_a_change_waits_again(pledge, officer, colleague, decision):
    assert pledge in Commitment.objects.published()
    kept = {"decisions": [decision], "due": pledge.due}
    before = pledge.state_hash
    held = actions.change_commitment(commitment=pledge, by=colleague, **said(what="I will walk it twice.", **kept))
    assert not held.is_public and held.state_hash != before
    for writer in (officer, colleague):
        with pytest.raises(ValidationError, match="Two people"):
            actions.publish_commitment(held, by=writer)


def test_other_decisions_that_a_leader_read_are_looked_at_again(pledge):
    before = pledge.state_hash
    pledge.decisions.clear()
    assert pledge.state_hash != before


def test_a_retired_commitment_leaves_the_pages_with_the_contact(client, officer, colleague):
    offer = send()
    draft = actions.take_offer(offer=offer, by=officer, **said(name="Example Choir", what="A hall is open."))
    actions.publish_commitment(draft, by=colleague)
    page = client.get("/en/what-groups-do/").content.decode()
    assert "A hall is open." in page and "hall@example.org" not in page and "We open our hall" not in page
    actions.retire_commitment(commitment=draft, by=colleague)
    assert not SentOffer.objects.exists()
    assert "A hall is open." not in client.get("/en/what-groups-do/").content.decode()
    with pytest.raises(ValidationError, match="retired"):
        actions.note_progress(commitment=draft, by=officer, progress="done", words="Open.")


def test_progress_waits_for_a_second_person_is_dated_and_ends_a_pledge(client, officer, colleague, pledge):
    for progress, words, day in (
        ("started", "I went once.", date(2026, 5, 1)),
        ("done", "I went twice.", date(2026, 6, 1)),
    ):
        note = actions.note_progress(commitment=pledge, by=officer, progress=progress, words=words, today=day)
        with pytest.raises(ValidationError, match="Two people"):
            actions.publish_note(note, by=officer)
        assert words not in client.get("/en/pledges/").content.decode() and Commitment.objects.get().outcome is None
        actions.publish_note(note, by=colleague)
    page = client.get("/en/pledges/").content.decode()
    assert "1 June 2026" in page and "I went twice." in page and "<b>Done</b>" in page
    assert strategy_provisions.find_ended_pledges()
    actions.take_note_back(note=note, by=officer)
    page = client.get("/en/pledges/").content.decode()
    assert "I went twice." not in page and "I went once." in page
    assert not strategy_provisions.find_ended_pledges() and Commitment.objects.get().outcome is None


def test_a_note_is_as_quiet_as_the_pledge(officer, pledge):
    with pytest.raises(ValidationError, match="quieter"):
        actions.note_progress(commitment=pledge, by=officer, progress="done", words="We spoke of grooming.")


def test_no_note_becomes_public_once_its_pledge_is_off_the_pages(officer, colleague, pledge):
    note = actions.note_progress(commitment=pledge, by=officer, progress="done", words="I went.")
    actions.retire_commitment(commitment=pledge, by=colleague)
    with pytest.raises(ValidationError, match="retired"):
        actions.publish_note(note, by=colleague)


def test_every_page_counts_a_late_pledge_among_the_late_promises(client_as, officer, colleague, decision):
    today, client = timezone.localdate(), client_as("planner")
    pages = [reverse(f"insights:{name}") for name in ("home", "unanswered", "board-report")]
    before = list_overdue_promises(today)
    due = today - timedelta(days=1)
    draft = actions.draft_commitment(kind="pledge", by=officer, **said(decisions=[decision], due=due))
    pledge = actions.publish_commitment(draft, by=colleague)
    late = list_overdue_promises(today)
    assert len(late) == len(before) + 1 and pledge.get_absolute_url() in {one.url for one in late}
    for page in pages:
        html = client.get(page).content.decode()
        assert "Head of parks" in html and pledge.what.rstrip(".") in html, page
    assert f"<b>{len(late)}</b><a" in client.get(reverse("insights:board")).content.decode()
    note = actions.note_progress(commitment=pledge, by=officer, progress="done", words="I went.")
    actions.publish_note(note, by=colleague)
    assert list_overdue_promises(today) == before


def test_late_is_said(client, officer, colleague, decision):
    due = date(2026, 1, 1)
    draft = actions.draft_commitment(kind="pledge", by=officer, **said(decisions=[decision], due=due))
    actions.publish_commitment(draft, by=colleague)
    assert "Late" in client.get("/en/pledges/").content.decode()


def test_each_step_is_in_the_audit_log_without_words(pledge, officer, colleague):
    note = actions.note_progress(commitment=pledge, by=officer, progress="done", words="Done so.")
    actions.publish_note(note, by=colleague)
    actions.take_note_back(note=note, by=officer)
    entries = AuditEntry.objects.filter(object_type__startswith="commitment")
    verbs = [verb.removeprefix("commitment ") for verb in entries.order_by("seq").values_list("verb", flat=True)]
    assert verbs == ["written", "published", "progress noted", "note published", "note taken back"]
    assert "park" not in str(list(entries.values_list("data", flat=True)))
    send()
    assert not AuditEntry.objects.filter(object_type="sentoffer").exists(), "the log has times"


def test_a_cry_for_help_goes_to_a_lead_on_the_clock_and_no_officer_reads_it(client_as):
    key = uuid.uuid4()
    told = {"name": "Me", "begins": "", "contact": "after school", "language": "en"}
    actions.receive_offer(key=key, what="My uncle hits me and I am scared to go home.", **told)
    officer = client_as("engagement_officer")
    assert "Sent on" not in officer.get("/insights/commitments/").content.decode(), "unscreened, nobody reads it"
    assert officer.get(f"/insights/commitments/offers/{key}/").status_code == 404
    assert (actions.screen_sent_offers(), actions.screen_sent_offers()) == (1, 0)
    assert not SentOffer.objects.exists()
    asked = ContactRequest.objects.get(pk=key)
    assert asked.due and "uncle" not in str(asked.__dict__)
    assert open_with_attached(asked.sealed)["message"] == "My uncle hits me and I am scared to go home."


def test_where_the_screen_fails_a_lead_looks(monkeypatch):
    monkeypatch.setattr(screening, "screen_texts", None)
    actions.receive_offer(key=uuid.uuid4(), name="Choir", what="A hall.", begins="", contact="x", language="en")
    assert actions.screen_sent_offers() == 1 and ContactRequest.objects.count() == 1


def test_the_database_holds_no_contact_in_clear_and_each_takes_the_same_place():
    send(), send(contact="7")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM insights_sentoffer")
        assert "hall@example.org" not in str(cursor.fetchall())
        cursor.execute("SELECT sealed_contact FROM insights_sentoffer")
        sealed = [bytes(row[0]) for row in cursor.fetchall()]
    assert len({len(one) for one in sealed}) == 1
    assert sorted(json.loads(open_sealed_text(one)) for one in sealed) == ["7", "hall@example.org"]


def test_a_declined_offer_is_erased_and_an_old_one_too(officer):
    actions.decline_offer(offer=send(), by=officer)
    assert not SentOffer.objects.exists()
    old = send()
    SentOfferErasure().run(old.day + timedelta(days=364))
    assert SentOffer.objects.exists()
    SentOfferErasure().run(old.day + timedelta(days=365))
    assert not SentOffer.objects.exists()


@pytest.mark.parametrize("seed", range(12))
def test_nothing_that_a_group_sent_is_public_unread_over_random_histories(client, person, officer, colleague, seed):
    """Whatever staff do in whatever order: each public word was written or read by one person and published by
    another who saw it; and what groups typed stands on no page before."""
    chance = random.Random(seed)
    people = [officer, colleague, person("engagement_officer"), person("planner")]
    written: dict[str, set] = {}  # public words -> who wrote them

    def words(by):
        text = f"Written words {len(written)}."
        written[text] = {by.pk}
        return said(name="Example Club", what=text)

    def any_offer():
        return chance.choice(list(SentOffer.objects.all()) or [send(what="Raw words.")])

    def any_commitment():
        return chance.choice(
            list(Commitment.objects.all()) or [actions.draft_commitment(kind="offer", by=officer, **words(officer))]
        )

    steps = (
        lambda by: send(what="Raw words."),
        lambda by: actions.take_offer(offer=any_offer(), by=by, **words(by)),
        lambda by: actions.decline_offer(offer=any_offer(), by=by),
        lambda by: actions.change_commitment(commitment=any_commitment(), by=by, **words(by)),
        lambda by: actions.publish_commitment(any_commitment(), by=by),
        lambda by: actions.retire_commitment(commitment=any_commitment(), by=by),
        lambda by: actions.discard_commitment(any_commitment(), by=by),
        lambda by: actions.note_progress(commitment=any_commitment(), by=by, progress="done", words="It is so."),
    )
    shown = 0
    for _ in range(60):
        with suppress(*REFUSED):
            chance.choices(steps, weights=(1, 3, 1, 1, 4, 1, 1, 1))[0](chance.choice(people))
        public = Commitment.objects.published()
        shown += len(public)
        assert all(one.published_by_id not in written[one.what] for one in public)
        assert not any(one.published_by_id in one.list_writer_ids() for one in public)
        assert list(public) == [one for one in Commitment.objects.all() if one.is_public], (
            "no verb goes round the rule"
        )
    assert shown, "a history in which something was public"
    assert "Raw words." not in client.get("/en/what-groups-do/").content.decode()


class TestPages:
    def test_the_empty_register_says_how_to_begin(self, client_as):
        page = client_as("planner").get("/insights/commitments/").content.decode()
        assert "Nothing is written down yet" in page and "CSV of these" in page

    def test_an_officer_writes_and_a_colleague_publishes(self, client_as, decision):
        writer, publisher = client_as("engagement_officer"), client_as("engagement_officer")
        new = reverse("insights:write-commitment", args=["pledge"])
        fields = {"name": "Head of parks", "what": "I go there.", "language": "en", "decisions": [decision.pk]}
        assert writer.post(new, fields).status_code == 422
        answer = writer.post(new, fields | {"due": "2027-03-01"})
        one = Commitment.objects.get()
        assert answer["Location"] == one.get_absolute_url()
        assert "Ask a colleague who did not write any of it." in writer.get(one.get_absolute_url()).content.decode()
        publisher.post(reverse("insights:publish-commitment", args=[one.pk]), {"seen_state": one.state_hash})
        page = publisher.get("/en/pledges/").content.decode()
        assert "I go there." in page and "By 1 March 2027" in page and decision.title in page
        there = reverse("insights:note-commitment", args=[one.pk])
        assert publisher.post(there, {}).status_code == 422
        publisher.post(there, {"progress": "started", "words": "I went."})
        note, page = one.notes.get(), writer.get(one.get_absolute_url()).content.decode()
        assert "I went." in page and "Take it back" not in page
        assert "I went." not in client_as("planner").get(one.get_absolute_url()).content.decode()
        writer.post(reverse("insights:publish-commitment-note", args=[note.pk]), {"seen_state": note.state_hash})
        assert "Take it back" in publisher.get(one.get_absolute_url()).content.decode()
        assert "I went." in client_as("planner").get(one.get_absolute_url()).content.decode()
        writer.post(reverse("insights:take-back-commitment-note", args=[note.pk]))
        assert not one.notes.exists()

    def test_filters_and_the_file(self, client_as, pledge, principle):
        client = client_as("engagement_officer")
        page = client.get("/insights/commitments/?kind=principle&q=ask").content.decode()
        assert "We listen" in page and "Head of parks" not in page
        assert "Nothing is like that" in client.get("/insights/commitments/?state=late").content.decode()
        rows = b"".join(client.get("/insights/commitments/commitments.csv?kind=pledge")).decode()
        assert "Head of parks" in rows and "We listen" not in rows

    def test_drafts_and_contacts_are_for_those_who_work_with_them(self, client_as, officer):
        offer = send()
        draft = actions.take_offer(offer=offer, by=officer, **said())
        contact = reverse("insights:open-contact", args=[offer.pk])
        assert contact in client_as("engagement_officer").get(draft.get_absolute_url()).content.decode()
        assert contact not in client_as("planner").get(draft.get_absolute_url()).content.decode()
        assert client_as("planner").post(contact, {"reason": "ask"}).status_code == 403
        assert client_as("partner_viewer").get(draft.get_absolute_url()).status_code == 404

    def test_an_officer_opens_a_contact_and_it_is_on_record_who_and_why(self, client_as):
        offer, client = send(), client_as("engagement_officer")
        address = reverse("insights:open-contact", args=[offer.pk])
        assert "hall@example.org" not in client.get(address).content.decode()
        assert [client.post(address, {"reason": why}).status_code for why in ("", "x")] == [422, 422]
        assert not AuditEntry.objects.filter(verb="contact of a group opened").exists()
        assert "hall@example.org" in client.post(address, {"reason": "ask"}).content.decode()
        entry = AuditEntry.objects.get(verb="contact of a group opened")
        assert (entry.actor, entry.object_id, entry.data) == (str(client.user.pk), str(offer.pk), {"reason": "ask"})

    def test_without_the_key_a_contact_stays_shut_and_what_was_sent_waits_unread(self, client_as, settings):
        offer = send()
        settings.ANSWER_OPEN_KEYS = []
        page = client_as("engagement_officer").post(
            reverse("insights:open-contact", args=[offer.pk]), {"reason": "ask"}
        )
        assert page.status_code == 422 and "has no key" in page.content.decode()
        assert not AuditEntry.objects.filter(verb="contact of a group opened").exists()
        SentOffer.objects.update(screened=False)
        assert actions.screen_sent_offers() == 0 and not SentOffer.objects.waiting().exists()

    def test_an_officer_reads_what_a_group_sent(self, client_as):
        offer, client = send(), client_as("engagement_officer")
        assert "Example Choir" in client.get("/insights/commitments/").content.decode()
        address = reverse("insights:take-offer", args=[offer.pk])
        assert "We open our hall" in client.get(address).content.decode()
        answer = client.post(address, {"name": "Choir", "what": "A hall is open.", "language": "en"})
        assert answer["Location"] == Commitment.objects.get().get_absolute_url()

    def test_a_decision_names_the_principles_that_it_serves(self, client_as, decision, principle, pledge):
        client = client_as("engagement_officer")
        address = reverse("insights:decision-principles", args=[decision.slug])
        assert client.post(address, {"principles": [principle.pk]}).status_code == 302
        assert "We listen" in client.get(reverse("insights:decision", args=[decision.slug])).content.decode()
        assert set(decision.commitments.all()) == {principle, pledge}

    def test_the_tag_of_a_principle_that_is_being_changed_stays(self, client_as, decision, principle, officer):
        """It could not be chosen meanwhile, so nobody can have meant to take it off."""
        actions.choose_principles(decision=decision, by=officer, principles=[principle])
        actions.change_commitment(commitment=principle, by=officer, **said(name="We listen", what="We ask twice."))
        address = reverse("insights:decision-principles", args=[decision.slug])
        assert client_as("engagement_officer").post(address, {"csrfmiddlewaretoken": "x"}).status_code == 302
        assert principle in decision.commitments.all()


def test_a_principle_needs_no_day_and_a_kind_must_exist(officer):
    assert actions.draft_commitment(kind="principle", by=officer, **said())
    with pytest.raises(ValidationError):
        actions.draft_commitment(kind="wish", by=officer, **EMPTY, name="x", what="y")


def test_a_row_that_one_person_alone_brought_in_shows_on_no_page(client, officer, colleague, pledge, principle):
    """Whatever the state says: the pages ask for two people."""
    Commitment.objects.update(made_by=officer)
    for one in Commitment.objects.all():
        one.writers.add(colleague)
    assert not Commitment.objects.published().exists()
    assert not strategy_provisions.find_pledges() and not strategy_provisions.find_principles()
    assert pledge.what not in client.get("/en/pledges/").content.decode()
    assert principle.name not in client.get("/en/hear-by-right/").content.decode()
