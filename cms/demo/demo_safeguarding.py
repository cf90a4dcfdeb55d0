"""The safeguarding leads' work in the demo: a rota with a gap, contact requests in each state, mailboxes, a
withdrawn text, a closed item that another lead looked at again, and two uses of emergency access, one reviewed and one
not; readers, an extended last day and short links."""

from datetime import timedelta

from django.utils import timezone

from cms.operations.retention import actions as retention
from consultation.audit.audit_log import append_waiting_events
from consultation.channels.promotion.promotion_texts import promotion_channels_for
from consultation.channels.short_links import actions as links
from consultation.channels.web.withdrawal import withdraw_response
from consultation.emergency_access import actions as emergency
from consultation.emergency_access.reachable_answers import list_reachable_answers
from consultation.reading.staffing.actions import name_readers
from consultation.respondent_pages.four_words import hash_words
from consultation.responses.models import Answer
from consultation.responses.submission import submit_response
from consultation.safeguarding import actions as safeguarding
from consultation.safeguarding.actions import request_contact
from consultation.safeguarding.case_sample.actions import draw_dismissed_cases, record_sample_result
from consultation.safeguarding.contact_requests import actions as contacts
from consultation.safeguarding.duty_rota import actions as duty
from consultation.safeguarding.duty_rota import lead_rota
from consultation.safeguarding.mailbox import actions as mailboxes
from consultation.safeguarding.models import CaseState
from consultation.surveys.schedule.actions import move_last_day

# (name, the way and where it leads, safe days and times, what not to say, message, the lead's steps)
ASKED = (
    ("Sam", "text", "07700 900123", ("0", "1", "2", "3"), ("after",), "Not who you are",
     "I would like to talk to someone about school.", ()),
    ("Ali", "call", "My gran, 01632 960001", (), ("morning",), "", "", ("claim",)),
    ("Jo", "email", "jo@example.org", (), (), "Not my surname", "", ("claim", "tried")),
    ("Mina", "text", "07700 900456", ("1",), ("lunch",), "", "Someone to ask about a club.", ("claim", "reached")),
    ("Kit", "text", "07700 900789", (), ("after",), "", "", ("claim", "reached", "close")),
)  # fmt: skip
# (what a child without a safe phone wrote, the lead's steps)
MAILBOXES = (
    ("I would like to know whom I can talk to about home.", ()),
    ("Is the club on Fridays for me, too?", ("claim", "answer")),
    ("Thank you, I only wanted to ask.", ("claim", "close")),
)
GAP = 9  # days from now


def load_safeguarding_work(page, staff, today):
    leads = (staff["lead1"].pk, staff["lead2"].pk)  # they take turns for nine weeks
    days = [each.day for each in lead_rota.list_duties(today - timedelta(days=today.weekday()), 63) if each.works]
    people = {day: leads if day.isocalendar().week % 2 else leads[::-1] for day in days}
    duty.set_rota(by=staff["lead1"], people=people)
    for asked in ASKED:
        handle_contact_request(staff, *asked)
    for number, (text, steps) in enumerate(MAILBOXES):
        handle_mailbox(staff, number, text, steps)
    unread = Answer.objects.unread().filter(screening__isnull=False, response__counted=None).order_by("pk")
    answer = next((each for each in unread.select_related("screening") if each.screening.flagged), None)
    if answer is not None:  # a respondent withdraws before anyone has read their answers
        withdraw_response(response=answer.response)
    look_at_closed_item_again(staff, today)
    use_emergency_access(page, staff)


def leave_rota_gap(staff, today):
    """One working day of the rota loses its leads."""
    gap = next(each.day for each in lead_rota.list_duties(today + timedelta(days=GAP), 21) if each.works)
    duty.set_rota(by=staff["lead1"], people={gap: (None, None)})


def handle_contact_request(staff, name, way, how, days, times, not_say, message, steps):
    lead = staff["lead1"]
    choices = {"way": way, "about": ("talk",), "days": days, "times": times, "age": "14-15"}
    made = request_contact(
        name=name, how=how, when="", not_say=not_say, message=message, choices=choices, language="en"
    )
    if "claim" in steps:
        contacts.claim_contact(contact=made, by=lead)
    if "tried" in steps:
        contacts.record_contact_attempt(contact=made, by=lead, note="Wrote at ten. No answer yet.")
    if "reached" in steps:
        contacts.record_contact_reached(contact=made, by=lead, note="We spoke. Nothing more is wanted today.")
    if "close" in steps:
        contacts.close_contact(contact=made, by=lead, outcome="Knows whom to ask. No more calls wanted.")


