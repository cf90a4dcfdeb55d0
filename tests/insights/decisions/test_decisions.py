from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from consultation.responses.signals import text_recalled
from insights.coding.models import Theme
from insights.decisions import trace
from insights.decisions.actions import (
    change_decision,
    cite_theme,
    decline_proposal,
    hash_public_state,
    propose_theme,
    publish_decision,
    record_decision,
    remove_citation,
)
from insights.decisions.agencies.actions import set_action_plan
from insights.decisions.decision_rules import NEEDED_OF_A_NO
from insights.decisions.evidence.actions import accept_proposal
from insights.decisions.ledger.ledger_verification import list_ledger_problems
from insights.decisions.models import Citation, Decision, LedgerEntry
from insights.releases.actions import create_release
from tests import factories
from tests.insights.decisions.conftest import said


@pytest.mark.parametrize("outcome", ["no", "not-now", "partly"])
def test_a_no_may_be_drafted_without_its_reason_and_is_not_published_so(planner, colleague, parks, outcome):
    draft = record_decision(by=planner, consultations=[parks[0]], **said(outcome=outcome))
    with pytest.raises(ValidationError) as refused:
        publish_decision(decision=draft, by=colleague)
    assert refused.value.messages == list(NEEDED_OF_A_NO.values())
    change_decision(decision=draft, by=planner, reason="There is no money.", alternative="none")
    public = publish_decision(decision=draft, by=colleague)
    with pytest.raises(ValidationError) as refused:
        change_decision(decision=public, by=colleague, reason=" ", why="It was long.")
    assert refused.value.message_dict == {"reason": [NEEDED_OF_A_NO["reason"]]}


def test_the_database_refuses_a_public_no_without_a_reason(draft, colleague):
    publish_decision(decision=draft, by=colleague)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=draft.pk).update(outcome="no")


HARD = {"you_said": "Considerable apprehension characterises accessibility.", "we_did": "We investigate alternatives."}


def test_an_easy_read_that_is_hard_is_published_for_a_reason_that_the_ledger_has(client, planner, colleague, parks):
    """No publication without an easy read; one above the reading age only for a reason, in sight of whoever publishes."""
    draft = record_decision(by=planner, consultations=[parks[0]], **said(easy={}))
    with pytest.raises(ValidationError, match="child’s summary"):
        publish_decision(decision=draft, by=colleague, hard_because="There is no easy word.")
    change_decision(decision=draft, by=planner, easy=HARD)
    there = reverse("insights:decision", args=[draft.slug])
    client.force_login(colleague)
    page = client.get(there).content.decode()
    assert "Hard to read." in page and 'name="hard_because" maxlength="300" required' in page
    told = client.post(f"{there}publish/", {"seen_state": hash_public_state(draft)}, follow=True).content.decode()
    assert "9 is the most. Write it shorter, or say why it stays, in a sentence of at least five words." in told
    client.post(f"{there}publish/", {"seen_state": hash_public_state(draft), "hard_because": "It is a name of a law."})
    assert "Harder than the reading age, because: It is a name of a law." in client.get(there).content.decode()
    assert list_ledger_problems() == []
    Decision.objects.filter(pk=draft.pk).update(hard_because="It is short.")
    assert draft.slug in list_ledger_problems()[0]


def test_an_officer_without_the_permission_cannot_record(answered):
    with pytest.raises(PermissionDenied):
        record_decision(by=factories.staff("reader@example.org"), consultations=[answered], **said())


def test_a_citation_freezes_what_was_seen(decision, release, planner):
    citation = cite_theme(decision=decision, by=planner, release=release, theme=Theme.objects.get(slug="lights"))
    assert citation.seen == {"label": "Lights", "people": 50, "symbol": ""}


def test_only_a_published_release_is_cited(decision, answered, officer, planner):
    draft = create_release(consultation=answered, by=officer, today=date(2026, 11, 25))
    with pytest.raises(ValidationError, match="published release"):
        cite_theme(decision=decision, by=planner, release=draft, theme=Theme.objects.get(slug="lights"))


def test_two_people_publish_a_decision(decision, officer, colleague, planner):
    with pytest.raises(PermissionDenied):
        publish_decision(decision=decision, by=planner)
    assert publish_decision(decision=decision, by=colleague).published_by == colleague


