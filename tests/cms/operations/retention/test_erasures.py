"""Each line of the retention table (domain/controls.yaml, G3), with time moved forward: deletions, survivors and
dates."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from cms.operations.retention import actions
from cms.operations.retention.retention_registry import ERASURES
from consultation.access import NotAllowed
from consultation.audit.erasure_types import words_erased
from consultation.audit.models import AuditEntry
from consultation.channels.invitation_codes.models import CodeBatch, InvitationCode
from consultation.reading.models import Lease, Reading, Screening
from consultation.receipts.actions import find_response, issue_words
from consultation.receipts.models import Receipt
from consultation.receipts.views import get_receipt_status
from consultation.respondent_pages.four_words import hash_words
from consultation.responses.models import Answer, AnswerState, EqualityRow, Response
from consultation.responses.vault import open_sealed_text, seal_text
from consultation.safeguarding import actions as safeguarding
from consultation.safeguarding.contact_requests import actions as contacts
from consultation.safeguarding.models import CaseState, ContactRequest, Priority, TriageCase, WithdrawnText
from consultation.safeguarding.withdrawn_texts import actions as withdrawn
from consultation.surveys.closing.actions import close_survey
from consultation.surveys.closing_day import add_months, find_closing_day
from insights.coding.models import Code, Codebook, CodebookVersion, CodeSource, CodingStatus, Theme
from insights.corpus.models import Text
from insights.releases.models import EqualityPicture, Quote, Release
from tests.factories import consultation, question, response

pytestmark = pytest.mark.django_db

CLOSES = date(2026, 1, 31)
LONDON = ZoneInfo("Europe/London")
TABLE = {erasure.slug: erasure for erasure in ERASURES}


def run(slug, today):
    """How many rows went, in all groups."""
    return sum(group.count for group in TABLE[slug].run(today))


@pytest.fixture
def closed(home):
    items = [
        question("a", options=["Yes", "No"]),
        question("b", "long_text"),
        question("e", options=["X", "Y"], apart=True),
    ]
    return consultation(home, items=items, closes=CLOSES)


def screened(answer):
    reason = {"rule": "r", "category": "c", "label": "l", "start": 0, "end": 1}
    Screening.objects.create(answer=answer, order=[True, "T2", ""], reasons=[reason], engine="t")
    return answer


@pytest.fixture
def released(closed, reader):
    """One person's released words, with all that may hang on them."""
    sent = response(closed[1], texts={"q-b": "My worker Zed left."}, reader=reader)
    answer = screened(sent.answers.get())
    Reading.objects.filter(pk=answer.pk).update(
        text="My worker [WORKER 1] left.", spans=[{"start": 10}], note="A name."
    )
    return answer


# --- raw free text: 12 months after close, or 90 days after results if earlier ---


def test_words_as_written_go_a_year_after_the_close(released):
    words = issue_words(response=released.response)
    assert run("raw-words", date(2027, 1, 30)) == 0
    assert run("raw-words", date(2027, 1, 31)) == 1
    released.refresh_from_db()
    assert bytes(released.sealed) == b""
    assert not Screening.objects.exists() and not Lease.objects.exists()
    reading = Reading.objects.get()
    assert (reading.text, reading.spans, reading.note) == ("My worker [WORKER 1] left.", [], "")
    assert get_receipt_status(find_response(hash_words(words))).read, "the receipt still says that it was read"
    assert run("raw-words", date(2027, 1, 31)) == 0


def release(page, by, published_on, **fields):
    book, _ = Codebook.objects.get_or_create(slug="seed", defaults={"name": "Seed"})
    version, _ = CodebookVersion.objects.get_or_create(codebook=book, number=1)
    number = Release.objects.count() + 1
    return Release.objects.create(
        consultation=page, number=number, codebook_version=version, made_on=published_on, made_by=None,
        status="published", published_on=published_on, published_by=by, **fields,
    )  # fmt: skip


def test_they_go_90_days_after_the_results_if_that_is_earlier(released, closed, person):
    officer = person("engagement_officer")
    release(closed[0], officer, CLOSES - timedelta(days=40))
    release(closed[0], officer, CLOSES + timedelta(days=10))
    day = CLOSES + timedelta(days=100)
    assert run("raw-words", day - timedelta(days=1)) == 0, "what was shown while it was open does not count"
    assert run("raw-words", day) == 1


def test_late_results_do_not_keep_them_longer(released, closed, person):
    release(closed[0], person("engagement_officer"), CLOSES + timedelta(days=330))
    assert run("raw-words", add_months(CLOSES, 12)) == 1


