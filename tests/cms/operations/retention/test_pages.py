from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from cms.operations.retention import actions
from consultation.audit.audit_log import record_event
from consultation.audit.erasure_types import RETENTION_RUN
from consultation.responses.models import Answer
from tests.factories import consultation, question, response

REPORT = reverse("retention")
LONG_AGO = date(2024, 1, 31)


def page_of(client, **query):
    reply = client.get(REPORT, query)
    assert reply.status_code == 200
    return reply.content.decode()


def test_before_there_is_anything_it_says_so(auditor):
    page = page_of(auditor)
    assert "Nothing has to go today." in page
    assert "Nothing has been erased by retention yet." in page
    assert "never stored" in page and "The oldest entries" not in page.split("Line by line")[0]


@pytest.fixture
def old(home, person):
    page, version = consultation(home, items=[question("b", "long_text")], closes=LONG_AGO)
    response(version, texts={"q-b": "Secret words"}, reader=person("moderator"))
    return page, version


def test_what_would_go_since_when_and_why(auditor, old):
    page = page_of(auditor)
    assert "Parks" in page and "31 January 2025" in page and "fewer than 10" in page
    assert "nobody needs the names that were in them" in page
    assert "Secret words" not in page


def test_what_waits_is_at_the_top(auditor, old):
    response(old[1], texts={"q-b": "Unread"})
    page = page_of(auditor)
    assert "They must be read first." in page.split("On the next run")[0]


def test_what_went(auditor, old):
    actions.erase_everything_due()
    page = page_of(auditor).split("<h2>What went</h2>")[1]
    assert "Words as they were written" in page and "Parks" in page and timezone.localdate().isoformat() in page


def test_what_went_comes_in_pages(auditor):
    for _ in range(30):
        record_event(RETENTION_RUN, erased="receipts", count="fewer than 10")
    assert len(auditor.get(REPORT).context["went"]) == 25
    assert len(auditor.get(REPORT, {"page": 2}).context["went"]) == 5
    assert auditor.get(REPORT, {"page": "none"}).status_code == 200


def test_the_way_from_the_audit_log_and_back(auditor):
    assert REPORT in auditor.get(reverse("audit:log")).content.decode()
    assert reverse("audit:log") in page_of(auditor)


def said(*arguments, **options):
    out, err = StringIO(), StringIO()
    call_command("retention", *arguments, stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def test_the_command_says_first_and_erases_then(old):
    out, _ = said("--dry-run")
    assert "Parks: fewer than 10 would go, due on 2025-01-31" in out
    assert Answer.objects.exclude(sealed=b"").exists()
    out, _ = said()
    assert "Parks: fewer than 10" in out and "in the audit log" in out
    assert not Answer.objects.exclude(sealed=b"").exists()
    assert "Nothing had to go." in said()[0]


def test_the_dry_run_looks_at_any_day(home):
    consultation(home, items=[question("b", "long_text")], closes=date(2030, 1, 31))
    assert "would go" not in said("--dry-run", "--on", "2031-01-30")[0]


def test_the_command_warns_of_what_waits(old):
    response(old[1], texts={"q-b": "Unread"})
    assert "must be read first" in said()[1]