def test_trace_goes_both_ways(decision, release, planner, answered):
    quote = release.quotes.filter(theme__slug="lights").first()
    cite_theme(decision=decision, by=planner, release=release, theme=quote.theme, quote=quote)
    (evidence,) = trace.list_evidence(decision)
    (words,) = evidence.words
    assert (words.quote, words.question.text, words.question.consultation) == (quote, "Question c?", "Parks")
    assert list(trace.decisions_of_quote(quote)) == [decision]
    assert list(trace.decisions_of_theme(quote.theme)) == [decision]
    assert list(trace.decisions_of_question(answered, "q-c")) == [decision]
    assert list(trace.decisions_of_release(release)) == [decision]


def test_the_ledger_is_whole_after_a_life(decision, release, planner, officer, colleague):
    cite_theme(decision=decision, by=planner, release=release, theme=Theme.objects.get(slug="lights"))
    change_decision(decision=decision, by=planner, we_did="We will put up twelve lights.")
    publish_decision(decision=decision, by=colleague)
    change_decision(decision=decision, by=officer, partners=["The parks"], why="They help now.")
    assert list_ledger_problems() == []
    assert LedgerEntry.objects.count() == 5


def test_a_changed_decision_is_found(decision):
    Decision.objects.filter(pk=decision.pk).update(we_did="Nothing.")
    assert "lights-first" in list_ledger_problems()[0]


def test_an_altered_ledger_entry_is_found(decision, planner):
    change_decision(decision=decision, by=planner, progress="started")
    with connection.cursor() as cursor:
        postgres = connection.vendor == "postgresql"
        trigger = "insights_ledgerentry_" + ("no_change ON insights_ledgerentry" if postgres else "no_update")
        cursor.execute(f"DROP TRIGGER {trigger}")
        cursor.execute("UPDATE insights_ledgerentry SET verb = 'published' WHERE seq = 1")
    assert "entry 1" in list_ledger_problems()[0]


def test_an_erased_quote_leaves_the_ledger_whole_and_confirms_nothing(decision, release, planner):
    quote = release.quotes.filter(theme__slug="lights").first()
    cite_theme(decision=decision, by=planner, release=release, theme=quote.theme, quote=quote)
    assert list_ledger_problems() == []
    text_recalled.send(sender=None, answer=quote.source_text_id)
    assert list_ledger_problems() == []
    assert not hasattr(type(quote).objects.get(pk=quote.pk), "ledger_key")


def test_what_is_public_changes_with_a_reason_for_everyone(public, colleague):
    """One officer alone rewrote what children read, and nothing on the page said so."""
    with pytest.raises(ValidationError, match="Say why it changes"):
        change_decision(decision=public, by=colleague, we_did="We will put up two lights.")
    changed = change_decision(
        decision=public, by=colleague, we_did="We will put up two lights.", why="Ten cost too much."
    )
    assert [note.words["en"] for note in changed.progress_notes.all()] == [
        "We changed words of this. Ten cost too much."
    ]
    assert list_ledger_problems() == []


@pytest.mark.parametrize(
    "stays",
    [{"outcome": "already"}, {"decided": date(2026, 11, 27)}, {"progress": "done"}, {"next_update": date(2027, 1, 1)}],
)
def test_an_answer_that_two_people_gave_is_no_other_by_one_alone(public, colleague, stays):
    with pytest.raises(ValidationError, match="It is published"):
        change_decision(decision=public, by=colleague, why="We think so.", **stays)


def test_whoever_changed_a_draft_does_not_publish_it(decision, officer, colleague):
    """Another officer could rewrite a planner's draft and publish their own words alone."""
    officer.user_permissions.add(*Permission.objects.filter(codename="draft_decision"))
    officer = type(officer).objects.get(pk=officer.pk)
    change_decision(decision=decision, by=officer, we_did="Only mine.")
    with pytest.raises(ValidationError, match="Two people"):
        publish_decision(decision=decision, by=officer)
    assert publish_decision(decision=decision, by=colleague).published_by == colleague


def test_words_that_changed_since_they_were_looked_at_are_not_published(decision, planner, colleague):
    seen = hash_public_state(decision)
    change_decision(decision=decision, by=planner, we_did="We will put up two lights.")
    with pytest.raises(ValidationError, match="after you opened it"):
        publish_decision(decision=decision, by=colleague, seen_state=seen)