@pytest.mark.parametrize("state", [AnswerState.UNREAD, AnswerState.AWAITING_COLLEAGUE])
def test_words_that_nobody_has_read_stay_and_the_report_says_so(closed, released, state):
    unread = response(closed[1], texts={"q-b": "Please help"}).answers.get()
    Answer.objects.filter(pk=unread.pk).update(state=state)
    late = date(2028, 1, 1)
    assert "must be read first" in TABLE["raw-words"].due(late)[0].held_back
    assert run("raw-words", late) == 1
    unread.refresh_from_db()
    assert open_sealed_text(unread.sealed) == "Please help"
    assert run("rows", date(2031, 1, 1)) == 1, "its row stays as well"
    assert Answer.objects.get() == unread


def test_words_of_a_case_stay_until_it_is_closed(closed, person):
    lead = person("safeguarding_lead")
    answer = response(closed[1], texts={"q-b": "He hurts me"}).answers.get()
    case = safeguarding.open_case(answer=answer, by=lead, priority=Priority.T1)
    assert run("raw-words", date(2028, 1, 1)) == 0
    assert "not closed" in TABLE["raw-words"].due(date(2028, 1, 1))[0].held_back
    close(case, timezone.now())
    assert run("raw-words", date(2028, 1, 1)) == 1
    with pytest.raises(NotAllowed, match="withdrawn or erased"):
        safeguarding.view_case_texts(case=case, by=lead, reason="To see")


def close(case, moment):
    TriageCase.objects.filter(pk=case.pk).update(
        state=CaseState.CLOSED,
        outcome="front door/MASH",
        sealed_reason=seal_text("Told"),
        sealed_reference=seal_text("A-7"),
        reporting_duty="yes",
        decided_by=case.opened_by,
        closed_at=moment,
    )


def test_an_open_consultation_loses_nothing(home, reader):
    _, version = consultation(home, items=[question("b", "long_text")])
    response(version, texts={"q-b": "Words"}, reader=reader)
    assert actions.erase_everything_due(date(2040, 1, 1)) == []
    assert Answer.objects.exclude(sealed=b"").count() == 1


def test_a_name_left_in_is_still_taken_out_when_the_words_as_written_are_gone(released, reader):
    from consultation.handover import report_released_text

    run("raw-words", date(2028, 1, 1))
    report_released_text(answer=released.pk, by=reader, concern=False)
    released.refresh_from_db()
    assert released.state == AnswerState.NOT_USED
    assert Reading.objects.get().text == ""


# --- redacted text and codes: 3 years ---


@pytest.fixture
def coded(released, closed, person):
    page, version = closed
    officers = person("engagement_officer"), person("engagement_officer")
    text = Text.objects.create(
        id=released.pk, respondent=released.response_id, version=version, question="q-b", language="en",
        audience="parents", text="My worker [WORKER 1] left.",
    )  # fmt: skip
    made = release(page, officers[0], CLOSES)
    theme = Theme.objects.create(codebook=made.codebook_version.codebook, slug="workers")
    for source, who in ((CodeSource.PERSON, {"coder": officers[0]}), (CodeSource.MODEL, {"confidence": 0.5})):
        Code.objects.create(text=text, theme=theme, version=made.codebook_version, source=source, **who)
    CodingStatus.objects.create(text=text, coder=officers[0], version=made.codebook_version, memo="?")
    quote = Quote.objects.create(
        release=made,
        theme=theme,
        source_text=text,
        question="q-b",
        version=version,
        audience="parents",
        text=text.text,
    )
    return quote, officers


def test_redacted_texts_and_codes_go_three_years_after_the_close(coded):
    assert run("texts", date(2029, 1, 30)) == 0
    assert run("texts", date(2029, 1, 31)) == 1
    assert not (Text.objects.exists() or Code.objects.exists() or CodingStatus.objects.exists())
    quote = Quote.objects.get()
    assert (quote.text, quote.erased) == ("", True)


def test_a_quote_that_two_people_approved_for_the_public_stays(coded):
    quote, officers = coded
    quote.public_approved_by.set(officers)
    run("texts", date(2029, 1, 31))
    quote.refresh_from_db()
    assert (quote.text, quote.erased, quote.source_text) == ("My worker [WORKER 1] left.", False, None)
    assert not Text.objects.exists()


