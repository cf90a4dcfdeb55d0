from datetime import datetime

import pytest

from consultation.safeguarding.clocks import LONDON
from consultation.safeguarding.mailbox import actions
from consultation.safeguarding.mailbox.models import Mailbox

MONDAY = datetime(2026, 11, 16, 9, 40, tzinfo=LONDON)
SAID = "I do not like going home on Fridays."


@pytest.fixture
def words(db, quick_hash):
    """The four words of a new mailbox."""
    return actions.open_mailbox(seed=b"form", text=SAID, language="en", now=MONDAY)


@pytest.fixture
def mailbox(words):
    return Mailbox.objects.get()


@pytest.fixture
def claimed(mailbox, lead):
    actions.claim_mailbox(mailbox=mailbox, by=lead)
    mailbox.refresh_from_db()
    return mailbox


def last_number(mailbox):
    return mailbox.messages.count()