def test_a_page_that_was_opened_while_it_was_a_draft_takes_nothing_back(decision, planner, colleague):
    """A planner's save put a decision that had been published meanwhile back to a draft, and lost its translations."""
    stale = Decision.objects.get(pk=decision.pk)
    publish_decision(decision=decision, by=colleague)
    with pytest.raises(PermissionDenied):
        change_decision(decision=stale, by=planner, we_did="We will put up two lights.")
    assert Decision.objects.get(pk=decision.pk).status == "published"


def test_a_public_day_moves_away_with_a_public_reason_alone(public, colleague):
    public = change_decision(decision=public, by=colleague, due=date(2027, 3, 1))
    for later in (date(2027, 5, 1), None):
        with pytest.raises(ValidationError, match="Say why it changes"):
            change_decision(decision=public, by=colleague, due=later)
    moved = change_decision(decision=public, by=colleague, due=date(2027, 5, 1), why="The lamps come late.")
    assert [note.words["en"] for note in moved.progress_notes.all()] == [
        "We said: done by 1 March 2027. Now it is 1 May 2027. The lamps come late."
    ]
    change_decision(decision=moved, by=colleague, due=date(2027, 4, 1))
    assert moved.progress_notes.count() == 1, "sooner needs no reason"


def test_evidence_for_a_public_decision_takes_a_second_person(public, planner, colleague, officer, release):
    given = {"decision": public, "release": release, "theme": Theme.objects.get(slug="lights")}
    with pytest.raises(ValidationError, match="second person"):
        cite_theme(by=planner, **given)
    proposed = propose_theme(by=officer, **given)
    assert not public.citations.exists()
    with pytest.raises(PermissionDenied):
        accept_proposal(proposed=proposed, by=planner)
    with pytest.raises(ValidationError, match="Two people"):
        accept_proposal(proposed=proposed, by=officer)
    assert accept_proposal(proposed=proposed, by=colleague).seen["people"] == 50
    with pytest.raises(ValidationError, match="already"):
        accept_proposal(proposed=proposed, by=colleague)
    assert not public.proposed_citations.exists()
    assert list_ledger_problems() == []


def test_a_proposal_is_taken_back_or_turned_down(public, planner, colleague, release):
    given = {"decision": public, "release": release, "theme": Theme.objects.get(slug="lights")}
    decline_proposal(proposed=propose_theme(by=planner, **given), by=planner)
    proposed = propose_theme(by=planner, **given)
    with pytest.raises(ValidationError):
        propose_theme(by=planner, **given)
    with pytest.raises(PermissionDenied):
        decline_proposal(proposed=proposed, by=factories.staff("reader@example.org"))
    decline_proposal(proposed=proposed, by=colleague)
    with pytest.raises(ValidationError, match="already"):
        accept_proposal(proposed=proposed, by=colleague)
    assert not public.proposed_citations.exists()


def test_what_is_public_stays_quiet_and_whole_when_one_person_changes_it(decision, colleague):
    public = publish_decision(decision=decision, by=colleague)
    with pytest.raises(ValidationError, match="quieter"):
        change_decision(decision=public, by=colleague, title="Abuse in parks", why="Shorter.")
    with pytest.raises(ValidationError, match="Say what we did"):
        change_decision(decision=public, by=colleague, we_did=" ", why="Shorter.")
    assert Decision.objects.get().title == decision.title


@pytest.mark.parametrize("words", ["Domestic violence support", "Help after abuse"])
def test_a_loud_title_gets_a_quiet_address_so_that_quieter_words_can_be_published(
    words, client, planner, colleague, answered
):
    client.force_login(planner)
    data = {"title": words, "consultations": [answered.pk], "outcome": "yes", "progress": "planned"}
    data |= {"decided": "2026-11-26", "we_asked": "A?", "you_said": "B.", "we_did": "C.", "lead_role": "D"}
    data |= {"easy_you_said": "B.", "easy_we_did": "C.", "next_update": "2127-01-29"}
    client.post("/insights/decisions/record/", data)
    made = Decision.objects.get()
    assert made.slug == "decision"
    change_decision(decision=made, by=planner, title="Support at home")
    assert publish_decision(decision=made, by=colleague).is_public


