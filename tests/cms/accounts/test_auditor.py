"""The auditor sees the whole log and whether its chain is whole."""

import csv
import io

from cms.accounts import actions
from consultation.audit.models import AuditEntry


def test_the_log_shows_who_did_what_newest_first(client_as, person):
    ada = person("administrator")
    actions.create_staff(email="sam@staff.test", name="Sam", roles=["planner"], by=ada)
    page = client_as("auditor").get("/staff/audit/").content.decode()
    assert page.index("<td>role given</td>") < page.index("<td>account made</td>")
    assert str(ada) in page
    assert "The chain is whole" in page


def test_the_log_can_be_narrowed(client_as, person):
    actions.create_staff(email="sam@staff.test", name="Sam", roles=["planner"], by=person("administrator"))
    page = client_as("auditor").get("/staff/audit/?verb=account+made").content.decode()
    assert "role=planner" not in page


def test_the_download_has_every_entry_and_is_one_itself(client_as, person):
    actions.create_staff(email="sam@staff.test", name="Sam", roles=["planner"], by=person("administrator"))
    client = client_as("auditor")
    rows = list(csv.DictReader(io.StringIO(client.get("/staff/audit/export/").content.decode())))
    assert [row["verb"] for row in rows] == ["account made", "role given"]
    assert rows[1]["prev"] == rows[0]["hash"]
    assert rows[1]["data"] == '{"role":"planner","second":""}'
    assert AuditEntry.objects.latest("seq").data == {"rows": 2, "filtered_by": []}


def test_a_broken_chain_is_shown(client_as, person, monkeypatch):
    monkeypatch.setattr(
        "consultation.audit.models.ChainQuerySet.first_break", lambda self: (3, "its content was changed")
    )
    page = client_as("auditor").get("/staff/audit/").content.decode()
    assert "The chain is broken at entry 3: its content was changed." in page


def test_pages_of_the_log_ask_the_database_a_bounded_number_of_times(client_as, person, django_assert_max_num_queries):
    ada, client = person("administrator"), client_as("auditor")
    for number in range(5):
        actions.create_staff(email=f"sam{number}@staff.test", name="Sam", by=ada)
    with django_assert_max_num_queries(14):
        client.get("/staff/audit/")
