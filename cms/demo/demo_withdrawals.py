"""A withdrawn answer and an erased contact request in the demo, as content for their pages."""

from datetime import timedelta

from cms.operations.retention import actions as retention
from consultation.audit.audit_log import append_waiting_events
from consultation.channels.web.withdrawal import withdraw_response
from consultation.responses.submission import submit_response
from consultation.safeguarding.actions import request_contact
from consultation.safeguarding.contact_requests import actions as contacts

NONCE = b"a demo change of mind"


def withdraw_and_erase(page, staff, today):
    """A respondent withdraws; retention erases a contact request that was closed long ago."""
    version = page.versions.order_by("-number").first()
    sent = submit_response(
        version=version, nonce=NONCE, language="en", closed={}, texts={}, day=today - timedelta(days=2)
    )
    withdraw_response(response=sent.response)
    append_waiting_events(today + timedelta(days=1))
    asked = request_contact(name="Kit", how="A text", when="At lunch", language="en")
    contacts.claim_contact(contact=asked, by=staff["lead1"])
    closed_on = today - timedelta(days=40)
    contacts.close_contact(contact=asked, by=staff["lead1"], outcome="Spoke twice. Fine now.", today=closed_on)
    retention.erase_everything_due()
