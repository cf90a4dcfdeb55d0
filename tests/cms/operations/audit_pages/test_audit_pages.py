import csv
import io
import re

from django.apps import apps
from django.urls import reverse

from cms.accounts.models import PasswordLinkRequest
from cms.operations.audit_pages.views import WORDS_OF_MODELS
from consultation.audit.audit_log import record_event
from consultation.audit.models import AuditEntry
from consultation.safeguarding.models import TriageCase
from tests.consultation.audit.test_hash_chain import forge

LOG, CSV = reverse("audit:log"), reverse("audit:export")


def test_entries_with_names_of_staff(auditor, person):
    record_event("raw text viewed", by=person("moderator", email="reader@staff.test"), answers=3)
    page = auditor.get(LOG).content.decode()
    assert "raw text viewed" in page and "reader@staff.test" in page and "answers=3" in page


def test_what_something_was_done_to_is_said_in_words(auditor, person):
    record_event("triage claimed", obj=TriageCase(pk=41))
    record_event("second factor failed", obj=person("moderator"))
    record_event("export made", obj=PasswordLinkRequest(pk=42))
    AuditEntry.objects.append(day="2026-01-01", verb="tested", object_type="modelthatwas", object_id="43")
    cells = re.findall(r"<td>([^<>]*)<code>(\d+)</code></td>", auditor.get(LOG).content.decode())
    assert {words.strip() for words, _ in cells} == {"case", "user", "password link request", "modelthatwas"}
    assert WORDS_OF_MODELS.keys() <= {model._meta.model_name for model in apps.get_models()}, "each model is there"


def test_filters(auditor, person):
    reader = person("moderator", email="reader@staff.test")
    record_event("raw text viewed", by=reader)
    record_event("triage claimed")

    def verbs(**query):
        return [
            row["entry"].verb for row in auditor.get(LOG, query).context["rows"] if "login" not in row["entry"].verb
        ]

    assert verbs(verb="triage") == ["triage claimed"]
    assert verbs(actor="reader@") == ["raw text viewed"]
    assert verbs(actor=str(reader.pk)) == ["raw text viewed"]
    assert verbs(object_id="nothing") == []
    assert verbs(until="2000-01-01") == []
    assert "raw text viewed" in verbs(since="2000-01-01")
    assert verbs(since="not a day") == []


def test_paging(auditor):
    for number in range(60):
        record_event("tested", number=number)
    first, second = auditor.get(LOG), auditor.get(LOG, {"page": 2})
    assert len(first.context["rows"]) == 50
    assert first.context["rows"][0]["entry"].seq > second.context["rows"][0]["entry"].seq


def test_checking_the_chain(auditor):
    record_event("tested")
    assert b"The chain is whole" in auditor.get(LOG, {"check": "1"}).content


def test_a_broken_chain_is_told_entry_by_entry_with_what_to_do(auditor):
    for _ in range(3):
        record_event("tested")
    forge("UPDATE consultation_auditentry SET verb = 'other' WHERE seq = 1")
    page = auditor.get(LOG, {"check": "1"}).content.decode()
    assert "The log is not whole" in page and "Entry 1: its content was changed." in page
    assert "The chain is whole" not in page


def test_what_can_be_looked_for_is_offered(auditor):
    record_event("raw text viewed")
    assert '<option value="raw text viewed">' in auditor.get(LOG).content.decode()


def test_an_empty_result_leads_back_to_all(auditor):
    page = auditor.get(LOG, {"verb": "nothing like it"}).content.decode()
    assert "No entry fits." in page and f'href="{LOG}"' in page


def test_the_csv_is_safe_for_a_spreadsheet_and_is_logged_itself(auditor):
    record_event("=1+1", note="x")
    reply = auditor.get(CSV)
    rows = list(csv.DictReader(io.StringIO(b"".join(reply.streaming_content).decode())))
    assert any(row["verb"] == "'=1+1" for row in rows)
    assert AuditEntry.objects.filter(verb="export made", actor=str(auditor.user.pk)).exists()
    assert "attachment" in reply["Content-Disposition"]
