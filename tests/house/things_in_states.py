"""Each thing of safeguarding in each of its states, and each verb as its page or, for a sweep, its function.

`own` is who has the thing, `other` a colleague in the same role; both leads have opened the words of a case.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from django.urls import reverse
from django.utils import timezone

from consultation.agencies.first_agencies import LADO_KEY
from consultation.agencies.models import agency_key
from consultation.audit.models import AuditEntry
from consultation.reading import actions as reading
from consultation.responses.models import Answer, AnswerState
from consultation.safeguarding import actions as safeguarding
from consultation.safeguarding.case_sample.models import SampledCase
from consultation.safeguarding.contact_requests import actions as contacts
from consultation.safeguarding.mailbox import actions as mailboxes
from consultation.safeguarding.mailbox.models import Mailbox
from consultation.safeguarding.models import TriageCase
from consultation.safeguarding.referrals.actions import record_referral_decision
from consultation.safeguarding.withdrawn_texts import actions as withdrawn
from tests import factories
from tests.consultation.safeguarding.conftest import close, decide, read, refer

WHY = "As we agreed."
ACCUSED = "Youth Trust"
OVER = timedelta(minutes=11)  # nothing can be undone any more


@dataclass(frozen=True)
class Door:
    """How a person asks for a verb, and the entry of the audit log by which it was done."""

    entry: str
    knock: Callable


def count_entries(verb):
    return AuditEntry.objects.filter(verb=verb).count()


def _posting(name, entry, **data):
    """A door of the page with this name; `data` may depend on the thing."""

    def knock(client, thing):
        told = {key: value(thing) if callable(value) else value for key, value in data.items()}
        return client.post(reverse(name, args=[thing.pk]), told)

    return Door(entry, knock)


def _reading(name, entry):
    return Door(entry, lambda client, thing: client.get(reverse(name, args=[thing.pk])))


# An answer on the desk.


def make_answer(state, new_answer, own, lead):
    answer, now = new_answer("The kite shop is nice."), timezone.now()
    decide_as = partial(reading.decide_answer, answer=answer, by=own, spans=[], note=WHY, now=now)
    name, _, more = state.partition(", ")
    decisions = {"held": "hold", "cleared": "clear", "released": "clear"}
    if name != "unread":
        decide_as(
            decision=decisions.get(name, name), agency=factories.agency(ACCUSED) if more == "about staff" else None
        )
    if name == "released":
        reading.release_due_answers(now + OVER)
    if more == "claimed":
        safeguarding.claim_case(case=TriageCase.objects.get(answer=answer), by=lead)
    answer.refresh_from_db()
    assert answer.state == AnswerState(name)
    return answer


_ON_DESK = partial(_posting, "reading:answer", note=WHY)
ANSWER_DOORS = {
    "clear": _ON_DESK(entry="answer cleared", do="clear"),
    "never_quote": _ON_DESK(entry="answer cleared", do="never_quote"),
    "do_not_quote": _ON_DESK(entry="answer cleared", do="do_not_quote"),
    "hold": _ON_DESK(entry="answer held", do="hold"),
    "triage": _ON_DESK(entry="answer sent to triage", do="triage"),
    "not_used": _ON_DESK(entry="answer not used", do="not_used"),
    "undo": _posting("reading:undo", "decision undone"),
    "take_back": _posting("reading:undo", "answer taken back from triage"),
    "recall": _posting("insights:report-words", "answer recalled", reason="name"),
    "report_concern": _posting("insights:report-words", "answer recalled", reason="concern"),
}


def _return_to_desk(answer):
    reading.return_to_desk(answer=answer)
    return Answer.objects.get(pk=answer.pk).state == AnswerState.UNREAD != answer.state


def _call_back(answer):
    reading.call_back_to_triage(answer=answer, by=None)
    return Answer.objects.get(pk=answer.pk).state == AnswerState.TRIAGE


ANSWER_FOLLOWS = {
    "release": lambda answer: reading.release_due_answers(timezone.now() + OVER) == 1,
    "return": _return_to_desk,
    "call_back": _call_back,
}


# A case.


def make_case(state, new_answer, own, other, *, priority="T2", agency=None):
    case = safeguarding.open_case(answer=new_answer(), by=None, priority=priority, why=WHY, agency=agency)
    if state != "new":
        _bring_case_to(state, safeguarding.claim_case(case=case, by=own), own, other)
    if state == "closed" and priority == "T2":
        SampledCase.objects.create(case=case, week=timezone.localdate(), drawn_on=timezone.localdate())
    for lead in (own, other):
        read(case, lead)
    assert case.state == state.partition(",")[0]
    return case


def _bring_case_to(state, case, own, other):
    name, _, told = state.partition(", ")
    name = "no-concern" if name in ("closed", "reopened") else name
    if name in ("no-concern", "learning-only") and case.priority == "T1":
        decide(decide(case, own, "second-view"), other, name)
    elif name == "referred":
        read(case, own)
        made = refer(case, own, "CEOP")
        if told:
            record_referral_decision(referral=made, by=own, decision="They took it.")
    elif name != "claimed":
        decide(case, own, name)
    if state in ("closed", "reopened"):
        close(case, own, "nobody can be identified", reference="")
    if state == "reopened":
        safeguarding.reopen_case(case=case, by=own, why=WHY)


def _following(verb, entry, **fields):
    def knock(client, case):
        referral = case.referrals.first()
        key = referral.pk if referral else "none"
        told = {f"{verb[0]}-{key}-{name}": value for name, value in fields.items()}
        return client.post(reverse("safeguarding:case", args=[case.pk]), {"do": f"{verb}:{key}"} | told)

    return Door(entry, knock)


def _outcome_of(case):
    return "CEOP" if case.state == "referred" else "nobody can be identified"


_MOVED = "triage transition"
_ON_CASE = partial(_posting, "safeguarding:case")
_REFER = {
    "entry": "triage referred",
    "do": "refer",
    "refer-reference": "R-2",
    "refer-chase_on": factories.in_a_week(),
    "refer-reason": WHY,
}
_CLOSE = {"entry": _MOVED, "do": "close", "reason": WHY, "reporting_duty": "no", "reference": "R-1"}
CASE_MOVES = ("new", "second-view", "contacted", "learning-only", "no-concern")
CASE_DOORS = {
    "claim": _ON_CASE(entry="triage claimed", do="claim"),
    **{to: _ON_CASE(entry=_MOVED, do=f"move:{to}", reason=WHY) for to in CASE_MOVES},
    "refer": _ON_CASE(**_REFER | {"refer-agency": agency_key("police 999")}),
    "refer, to LADO": _ON_CASE(**_REFER | {"refer-agency": LADO_KEY}),
    "decided": _following("decided", "triage referral decided", decision=WHY),
    "chase": _following("chase", "triage referral chased", said=WHY, chase_on=factories.in_a_week()),
    "close": _ON_CASE(**_CLOSE, outcome=_outcome_of),
    "close, as false": _ON_CASE(**_CLOSE, outcome="false positive"),
    "reopen": _ON_CASE(entry=_MOVED, do="reopen", reason=WHY),
    "look": _ON_CASE(entry="closed case looked at", do="look:fine", reason=WHY),
    "raise": _ON_CASE(**{"entry": "triage priority raised", "do": "raise", "raise-priority": "T1", "raise-why": WHY}),
    "category": _ON_CASE(entry="triage category set", do="category:non-recent", reason=WHY),
    "hide": _ON_CASE(
        **{
            "entry": "triage hidden from an agency",
            "do": "hide",
            "hide-agency": "other",
            "hide-other": "Riverside Pool",
            "hide-why": WHY,
        }
    ),
    "show": _ON_CASE(entry="triage shown to all leads", do="show", reason=WHY),
    "note": _ON_CASE(entry="triage note", do="note", reason=WHY),
    "view": _ON_CASE(entry="triage viewed", do="view", reason=WHY),
    "print": _posting("safeguarding:print", "export made", to=agency_key("CEOP"), reason=WHY),
}


# A contact request.


def make_contact(state, own):
    contact = safeguarding.request_contact(name="Bee", how="text", when="after 3", language="en")
    steps = {
        "new": [],
        "claimed": [contacts.claim_contact],
        "tried": [contacts.claim_contact, partial(contacts.record_contact_attempt, note=WHY)],
        "reached": [contacts.claim_contact, partial(contacts.record_contact_reached, note=WHY)],
        "closed": [contacts.claim_contact, partial(contacts.close_contact, outcome=WHY)],
    }
    for step in steps[state]:
        step(contact=contact, by=own)
    assert contact.state == state
    return contact


_TELL = {"do": "tell", "tell-priority": "T2", "tell-why": WHY}
_ON_REQUEST = partial(_posting, "safeguarding:contact", note=WHY)
CONTACT_MOVES = {"claim": "claimed", "back": "new", "tried": "tried", "reached": "reached", "close": "closed"}
CONTACT_DOORS = {
    "read": _reading("safeguarding:contact", "contact request viewed"),
    "claim": _ON_REQUEST(entry="contact request claimed", do="claim"),
    "back": _ON_REQUEST(entry="contact request given back", do="back"),
    "tried": _ON_REQUEST(entry="contact request tried", do="tried"),
    "reached": _ON_REQUEST(entry="contact request reached", do="reached"),
    "close": _ON_REQUEST(entry="contact request closed", do="close"),
    "tell": _ON_REQUEST(entry="triage opened", **_TELL),
}


# A mailbox.


def make_mailbox(state, own, *, agency=None):
    mailboxes.open_mailbox(seed=b"a form", text="Please write back.", language="en")
    mailbox = Mailbox.objects.get()
    if agency:
        mailbox.hide_from(agency)
        mailbox.save()
    if state != "open":
        mailboxes.claim_mailbox(mailbox=mailbox, by=own)
    if state == "closed":
        mailboxes.close_mailbox(mailbox=mailbox, by=own, reason=WHY, seen=1)
    mailbox.refresh_from_db()
    return mailbox


_ON_MAILBOX = partial(_posting, "safeguarding:mailbox", note=WHY, seen=lambda mailbox: mailbox.messages.count())
MAILBOX_DOORS = {
    "read": _reading("safeguarding:mailbox", "mailbox viewed"),
    "claim": _ON_MAILBOX(entry="mailbox claimed", do="claim"),
    "back": _ON_MAILBOX(entry="mailbox given back", do="back"),
    "write": _ON_MAILBOX(entry="mailbox answered", do="write"),
    "close": _ON_MAILBOX(entry="mailbox closed", do="close"),
    "tell": _ON_MAILBOX(entry="triage opened", **_TELL),
}


def _child_writes(mailbox):
    try:
        mailboxes.write_as_child(mailbox=mailbox, text="It is me again.", nonce=b"n")
    except mailboxes.MailboxClosed:
        return False
    return True


def _is_screened(mailbox):
    mailboxes.record_screening(message=mailbox.messages.first(), priority="T1")
    return Mailbox.objects.get(pk=mailbox.pk).priority == "T1"


MAILBOX_FOLLOWS = {"child writes": _child_writes, "screened": _is_screened}


# A withdrawn text.


def make_withdrawn(state, new_answer, own):
    text = safeguarding.keep_withdrawn_text(answer=new_answer(), question_text="What is good?")
    if state != "unread":
        withdrawn.read_withdrawn_text(withdrawn=text, by=own)
    if state == "with a case":
        withdrawn.open_case_from_withdrawn(withdrawn=text, by=own, priority="T2", why=WHY)
    return text


_ON_TEXT = partial(_posting, "safeguarding:read_withdrawn")
WITHDRAWN_DOORS = {
    "read": _ON_TEXT(entry="withdrawn words viewed", do="read"),
    "erase": _ON_TEXT(entry="withdrawn words erased", do="erase", sure="on"),
    "tell": _ON_TEXT(entry="triage opened", do="tell", priority="T2", why=WHY),
}