def test_a_text_is_not_taken_again_where_its_row_has_to_stay(released, closed):
    from insights.corpus.actions import take_released_texts

    unread = Answer.objects.create(response=released.response, question="q-b", sealed=seal_text("And please help"))
    assert take_released_texts() == 1
    assert {erasure.slug for erasure, _ in actions.erase_everything_due(date(2029, 1, 31))} >= {
        "raw-words",
        "cleared",
        "texts",
    }
    assert Answer.objects.filter(pk=unread.pk).exists() and Reading.objects.get().text == ""
    assert take_released_texts() == 0 and not Text.objects.exists()


def test_peoples_rows_go_with_them_and_the_questionnaire_stays(released, closed):
    issue_words(response=released.response)
    response(closed[1], closed={"a": "1"})
    run("raw-words", date(2029, 1, 30))
    assert run("rows", date(2029, 1, 30)) == 0
    assert run("rows", date(2029, 1, 31)) == 2
    assert not (Response.objects.exists() or Answer.objects.exists() or Reading.objects.exists())
    assert not Receipt.objects.exists()
    assert closed[0].versions.count() == 1


# --- equality rows: aggregated and deleted 90 days after close ---


def test_equality_rows_are_counted_and_then_go_90_days_after_the_close(closed, no_noise):
    page, version = closed
    for number in range(60):
        EqualityRow.objects.create(consultation=page, answers={"e": str(number % 2 + 1)})
    waiting = response(version)
    Response.objects.filter(pk=waiting.pk).update(sealed_equality=seal_text('[{},""]'))
    assert run("equality", CLOSES + timedelta(days=90)) == 0
    assert not EqualityPicture.objects.exists()
    assert run("equality", CLOSES + timedelta(days=91)) == 61
    assert not EqualityRow.objects.exists() and not Response.objects.filter(sealed_equality__isnull=False).exists()
    picture = EqualityPicture.objects.get()
    assert (picture.rows, picture.figures[0]["table"]["base"]) == (60, 60)


def test_rows_that_came_after_todays_picture_are_in_the_last_one(closed):
    page, _ = closed
    EqualityPicture.objects.create(consultation=page, rows=30, made_on=timezone.localdate(), figures=[])
    for number in range(60):
        EqualityRow.objects.create(consultation=page, answers={"e": str(number % 2 + 1)})
    run("equality", CLOSES + timedelta(days=91))
    assert EqualityPicture.objects.get().rows == 60


def test_invitation_codes_go_with_them_and_the_batch_stays(closed):
    batch = CodeBatch.objects.create(consultation=closed[0], label="School", number=3, made_on=CLOSES)
    InvitationCode.objects.bulk_create(InvitationCode(digest=str(n) * 64, batch=batch) for n in range(3))
    assert run("codes", CLOSES + timedelta(days=90)) == 0
    assert run("codes", CLOSES + timedelta(days=91)) == 3
    assert CodeBatch.objects.get() == batch


# --- receipt hashes: 24 months after the close ---


def test_receipts_work_for_two_years_after_the_close(closed):
    sent = response(closed[1], closed={"a": "1"})
    words = issue_words(response=sent)
    assert run("receipts", date(2028, 1, 30)) == 0 and find_response(hash_words(words)) == sent
    assert run("receipts", date(2028, 1, 31)) == 1 and find_response(hash_words(words)) is None
    assert Response.objects.get() == sent


# --- contact requests: 30 days after closed ---


def test_contact_requests_go_30_days_after_they_were_closed(db, person):
    lead = person("safeguarding_lead")
    asked = [safeguarding.request_contact(name="Bee", how="text", when="after four", language="en") for _ in range(2)]
    contacts.claim_contact(contact=asked[0], by=lead)
    contacts.close_contact(contact=asked[0], by=lead, outcome="Helped", today=date(2026, 3, 1))
    assert run("contact", date(2026, 3, 30)) == 0
    assert run("contact", date(2026, 3, 31)) == 1
    assert ContactRequest.objects.get() == asked[1], "an open one stays for as long as it is open"


# --- triage decision record: 6 years ---


def test_records_of_cases_go_six_years_after_they_were_closed(db, person):
    lead = person("safeguarding_lead")
    young, old, still_open = (
        safeguarding.open_case(answer=None, by=lead, priority=Priority.T2, why="w") for _ in range(3)
    )
    close(old, datetime(2026, 3, 15, 12, tzinfo=LONDON))
    close(young, datetime(2026, 4, 1, 0, 30, tzinfo=LONDON))
    assert run("cases", date(2032, 3, 31)) == 0
    assert run("cases", date(2032, 4, 1)) == 1
    assert set(TriageCase.objects.all()) == {young, still_open}
    assert run("cases", date(2032, 5, 1)) == 1
    assert TriageCase.objects.get() == still_open
    told = [entry.data["count"] for entry in AuditEntry.objects.filter(verb="retention run")]
    assert told == ["number not told"] * 2, "how many cases there are is told to nobody"


