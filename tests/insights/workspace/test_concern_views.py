"""Reported words disappear everywhere at once; anyone who sees words can report them, one way."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from consultation import handover
from consultation.audit.audit_log import record_event as audit
from consultation.audit.models import AuditEntry
from consultation.domain.calendar_quarters import Quarter
from consultation.file_output.pdf import pdf_renderer
from consultation.reading import actions as reading
from consultation.reading.models import Screening
from consultation.responses.models import Answer, AnswerState
from consultation.safeguarding.models import TriageCase
from insights.coding.models import Code
from insights.corpus.actions import take_released_texts
from insights.corpus.models import Text
from insights.decisions.actions import cite_theme, publish_decision, record_decision
from insights.decisions.ledger.ledger_verification import list_ledger_problems
from insights.decisions.models import QuoteKey
from insights.exports.models import Recall
from insights.exports.pdf.paper_making import make_wanted_papers
from insights.releases.models import Quote
from tests.insights.decisions.conftest import said

pytestmark = pytest.mark.any_database

WHO_SEES = ["engagement_officer", "moderator", "planner", "partner_viewer", "safeguarding_lead"]


@pytest.fixture
def quote(release, officer, colleague):
    """Words that two people approved for all, so that a partner sees them too."""
    found = release.quotes.filter(theme__slug="lights", featured=True).order_by("place").first()
    found.public_approved_by.add(officer, colleague)
    return found


@pytest.fixture
def decision(quote, answered, person, colleague):
    made = record_decision(by=person("planner"), consultations=[answered], **said())
    cite_theme(decision=made, by=made.created_by, release=quote.release, theme=quote.theme, quote=quote)
    return publish_decision(decision=made, by=colleague)


def report_url(quote):
    return reverse("insights:report-words", args=[quote.source_text_id])


def answer_of(text):
    return Answer.objects.get(pk=text)


def everywhere(quote, decision):
    """Every page on which these words stand."""
    return [
        reverse("insights:report", args=[quote.release_id]),
        reverse("insights:theme", args=[quote.release_id, quote.theme.slug]),
        reverse("insights:quote", args=[quote.pk]),
        reverse("insights:decision", args=[decision.slug]),
        "/en/you-said-we-did/",
    ]


@pytest.mark.each_on_postgresql
@pytest.mark.parametrize("role", WHO_SEES)
def test_everyone_who_sees_words_can_report_them(client_as, quote, role):
    client, text, url = client_as(role), quote.source_text_id, report_url(quote)
    assert quote.text in client.get(url).content.decode()
    reply = client.post(url, {"reason": "name"})
    assert reply.status_code == 302
    assert not Text.objects.filter(pk=text).exists()
    entry = AuditEntry.objects.get(verb="answer recalled")
    assert (entry.actor, entry.object_id, entry.data) == (str(client.user.pk), str(text), {"concern": False})


@pytest.mark.each_on_postgresql
@pytest.mark.parametrize("role", ["planner", "partner_viewer"])
def test_nobody_reads_by_this_way_what_is_not_quoted_to_them(client_as, quote, role):
    hidden = (
        Text.objects.exclude(pk__in=Quote.objects.values("source_text")).first()
        or Text.objects.exclude(pk=quote.source_text_id).first()
    )
    Quote.objects.filter(source_text=hidden).delete()
    url = reverse("insights:report-words", args=[hidden.pk])
    client = client_as(role)
    assert client.get(url).status_code == 404
    assert client.post(url, {"reason": "name"}).status_code == 404
    assert Text.objects.filter(pk=hidden.pk).exists()


def test_every_page_that_shows_words_offers_the_way(client_as, quote, decision):
    link = report_url(quote)
    planner = client_as("planner")
    for url in everywhere(quote, decision)[:3]:
        assert link in planner.get(url).content.decode(), url
    coder = client_as("moderator")
    text = quote.source_text
    slug = quote.release.consultation.slug
    assert link in coder.get(reverse("insights:code-text", args=[text.pk])).content.decode()
    listed = coder.get(reverse("insights:coding-desk", args=[slug]), {"show": "all", "from": text.pk})
    assert link in listed.content.decode()


@pytest.mark.parametrize("reason", ["name", "concern"])
def test_the_words_are_gone_everywhere_at_once(client_as, quote, decision, reason):
    planner, words = client_as("planner"), quote.text
    before = [words in planner.get(url).content.decode() for url in everywhere(quote, decision)]
    assert before == [True] * 5
    planner.post(report_url(quote), {"reason": reason})
    assert [words in planner.get(url).content.decode() for url in everywhere(quote, decision)] == [False] * 5
    assert not Quote.objects.filter(text=words).exists() and not Text.objects.filter(text=words).exists()
    assert not Code.objects.filter(text_id=quote.source_text_id).exists()
    assert not QuoteKey.objects.exists(), "the ledger can confirm no erased word"
    assert list_ledger_problems() == []
    assert words not in [row.text for row in handover.iter_released_texts()]
    assert take_released_texts() == 0


def test_no_browser_keeps_a_page_with_words(client_as, quote, decision):
    planner = client_as("planner")
    for url in [*everywhere(quote, decision), report_url(quote)]:
        assert "no-store" in planner.get(url)["Cache-Control"], url


def test_a_name_left_in_comes_to_the_top_of_the_desk_with_a_clock(client_as, quote, person):
    text = quote.source_text_id
    client_as("planner").post(report_url(quote), {"reason": "name"})
    answer = answer_of(text)
    assert answer.state == AnswerState.UNREAD and answer.screening.due is not None
    screening = Screening.objects.get(pk=text)
    assert screening.flagged and screening.priority in ("T1", "T2"), "what the screen finds graver stays so"
    assert reading.lease_next_unread(person("moderator")).pk == text
    assert not TriageCase.objects.exists()


def test_a_concern_goes_to_the_leads_and_not_to_the_desk(client_as, quote, person):
    text, planner = quote.source_text_id, client_as("planner")
    planner.post(report_url(quote), {"reason": "concern"})
    case = TriageCase.objects.get(answer_id=text)
    assert (case.priority, case.state, case.opened_by) == ("T2", "new", planner.user)
    assert answer_of(text).state == AnswerState.TRIAGE and case.due_at is not None
    assert reading.lease_next_unread(person("moderator")) is None


def test_the_reporter_learns_nothing_more(client_as, quote):
    planner, url, text = client_as("planner"), report_url(quote), quote.source_text_id
    first = planner.post(url, {"reason": "concern"}, follow=True).content.decode()
    again = planner.post(url, {"reason": "concern"}, follow=True).content.decode()
    assert "A trained person reads them" in first and "A trained person reads them" in again
    for page in (first, again, planner.get(url).content.decode()):
        assert str(TriageCase.objects.get().pk)[:6] not in page and "triage" not in page.lower()
    assert planner.get(reverse("reading:answer", args=[text])).status_code == 403
    assert planner.get(reverse("insights:recalled")).status_code == 403


def test_reporting_again_changes_nothing(client_as, quote):
    planner, url = client_as("planner"), report_url(quote)
    for _ in range(3):
        planner.post(url, {"reason": "name"})
    assert AuditEntry.objects.filter(verb="answer recalled").count() == 1 == Recall.objects.count()


def test_a_concern_after_a_name_is_not_lost(client_as, quote):
    """The second person had the page open: the words are gone, and what they say still counts."""
    planner, partner, url, text = (
        client_as("planner"),
        client_as("partner_viewer"),
        report_url(quote),
        quote.source_text_id,
    )
    planner.post(url, {"reason": "name"})
    assert "gone from here" in partner.get(url).content.decode()
    partner.post(url, {"reason": "concern"})
    partner.post(url, {"reason": "concern"})
    assert TriageCase.objects.get().answer_id == text
    assert answer_of(text).state == AnswerState.TRIAGE


def test_a_name_after_a_concern_leaves_it_with_the_leads(client_as, quote):
    planner, url, text = client_as("planner"), report_url(quote), quote.source_text_id
    planner.post(url, {"reason": "concern"})
    planner.post(url, {"reason": "name"})
    assert answer_of(text).state == AnswerState.TRIAGE and TriageCase.objects.count() == 1


def test_an_address_that_never_was_does_nothing(client_as, quote):
    url = reverse("insights:report-words", args=["00000000-0000-4000-8000-000000000000"])
    assert client_as("planner").post(url, {"reason": "concern"}).status_code == 302
    assert not TriageCase.objects.exists() and not Recall.objects.exists()


def test_nothing_chosen_is_an_error_and_nothing_is_sent(client_as, quote):
    reply = client_as("planner").post(report_url(quote), {"reason": "else"})
    assert reply.status_code == 422 and "Nothing was sent" in reply.content.decode()
    assert Text.objects.filter(pk=quote.source_text_id).exists()


def test_read_again_and_cleared_the_words_come_back_redacted_and_the_old_quote_does_not(client_as, quote, person):
    text, words, reader = quote.source_text_id, quote.text, person("moderator")
    client_as("planner").post(report_url(quote), {"reason": "name"})
    answer = answer_of(text)
    spans = [{"start": 0, "end": 6, "type": "PERSON"}]
    reading.decide_answer(answer=answer, by=reader, decision="clear", spans=spans, note="Looked.")
    reading.release_due_answers(timezone.now() + timedelta(minutes=11))
    assert take_released_texts() == 1
    assert Text.objects.get(pk=text).text == "[PERSON 1]" + words[6:]
    quote.refresh_from_db()
    assert quote.erased and quote.text == ""


# What leads see


def test_the_lead_sees_which_exports_held_the_words(client_as, quote, decision, officer):
    audit("export made", by=officer, obj=quote.release, kind="Figures and quotes, CSV")
    audit("export made", by=officer, obj=decision, kind="Provenance")
    audit("export made", by=officer, kind="audit log", rows=3)
    title, words = decision.title, quote.text
    client_as("planner").post(report_url(quote), {"reason": "name"})
    audit("export made", by=officer, obj=quote.release, kind="A later one")
    lead = client_as("safeguarding_lead")
    page = lead.get(reverse("insights:recalled")).content.decode()
    assert "Figures and quotes, CSV" in page and "Provenance" in page and str(officer) in page
    assert "A later one" not in page and "audit log, on" not in page
    assert title in page and "Shown to the public until then" in page and "Quoted in release 1" in page
    assert words not in page


def test_the_lead_sees_who_took_an_assessment_of_the_quarter_that_quoted_the_words(client_as, quote, monkeypatch):
    monkeypatch.setattr(pdf_renderer, "print_html", lambda html, style: html.encode())
    planner, now = client_as("planner"), Quarter.of(quote.release.published_on)
    for slug in (now.slug, now.before.slug):
        audit("export made", by=planner.user, kind=f"board, {slug}", quarter=slug)
    path = reverse("insights:assessment-pdf", args=[now.slug])
    planner.get(path)
    make_wanted_papers()
    assert planner.get(path)["Content-Type"] == "application/pdf"
    audit("export made", by=planner.user, kind="of another quarter", assessment=now.before.slug)
    planner.post(report_url(quote), {"reason": "name"})
    assert [export["kind"] for export in Recall.objects.get().exports] == ["a report as a paper"]


def test_a_lead_notes_that_it_was_followed_up(client_as, quote):
    client_as("planner").post(report_url(quote), {"reason": "name"})
    lead, recall = client_as("safeguarding_lead"), Recall.objects.get()
    lead.post(reverse("insights:finish-recall", args=[recall.pk]))
    lead.post(reverse("insights:finish-recall", args=[recall.pk]))
    recall.refresh_from_db()
    assert recall.done_by == lead.user
    assert AuditEntry.objects.filter(verb="recall followed up").count() == 1
    assert "Followed up on" in lead.get(reverse("insights:recalled")).content.decode()


def test_the_list_is_empty_and_says_so(client_as, home):
    assert (
        "No words were taken back" in client_as("safeguarding_lead").get(reverse("insights:recalled")).content.decode()
    )
