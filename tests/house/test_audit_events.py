"""Each event of domain/controls.yaml (audit_events) is written to the audit log by a verb of the code."""

import ast
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from consultation.audit.models import AuditEntry, WaitingEvent
from consultation.surveys.closing.actions import close_survey
from tests.domain_tables import CONTROLS
from tests.factories import agency, consultation, question
from tests.insights.publishing.record_kinds import KINDS

ROOT = Path(settings.BASE_DIR)

# Each event, and the verbs under which it stands in the log.
EVENTS = {
    "login ok/fail": ["signed in", "sign-in failed"],
    "MFA change": ["second factor added", "second factor removed", "second factor made anew"],
    "role change": [
        "role asked for",
        "role given",
        "role refused",
        "role request lapsed",
        "role suspended",
        "role taken",
    ],
    "consultation published/closed": ["consultation published", "consultation closed"],
    "ISA added/confirmed/ended": ["ISA added", "ISA confirmed", "ISA ended"],
    "API token made/confirmed/revoked": ["API token made", "API token confirmed", "API token revoked"],
    "release tied to an agreement": ["release tied to an agreement"],
    "raw text viewed": ["raw text viewed", "raw texts viewed together"],
    "triage viewed/claimed/transition": ["triage viewed", "triage claimed", "triage transition"],
    "triage searched/linked": ["triage searched", "triage linked", "triage unlinked"],
    "triage category set": ["triage category set"],
    "triage place noted/removed": ["triage place noted", "triage place removed"],
    "agency reach confirmed/refused": ["agency reach confirmed", "agency reach refused"],
    "agency added/changed": ["agency added", "agency changed", "agency of a person changed"],
    "contact request viewed": ["contact request viewed"],
    "mailbox claimed/viewed/answered/closed": [
        "mailbox claimed",
        "mailbox viewed",
        "mailbox answered",
        "mailbox closed",
    ],  # fmt: skip
    "redaction changed": ["redaction changed"],
    "copied texts counted in/held again": ["copied texts counted in", "copied texts held again"],
    "quote approved": ["quote approved", "quote approval taken back"],
    "report viewed by partner": ["report viewed by partner"],
    "export made (hash, rows, SDC version)": ["export made"],
    "codebook version": ["codebook version drafted", "codebook version approved"],
    "help entry changed/checked": ["help entry added", "help entry changed or checked", "help entry removed"],
    "help number entered/confirmed/refused": ["help number entered", "help number confirmed", "help number refused"],
    "decision published/changed": ["decision recorded", "decision published/changed"],
    "panel round begun/ended/told/agreed/taken back, words cleared/left out/passed on": [
        "panel round begun",
        "panel round ended",
        "panel round told",
        "panel round agreed",
        "panel round taken back",
        "panel words cleared",
        "panel words left out",
        "panel words passed on",
    ],
    "commitment written/published/retired": ["commitment written", "commitment published", "commitment retired"],
    "commitment note written/published/taken back": [
        "commitment progress noted",
        "commitment note published",
        "commitment note taken back",
    ],
    "offer of a group taken/declined": ["offer of a group taken", "offer of a group declined"],
    "contact of a group opened": ["contact of a group opened"],
    "retention run": ["retention run"],
    "withdrawal": ["answers withdrawn", "words erased"],
    "suppression setting changed": ["suppression setting changed"],
    "larger groups declared": ["larger groups declared"],
    "Lundy gate overridden": ["participation gate overridden", "override taken back"],
    "break-glass access": [
        "break-glass access",
        "break-glass search",
        "break-glass words seen",
        "break-glass case opened",
        "break-glass access given back",
        "break-glass access reviewed",
    ],  # fmt: skip
}


@cache
def verbs():
    """All string literals of the product's code; each verb is one of them, or the name of a lifecycle and an act of it."""
    found, acts = set(), {end for kind in KINDS for end in (kind.lifecycle.begins, kind.lifecycle.written)}
    for app in ("cms", "consultation", "insights"):
        for path in (ROOT / app).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    found.add(node.value)
                if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "record" and node.args:
                    acts.add(getattr(node.args[0], "value", ""))
    return found | {f"{kind.lifecycle.name} {act}" for kind in KINDS for act in acts}


