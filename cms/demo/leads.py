"""The leads' rooms in the demo: a rota with a gap, requests to be contacted in each state, words that were taken back."""

from datetime import timedelta

from consultation.answering.withdrawal import withdraw
from consultation.responses.models import Answer
from consultation.safeguarding.actions import request_contact
from consultation.safeguarding.contacts import actions as contacts
from consultation.safeguarding.duty import actions as duty
from consultation.safeguarding.duty import rota

# Who asked, and what the leads did: (name, a safe way, a safe time, what not to say, what about, steps).
ASKED = (
    ("Sam", "A text to 07700 900123", "After four, not on Fridays", "Not who you are",
     "I would like to talk to someone about school.", ()),
    ("Ali", "A call to my gran, 01632 960001", "In the morning", "", "", ("claim",)),
    ("Jo", "An e-mail to jo@example.org", "Any day", "Not my surname", "", ("claim", "tried")),
    ("Mina", "A text to 07700 900456", "Lunch time", "", "Someone to ask about a club.", ("claim", "reached")),
    ("Kit", "A text to 07700 900789", "After six", "", "", ("claim", "reached", "close")),
)  # fmt: skip
GAP = 9  # days from now


def set_up(staff, today):
    fill_rota(staff, today)
    for asked in ASKED:
        ask(staff, *asked)
    take_back()


def fill_rota(staff, today):
    """Two leads in turn for nine weeks."""
    leads = (staff["lead1"].pk, staff["lead2"].pk)
    days = [each.day for each in rota.duties(today - timedelta(days=today.weekday()), 63) if each.works]
    people = {day: leads if day.isocalendar().week % 2 else leads[::-1] for day in days}
    duty.set_rota(by=staff["lead1"], people=people)


def leave_gap(staff, today):
    """One day that nobody has any more."""
    gap = next(each.day for each in rota.duties(today + timedelta(days=GAP), 21) if each.works)
    duty.set_rota(by=staff["lead1"], people={gap: (None, None)})


def ask(staff, name, how, when, not_say, message, steps):
    lead = staff["lead1"]
    made = request_contact(name=name, how=how, when=when, not_say=not_say, message=message, language="en")
    if "claim" in steps:
        contacts.claim_contact(contact=made, by=lead)
    if "tried" in steps:
        contacts.tried_contact(contact=made, by=lead, note="Wrote at ten. No answer yet.")
    if "reached" in steps:
        contacts.reached_contact(contact=made, by=lead, note="We spoke. Nothing more is wanted today.")
    if "close" in steps:
        contacts.close_contact(contact=made, by=lead, outcome="Knows whom to ask. No more calls wanted.")


def take_back():
    """One person takes their answers back before anyone has read them."""
    answer = Answer.objects.unread().filter(screening__flagged=True, response__counted=False).order_by("pk").first()
    if answer is not None:
        withdraw(response=answer.response)
