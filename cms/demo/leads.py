"""The safeguarding leads' work in the demo: a rota with a gap, contact requests in each state, a withdrawn text,
and two uses of emergency access, one reviewed and one not."""

from datetime import timedelta

from django.utils import timezone

from consultation.answering.withdrawal import withdraw
from consultation.reading.emergency import actions as emergency
from consultation.reading.emergency.answers import reached
from consultation.responses.models import Answer
from consultation.safeguarding.actions import request_contact
from consultation.safeguarding.contacts import actions as contacts
from consultation.safeguarding.duty import actions as duty
from consultation.safeguarding.duty import rota
from consultation.safeguarding.emergency import actions as glass

# (name, safe way, safe time, what not to say, message, the lead's steps)
ASKED = (
    ("Sam", "A text to 07700 900123", "After four, not on Fridays", "Not who you are",
     "I would like to talk to someone about school.", ()),
    ("Ali", "A call to my gran, 01632 960001", "In the morning", "", "", ("claim",)),
    ("Jo", "An e-mail to jo@example.org", "Any day", "Not my surname", "", ("claim", "tried")),
    ("Mina", "A text to 07700 900456", "Lunch time", "", "Someone to ask about a club.", ("claim", "reached")),
    ("Kit", "A text to 07700 900789", "After six", "", "", ("claim", "reached", "close")),
)  # fmt: skip
GAP = 9  # days from now


def set_up(page, staff, today):
    fill_rota(staff, today)
    for asked in ASKED:
        ask(staff, *asked)
    take_back()
    break_the_glass(page, staff)


def fill_rota(staff, today):
    """Two leads take turns for nine weeks."""
    leads = (staff["lead1"].pk, staff["lead2"].pk)
    days = [each.day for each in rota.duties(today - timedelta(days=today.weekday()), 63) if each.works]
    people = {day: leads if day.isocalendar().week % 2 else leads[::-1] for day in days}
    duty.set_rota(by=staff["lead1"], people=people)


def leave_gap(staff, today):
    """One working day of the rota loses its leads."""
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
    """A respondent withdraws their answers before anyone has read them."""
    answer = Answer.objects.unread().filter(screening__flagged=True, response__counted=False).order_by("pk").first()
    if answer is not None:
        withdraw(response=answer.response)


def break_the_glass(page, staff):
    """Two uses of emergency access: one reviewed by a colleague, one of today still to be reviewed."""
    lead, colleague, now = staff["lead1"], staff["lead2"], timezone.now()
    reason = "A school rang at 17:40: a pupil told a friend that she wrote to us, and has not come home."
    first = _look(page, lead, "home", reason, now - timedelta(days=6))
    found = "It was right: no reader was on, and the answer was found in four minutes. She was at her aunt's."
    glass.review(access=first, by=colleague, verdict="right", note=found, now=now - timedelta(days=5))
    reason = "The police asked whether a missing boy wrote to us about the bus station."
    _look(page, colleague, "bus", reason, now - timedelta(hours=3))


def _look(page, lead, words, reason, then):
    """Open the access, search, see one answer, and return the access."""
    access = glass.open_access(consultation=page, by=lead, reason=reason, now=then)
    emergency.find(access=access, by=lead, words=words, now=then)
    answer = reached(access, lead).filter(case__isnull=True).first()
    if answer is not None:
        emergency.see(access=access, answer=answer, by=lead, now=then)
    glass.give_back(access=access, by=lead, now=then + timedelta(minutes=9))
    return access
