from datetime import timedelta

from django.db.models import Max

from consultation.audit.erasure_types import AfterDayErasure
from consultation.safeguarding.mailbox.models import Mailbox

KEPT_DAYS = 90


class MailboxErasure(AfterDayErasure):
    slug = "mailboxes"
    line, keep = "mailboxes", "90 days after the last message, once it is answered"
    removes = "What a person without a safe phone and we wrote to each other, and what their four words derive to."
    keeps = "Nothing. The case record lives in the system that received it."
    why = "Whoever finds the words can read what we wrote. Once the person was helped, it has no more use here."
    covers = frozenset({"consultation.Mailbox"})
    name, day = "Mailboxes", "last"
    # Those in which no message of a child waits: one that does has its clock, and is never erased unread.
    rows = Mailbox.objects.filter(clock__isnull=True).annotate(last=Max("messages__day"))
    KEPT = timedelta(days=KEPT_DAYS)
