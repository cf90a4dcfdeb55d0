"""An auditor of an accused agency sees of a hidden case's entries that they are there, and the chain verifies (D7)."""

import csv
import io

import pytest
from django.urls import reverse

from cms.operations.audit_pages.restricted_entries import RESTRICTED
from consultation.audit.models import AuditEntry
from consultation.safeguarding import actions
from tests import factories
from tests.consultation.safeguarding.conftest import answer, new_answer, opened  # noqa: F401

LOG, CSV = reverse("audit:log"), reverse("audit:export")


@pytest.fixture
def hidden(answer, reader, person):  # noqa: F811
    """A case hidden from the Youth Trust, with entries from before and after the hiding."""
    lead = factories.join_agency(person("safeguarding_lead"), "Council")
    case = opened(answer, reader)
    actions.claim_case(case=case, by=lead)
    actions.view_case_texts(case=case, by=lead, reason="To decide.")
    actions.hide_from_agency(case=case, by=lead, agency=factories.agency("Youth Trust"), why="A worker there.")
    return case


def auditor_of(client_as, agency):
    client = client_as("auditor")
    factories.join_agency(client.user, agency)
    return client


@pytest.mark.each_on_postgresql
@pytest.mark.parametrize(("agency", "sees"), [("Council", True), ("youth-trust", False), ("", False)])
def test_entries_of_a_hidden_case_are_restricted_for_that_agency(client_as, hidden, agency, sees):
    auditor, key, answer_key = auditor_of(client_as, agency), str(hidden.pk), str(hidden.answer_id)
    about = AuditEntry.objects.filter(object_id=key).count()
    page = auditor.get(LOG).content.decode()
    rows = csv.DictReader(io.StringIO(b"".join(auditor.get(CSV).streaming_content).decode()))
    table = {int(row["seq"]): row for row in rows}
    assert (key in page) is (answer_key in page) is sees
    assert page.count(RESTRICTED) == (0 if sees else about)
    assert [row["hash"] for row in table.values()][::-1] == list(
        AuditEntry.objects.order_by("seq").values_list("hash", flat=True)[: len(table)]
    )
    for entry in AuditEntry.objects.filter(object_id=key):
        row = table[entry.seq]
        if sees:
            assert row["verb"] == entry.verb
        else:
            assert (row["verb"], row["day"], row["actor"], row["object_id"]) == (RESTRICTED, "", "", "")
    assert "The chain is whole" in auditor.get(LOG, {"check": "1"}).content.decode()


def test_no_filter_tells_what_a_restricted_entry_holds(client_as, hidden):
    auditor = auditor_of(client_as, "Youth Trust")
    for query in ({"verb": "triage"}, {"verb": RESTRICTED}, {"object_id": str(hidden.pk)}):
        assert auditor.get(LOG, query).context["rows"] == []
    by_actor = auditor.get(LOG, {"actor": str(hidden.claimed_by_id)}).context["rows"]
    assert not [row for row in by_actor if row["entry"].object_id == str(hidden.pk)]
    assert "triage hidden from an agency" not in auditor.get(LOG).content.decode()


def test_entries_about_an_answer_that_is_gone_stay_restricted(client_as, hidden):
    key = str(hidden.answer_id)
    hidden.answer.delete()
    assert key not in auditor_of(client_as, "Youth Trust").get(LOG).content.decode()