@pytest.mark.parametrize("slug", ["domestic-violence-support", "about-cse"])
def test_a_loud_address_is_not_published(slug, planner, colleague, answered):
    loud = record_decision(by=planner, consultations=[answered], **said(slug=slug))
    with pytest.raises(ValidationError, match="quieter"):
        publish_decision(decision=loud, by=colleague)


def test_evidence_that_came_since_it_was_looked_at_is_not_published_unseen(decision, planner, colleague, release):
    seen = hash_public_state(decision)
    cite_theme(decision=decision, by=planner, release=release, theme=Theme.objects.get(slug="lights"))
    with pytest.raises(ValidationError, match="after you opened it"):
        publish_decision(decision=decision, by=colleague, seen_state=seen)
    assert publish_decision(decision=decision, by=colleague, seen_state=hash_public_state(decision)).is_public


def test_whoever_chose_the_evidence_does_not_publish_it(decision, officer, colleague, release):
    cite_theme(decision=decision, by=officer, release=release, theme=Theme.objects.get(slug="lights"))
    with pytest.raises(ValidationError, match="Two people"):
        publish_decision(decision=decision, by=officer)
    assert publish_decision(decision=decision, by=colleague).is_public


def test_a_citation_stays_where_someone_published_after_the_page_was_opened(decision, planner, colleague, release):
    cite_theme(decision=decision, by=planner, release=release, theme=Theme.objects.get(slug="lights"))
    opened = Citation.objects.select_related("decision").get()
    publish_decision(decision=decision, by=colleague)
    with pytest.raises(ValidationError, match="its evidence stays"):
        remove_citation(citation=opened, by=planner)


def test_drafts_are_for_those_who_write_and_publish(client_as, draft):
    pages = ["/insights/", "/insights/decisions/", "/insights/decisions/?outcome=draft"]
    own = [f"/insights/decisions/{draft.slug}/", f"/insights/trace/decision/{draft.slug}/"]
    planner = client_as("planner")
    assert all(draft.title in planner.get(page).content.decode() for page in (*pages, *own))
    for role in ("partner_viewer", "auditor", "moderator"):
        other = client_as(role)
        assert [page for page in pages if draft.title in other.get(page).content.decode()] == [], role
        assert [other.get(page).status_code for page in own] == [404, 404], role


@pytest.mark.any_database
@pytest.mark.slow
def test_no_way_names_a_draft_to_others(client_as, draft, planner):
    """The ledger, an action of its plan, an agency that only it names, and words that were taken back."""
    change_decision(decision=draft, by=planner, agency="The lighthouse")
    (item,) = set_action_plan(
        decision=draft, by=planner, items=[{"agency": "The night bus", "what": "Stop at the park"}]
    )
    Decision.objects.filter(pk=draft.pk).update(we_did="Nothing.")  # so that the ledger has something to tell of it
    ledger, trace_of = "/insights/ledger/", "/insights/trace/consultation/parks/"
    names = (draft.slug, draft.title, "The lighthouse", "The night bus", "Stop at the park")

    def told(client, page):
        return [name for name in names if name in client.get(page).content.decode()]

    own = client_as("planner")
    assert told(own, ledger) and told(own, f"{ledger}?check=1") and told(own, trace_of)
    for role in ("partner_viewer", "moderator"):
        other = client_as(role)
        pages = (ledger, f"{ledger}?check=1", trace_of, "/insights/agencies/")
        assert [told(other, page) for page in pages] == [[]] * len(pages), role
        asked = {"": "A draft", "?check=1": "1 found", f"?decision={draft.slug}": "No entry is like that"}
        assert [query for query, said in asked.items() if said not in other.get(ledger + query).content.decode()] == []
        for page in (f"/insights/actions/{item.pk}/", "/insights/trace/agency/the-night-bus/"):
            assert other.get(page).status_code == 404, (role, page)
    assert told(client_as("auditor"), ledger), "they check all of it"


def test_evidence_that_waits_is_for_those_who_decide(client_as, public, planner, release):
    quote = release.quotes.filter(theme__slug="lights").first()
    propose_theme(decision=public, by=planner, release=release, theme=quote.theme, quote=quote)
    page = f"/insights/decisions/{public.slug}/"
    assert quote.text in client_as("planner").get(page).content.decode()
    for role in ("partner_viewer", "moderator", "auditor"):
        html = client_as(role).get(page).content.decode()
        assert public.title in html and quote.text not in html and "waits for a second person" not in html, role