# --- words taken back unread ---


def test_words_taken_back_go_after_a_lead_has_read_them_and_never_unread(db, person):
    lead = person("safeguarding_lead")
    due = datetime(2026, 11, 17, 17, tzinfo=LONDON)
    unread, read = (
        WithdrawnText.objects.create(sealed=seal_text(words), question="Q?", language="en", due=due) for words in "ab"
    )
    withdrawn.read_withdrawn_text(withdrawn=read, by=lead, now=due - timedelta(hours=3))
    assert run("withdrawn-words", date(2026, 11, 17)) == 0
    assert run("withdrawn-words", date(2026, 11, 18)) == 1
    assert WithdrawnText.objects.get() == unread


def test_words_that_were_opened_late_are_not_erased_while_a_lead_decides(db, person):
    """Retention erased by the day on which they should have been read, an hour after they were."""
    due = datetime(2026, 11, 17, 17, tzinfo=LONDON)
    late = WithdrawnText.objects.create(sealed=seal_text("a"), question="Q?", language="en", due=due)
    withdrawn.read_withdrawn_text(withdrawn=late, by=person("safeguarding_lead"), now=due + timedelta(days=2))
    assert run("withdrawn-words", date(2026, 11, 19)) == 0
    assert run("withdrawn-words", late.keep_until.date() + timedelta(days=1)) == 1


# --- what all have in common ---


def test_each_run_is_in_the_audit_log_and_tells_no_exact_number(closed, released):
    assert run("raw-words", date(2028, 1, 1)) == 1
    entry = AuditEntry.objects.get(verb="retention run")
    assert entry.data == {"erased": "raw-words", "count": "fewer than 10"}
    assert (entry.object_type, entry.object_id) == ("consultationpage", str(closed[0].pk))


def test_models_that_learned_from_words_hear_that_they_are_gone(released):
    heard = []

    def hear(reason, count, **kwargs):
        heard.append((reason, count))

    words_erased.connect(hear)
    try:
        run("raw-words", date(2028, 1, 1))
    finally:
        words_erased.disconnect(hear)
    assert heard == [("raw-words", 1)]


def test_a_run_that_was_cut_short_is_taken_up_by_the_next(closed, reader, monkeypatch):
    monkeypatch.setattr("consultation.audit.erasure_types.ERASURE_BATCH", 2)
    for number in range(5):
        response(closed[1], texts={"q-b": f"Words {number}"}, reader=reader)
    erasure = TABLE["raw-words"]
    [group] = erasure.due(date(2028, 1, 1))
    assert erasure._erase_some(group) == 2
    assert run("raw-words", date(2028, 1, 1)) == 3
    assert not Answer.objects.exclude(sealed=b"").exists()


def test_a_dry_run_changes_nothing(closed, released):
    before = [bytes(sealed) for sealed in Answer.objects.values_list("sealed", flat=True)]
    lines = actions.preview_erasures(date(2040, 1, 1))
    assert {line.erasure.slug for line in lines if line.due} == {"raw-words", "cleared", "rows"}
    assert [bytes(sealed) for sealed in Answer.objects.values_list("sealed", flat=True)] == before
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("how", ["wagtail.unpublish", "wagtail.unpublish.scheduled"])
def test_a_consultation_that_was_taken_down_closed_on_that_day(home, how):
    page, _ = consultation(home, items=[question("a", options=["Yes"])])
    assert find_closing_day(page) is None
    page.last_published_at = timezone.now() - timedelta(days=90)
    page.save()
    page.unpublish(log_action=how)
    page.refresh_from_db()
    assert find_closing_day(page) == timezone.localdate()


def test_a_consultation_that_was_stopped_closed_on_the_day_of_the_stop(home, person):
    """A stop sets the last day to the day before, so every period that counts from the close began a day early."""
    today = timezone.localdate()
    dates = {"opens": today - timedelta(days=3), "closes": today + timedelta(days=9)}
    page, _ = consultation(home, items=[question("a", options=["Yes"])], **dates)
    assert find_closing_day(page) == dates["closes"]
    close_survey(page=page, by=person("engagement_officer"), reason="Too many.")
    page.refresh_from_db()
    assert page.closes == today - timedelta(days=1) and find_closing_day(page) == today
