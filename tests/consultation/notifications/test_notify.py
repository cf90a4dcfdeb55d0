"""A person is told by the channels that they chose; a real mail server and a real gateway take the messages."""

import json
import socketserver
import threading
from datetime import datetime, time
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse

from consultation.audit.models import AuditEntry
from consultation.notifications.models import NotificationChoice
from consultation.notifications.notify import is_quiet, notify, notify_all, write_message
from consultation.safeguarding.clocks import LONDON

NIGHT = datetime(2026, 11, 24, 23, 30, tzinfo=LONDON)
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=LONDON)
OWN = reverse("notifications:own")


class MailServer(socketserver.StreamRequestHandler):
    """As much of SMTP as one message needs."""

    def handle(self):
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                words = b"".join(iter(self.rfile.readline, b".\r\n"))
                self.server.taken.append(words.decode())
            self.wfile.write(b"221 bye\r\n" if verb == b"QUIT" else b"250 ok\r\n")
            if verb == b"QUIT":
                return


class Gateway(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append((self.headers["Authorization"], json.loads(body)))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *words):
        """Nothing in the output of the tests."""


@pytest.fixture
def run_server():
    """run_server(server): a server on its own thread, with what it took in `taken`."""
    running = []

    def run(server):
        server.taken, server.status = [], 200
        running.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return server

    yield run
    for server in running:
        server.shutdown()
        server.server_close()


@pytest.fixture
def gateway(run_server, settings):
    server = run_server(HTTPServer(("127.0.0.1", 0), Gateway))
    settings.SMS_GATEWAY_URL = f"http://127.0.0.1:{server.server_port}/send"
    settings.SMS_GATEWAY_TOKEN = "not-a-secret"
    return server


def test_a_real_mail_server_gets_item_waiting_and_a_link_and_nothing_else(run_server, settings, reader):
    server = run_server(socketserver.ThreadingTCPServer(("127.0.0.1", 0), MailServer))
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
    settings.WAGTAILADMIN_BASE_URL = "https://staff.example.org"
    assert notify(reader.email)
    (taken,) = server.taken
    head, _, body = taken.partition("\r\n\r\n")
    assert "Subject: item waiting" in head and f"To: {reader.email}" in head
    assert body.split() == ["item", "waiting", "Have", "your", "say", "https://staff.example.org/staff/"]


def test_a_real_gateway_gets_a_text_message_for_whoever_chose_it(gateway, reader):
    NotificationChoice.objects.create(person=reader, by_text=True, phone="+447700900123")
    assert notify(reader.email)
    assert gateway.taken == [("Bearer not-a-secret", {"to": "+447700900123", "text": write_message()})]
    assert [message.to for message in mail.outbox] == [[reader.email]], "each chosen channel is used"


def test_a_gateway_that_is_down_counts_as_not_told_unless_the_mail_left(gateway, reader):
    choice = NotificationChoice.objects.create(person=reader, by_email=False, by_text=True, phone="+447700900123")
    gateway.status = 503
    assert not notify(reader.email)
    choice.by_email = True
    choice.save()
    assert notify(reader.email)


def test_where_there_is_no_gateway_an_email_stands_in(reader, settings):
    settings.SMS_GATEWAY_URL = ""
    NotificationChoice.objects.create(person=reader, by_email=False, by_text=True, phone="+447700900123")
    assert notify(reader.email)
    assert len(mail.outbox) == 1


def test_quiet_hours_hold_back_what_is_tried_again_and_no_other_message(gateway, reader):
    NotificationChoice.objects.create(
        person=reader, by_text=True, phone="+447700900123", quiet_from=time(22), quiet_until=time(7)
    )
    assert not notify(reader.email, NIGHT, retried=True)
    assert not gateway.taken and not mail.outbox
    assert notify(reader.email, NIGHT)
    assert not gateway.taken and len(mail.outbox) == 1, "by e-mail alone, so that it is not lost"
    assert notify(reader.email, NOON, retried=True)
    assert len(gateway.taken) == 1


@pytest.mark.parametrize(
    ("start", "end", "at", "quiet"),
    [
        (time(22), time(7), time(23), True),
        (time(22), time(7), time(6, 59), True),
        (time(22), time(7), time(7), False),
        (time(22), time(7), time(21, 59), False),
        (time(13), time(14), time(13), True),
        (time(13), time(14), time(14), False),
        (None, None, time(3), False),
    ],
)
def test_quiet_hours_may_run_over_midnight(start, end, at, quiet):
    assert is_quiet(NotificationChoice(quiet_from=start, quiet_until=end), at) is quiet


def test_addresses_without_an_account_get_an_email(db):
    assert notify_all(["head@service.test"]) == {"head@service.test"}


# The page


def test_a_person_chooses_their_own_channels(client_as, gateway):
    browser = client_as("moderator")
    given = {"by_text": "on", "phone": "07700 900123", "quiet_from": "22:00", "quiet_until": "07:00"}
    assert browser.post(OWN, given).url == OWN
    choice = NotificationChoice.objects.get()
    assert (choice.person, choice.by_email, choice.by_text) == (browser.user, False, True)
    assert (choice.phone, choice.quiet_from) == ("+447700900123", time(22))
    entry = AuditEntry.objects.get(verb="notification channels chosen")
    assert "7700" not in str(entry.data)
    assert b"+447700900123" in browser.get(OWN).content


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, b"Choose at least one way."),
        ({"by_text": "on"}, b"Give the number for the text messages."),
        ({"by_text": "on", "phone": "twelve"}, b"Write a number such as 07700 900123."),
        ({"by_email": "on", "quiet_from": "22:00"}, b"Give both times, or none."),
        ({"by_email": "on", "quiet_from": "22:00", "quiet_until": "22:00"}, b"The two times are the same."),
        ({"by_email": "on", "quiet_from": "late", "quiet_until": "22:00"}, b"Write a time as 22:00."),
    ],
)
@pytest.mark.slow
def test_what_cannot_be_is_refused_in_words(client_as, gateway, given, says):
    reply = client_as("moderator").post(OWN, given)
    assert reply.status_code == 422 and says in reply.content
    assert not NotificationChoice.objects.exists()


def test_the_page_offers_no_text_messages_where_there_is_no_gateway(client_as, settings):
    settings.SMS_GATEWAY_URL = ""
    page = client_as("moderator").get(OWN).content
    assert b"Text messages are not set up on this site" in page and b'name="by_text"' not in page


def test_a_message_can_be_tried(client_as):
    browser = client_as("moderator")
    reply = browser.post(reverse("notifications:try"), follow=True)
    assert b"A message is on its way to you" in reply.content
    assert [message.to for message in mail.outbox] == [[browser.user.email]]


@pytest.mark.parametrize(
    "wrong",
    [
        {"by_email": False},
        {"by_text": True},
        {"quiet_from": time(22)},
        {"quiet_from": time(1), "quiet_until": time(1)},
    ],
)
def test_the_database_refuses_a_person_who_is_never_told(reader, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        NotificationChoice.objects.create(person=reader, **wrong)