def handle_mailbox(staff, number, text, steps):
    lead = staff["lead1"]
    words = mailboxes.open_mailbox(seed=f"demo {number}".encode(), text=text, language="en")
    made = mailboxes.find_mailbox(hash_words(words))
    if "claim" in steps:
        mailboxes.claim_mailbox(mailbox=made, by=lead)
    if "answer" in steps:
        mailboxes.write_as_lead(mailbox=made, by=lead, text="Thank you for writing. Yes, it is.", seen=1)
    if "close" in steps:
        mailboxes.close_mailbox(mailbox=made, by=lead, reason="We are glad that you asked. Write anew.", seen=1)


def look_at_closed_item_again(staff, today):
    """One lead closed it last week without a referral; it was drawn, and the other finds that rightly so."""
    lead, colleague, then = staff["lead1"], staff["lead2"], timezone.now() - timedelta(days=7)
    why = "A rumour in a waiting room: somebody there may know more."
    case = safeguarding.open_case(answer=None, by=staff["reader1"], priority="T2", why=why, now=then)
    safeguarding.claim_case(case=case, by=lead, now=then)
    said = "I asked at the desk. Nobody can be found."
    safeguarding.move_case(case=case, by=lead, to=CaseState.LEARNING_ONLY, reason=said, now=then)
    safeguarding.close_case(
        case=case, by=lead, outcome="nobody can be identified", reason=said, reporting_duty="no", now=then
    )
    draw_dismissed_cases(today)
    record_sample_result(case=case, by=colleague, result="fine", note="I asked there, too. It was rightly closed.")


def use_emergency_access(page, staff):
    """Two uses of emergency access: one reviewed by a colleague, one of today still to be reviewed."""
    lead, colleague, now = staff["lead1"], staff["lead2"], timezone.now()
    reason = "A school rang at 17:40: a pupil told a friend that she wrote to us, and has not come home."
    first = _search_and_return_access(page, lead, "home", reason, now - timedelta(days=6))
    found = "It was right: no reader was on, and the answer was found in four minutes. She was at her aunt's."
    emergency.review_emergency_access(
        access=first, by=colleague, verdict="right", note=found, now=now - timedelta(days=5)
    )
    reason = "The police asked whether a missing boy wrote to us about the bus station."
    _search_and_return_access(page, colleague, "bus", reason, now - timedelta(hours=3))


def _search_and_return_access(page, lead, words, reason, then):
    """Open the access, search, see one answer, and return the access."""
    access = emergency.open_emergency_access(consultation=page, by=lead, reason=reason, now=then)
    emergency.search_answers(access=access, by=lead, words=words, now=then)
    answer = list_reachable_answers(access, lead).filter(case__isnull=True).first()
    if answer is not None:
        emergency.open_reachable_text(access=access, answer=answer, by=lead, now=then)
    emergency.end_emergency_access(access=access, by=lead, now=then + timedelta(minutes=9))
    return access


STAFFED = 56  # days from now
OPEN_LONGER, BY = "somewhere-to-go", 5  # days
GOES_OUT, IN_LANGUAGES = "safe-in-bradford", ("en", "ur")
WHY = {
    "en": "Many of you asked for more time.",
    "ur": "بہت سے لوگوں نے اور وقت مانگا۔",
    "pl": "Wiele osób prosiło o więcej czasu.",
    "bn": "অনেকে আরও সময় চেয়েছে।",
    "sk": "Veľa ľudí chcelo viac času.",
    "ro": "Mulți au cerut mai mult timp.",
    "pa": "ਬਹੁਤ ਸਾਰਿਆਂ ਨੇ ਹੋਰ ਸਮਾਂ ਮੰਗਿਆ।",
    "ar": "طلب كثيرون وقتًا أطول.",
}


def staff_consultations(pages, staff, today):
    until, officer = today + timedelta(days=STAFFED), staff["officer1"]
    readers = [staff["reader1"], staff["reader2"]]
    name_readers(page=None, readers=readers, first_day=today, last_day=until, by=officer)
    extended = pages[OPEN_LONGER]
    move_last_day(page=extended, by=officer, to=extended.closes + timedelta(days=BY), why=WHY, today=today)
    for language in IN_LANGUAGES:
        page = pages[GOES_OUT]
        links.make_links_for_channels(
            page=page, channels=promotion_channels_for(page.audience)[:-1], language=language, by=officer
        )
    leave_rota_gap(staff, today)


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