def test_the_list_is_the_one_that_was_agreed():
    assert set(CONTROLS["audit_events"]) == set(EVENTS)


@pytest.mark.parametrize(("event", "expected"), EVENTS.items())
def test_a_verb_writes_it(event, expected):
    assert set(expected) - verbs() == set(), event


def last(verb):
    return AuditEntry.objects.filter(verb=verb).order_by("-seq").first()


@pytest.mark.django_db
def test_a_partner_who_looks_at_a_report_is_in_the_log_and_a_planner_is_not(client_as, person, home):
    from tests.cms.operations.retention.test_erasures import release

    page, _ = consultation(home, items=[question("a", options=["Yes", "No"])])
    shown = release(page, person("engagement_officer"), page.first_published_at.date())
    url = reverse("insights:report", args=[shown.pk])
    assert client_as("planner").get(url).status_code == 200
    assert last("report viewed by partner") is None
    partner = client_as("partner_viewer")
    assert partner.get(url).status_code == 200
    entry = last("report viewed by partner")
    assert (entry.actor, entry.object_type, entry.object_id) == (str(partner.user.pk), "release", str(shown.pk))


@pytest.mark.django_db
def test_an_agreement_that_administrators_add_confirm_and_end_is_in_the_log(client_as):
    administrator = client_as("administrator")
    said = {"agency": agency("Riverside").pk, "starts": "2026-01-01", "ends": "2099-01-01", "reference": "A-7"}
    administrator.post(reverse("people:agreements"), said)
    added = last("ISA added")
    another = client_as("administrator")
    another.post(reverse("people:confirm-agreement", args=[added.object_id]))
    confirmed = last("ISA confirmed")
    administrator.post(reverse("people:end-agreement", args=[added.object_id]))
    ended = last("ISA ended")
    assert (added.actor, added.object_type) == (str(administrator.user.pk), "agreement")
    assert (confirmed.actor, confirmed.object_id) == (str(another.user.pk), added.object_id)
    assert (ended.actor, ended.object_id) == (added.actor, added.object_id)


@pytest.mark.django_db
def test_a_consultation_that_is_taken_down_is_in_the_log(home, person):
    page, _ = consultation(home, items=[question("a", options=["Yes", "No"])])
    officer = person("engagement_officer")
    close_survey(page=page, by=officer, reason="It was asked in the wrong schools.")
    page.refresh_from_db()
    page.unpublish(user=officer)
    assert (last("consultation closed").object_id, last("consultation closed").actor) == (
        str(page.pk),
        str(officer.pk),
    )


@pytest.mark.django_db
def test_an_administrator_made_from_the_command_line_is_break_glass_once_there_are_others(home, capsys):
    from django.core.management import call_command

    call_command("create_administrator", "first@example.org")
    assert last("break-glass access") is None, "the first one opens the house"
    call_command("create_administrator", "second@example.org")
    assert last("break-glass access").object_type == "user"


@pytest.mark.django_db
def test_other_rules_of_disclosure_control_than_last_time_are_in_the_log(person, home):
    from insights.releases.actions import record_rule_changes
    from tests.cms.operations.retention.test_erasures import release

    page, _ = consultation(home, items=[question("a", options=["Yes", "No"])])
    officer = person("engagement_officer")
    before = release(page, officer, page.first_published_at.date(), rules={"threshold": 10})
    record_rule_changes({"threshold": 10}, by=officer)
    assert last("suppression setting changed") is None
    record_rule_changes({"threshold": 5}, by=officer)
    assert last("suppression setting changed").data == {"release": before.pk, "changed": ["threshold"]}


@pytest.mark.django_db
def test_nobody_writes_an_event_of_today_that_a_respondent_caused_into_the_log(home):
    from consultation.channels.web.withdrawal import withdraw_response
    from tests.factories import response

    _, version = consultation(home, items=[question("a", options=["Yes", "No"])])
    sent = response(version, closed={"a": "1"})
    withdraw_response(response=sent)
    assert last("answers withdrawn") is None
    waiting = WaitingEvent.objects.get()
    assert str(sent.pk) not in repr(waiting.__dict__)
