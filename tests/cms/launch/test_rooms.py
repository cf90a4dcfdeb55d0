"""What each room says of itself to the launch checklist."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cms.accounts import ready as accounts
from cms.backups import ready as backups
from cms.backups.actions import path_of
from cms.demo.people import STAFF
from cms.launch import ready as house
from cms.launch import report
from cms.security import ready as security
from cms.settings.throwaway import environment
from cms.worker import ready as worker
from cms.worker.models import Heartbeat, SweepRun
from consultation.ready import CHECKS
from consultation.responses.vault import new_pair
from consultation.safeguarding import ready as safeguarding
from consultation.safeguarding.directory import load_help
from consultation.safeguarding.duty import rota
from consultation.safeguarding.duty.actions import set_rota
from consultation.safeguarding.models import HelpEntry
from tests.cms.accounts.test_sign_in import give_totp

ENOUGH = ["administrator", "safeguarding_lead", "engagement_officer", "moderator"]


def test_every_rooms_checks_are_found():
    report.discover()
    assert {"keys", "hosts", "https", "people", "factors", "demo-logins", "worker", "sweeps", "help-fresh"} <= set(
        CHECKS
    )
    assert all(check.title and check.group for check in CHECKS.values())


def test_the_keys_must_be_long_and_belong_together(settings):
    settings.SECRET_KEY = environment()["SECRET_KEY"]
    assert security.keys().ok
    settings.ANSWER_OPEN_KEYS = [new_pair()[1]]
    assert security.keys().says == "ANSWER_OPEN_KEYS do not open what ANSWER_SEAL_KEY seals."
    settings.ANSWER_OPEN_KEYS = []
    assert not security.keys().ok
    settings.SECRET_KEY = "short"
    assert security.keys().says == "SECRET_KEY is shorter than 50 letters."


def test_staff_need_a_host_of_their_own(settings):
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://say.example.org", ["say.example.org", "staff.example.org"]
    settings.STAFF_HOST = "staff.example.org"
    assert security.hosts().ok
    for name, value in (("STAFF_HOST", ""), ("STAFF_HOST", "say.example.org"), ("ALLOWED_HOSTS", ["*"])):
        before = getattr(settings, name)
        setattr(settings, name, value)
        assert not security.hosts().ok
        setattr(settings, name, before)


def test_https_is_asked_of_everything(settings):
    assert "SECURE_SSL_REDIRECT" in security.https().says
    for name in ("SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS"):
        setattr(settings, name, 1)
    settings.SITE_URL = "http://say.example.org"
    assert security.https().says == "Not set: SITE_URL without https."
    settings.SITE_URL = "https://say.example.org"
    assert security.https().ok


def test_a_demo_is_no_site(settings):
    assert not security.production().ok
    settings.DEMO = False
    assert security.production().ok


def test_two_people_are_needed_where_two_decide(person):
    assert not accounts.enough().ok
    for role in ENOUGH:
        person(role), person(role)
    assert "0 of 1 auditor" in accounts.enough().says
    person("auditor")
    assert accounts.enough().ok


def test_a_password_alone_is_not_enough(person, settings):
    sam = person("moderator")
    assert "STAFF_NEED_MFA is off" in accounts.factors().says
    settings.STAFF_NEED_MFA = True
    assert accounts.factors().says.startswith("1 still to set one up")
    give_totp(sam)
    assert accounts.factors().ok


def test_a_login_of_the_demo_is_found(person):
    assert accounts.no_demo_logins().ok
    left = person("planner", email=STAFF[0].email)
    assert not accounts.no_demo_logins().ok
    type(left).objects.filter(pk=left.pk).update(is_active=False)
    assert accounts.no_demo_logins().ok


def test_a_worker_must_be_alive(db):
    assert not worker.alive().ok
    Heartbeat.objects.create(worker="one", seen_at=timezone.now() - timedelta(minutes=5))
    assert not worker.alive().ok
    Heartbeat.objects.update(seen_at=timezone.now())
    assert worker.alive().ok


def test_a_sweep_that_fails_is_named(db):
    run = SweepRun.objects.create(name="consultation.audit.tasks.check_chain", due_at=timezone.now(), failures=2)
    assert worker.sweeps().says == "Failing: check_chain."
    assert not worker.audit_chain().ok
    run.failures, run.finished_at = 0, timezone.now()
    run.save()
    assert worker.sweeps().ok
    assert worker.audit_chain().ok
    run.finished_at = timezone.now() - timedelta(days=3)
    run.save()
    assert not worker.audit_chain().ok


def test_what_is_not_planned_has_not_run(db):
    assert worker.ran("no-such-sweep", "Retention").says == "Retention is not planned on this site."


def test_help_must_have_been_checked_within_ninety_days(db):
    assert not house.help_fresh().ok
    load_help()
    HelpEntry.objects.update(checked_on=timezone.localdate() - timedelta(days=91))
    assert house.help_fresh().says.startswith("To be checked: ")
    HelpEntry.objects.update(checked_on=timezone.localdate())
    assert house.help_fresh().ok


def test_words_of_a_language_in_use_must_have_been_read(home, settings):
    from cms.pages.setup import ensure_site
    from consultation.questionnaires.models import ConsultationIndexPage, ConsultationPage

    assert house.translations().ok
    ensure_site(["en", "pl"])
    index = ConsultationIndexPage.objects.get(locale__language_code="pl")
    index.add_child(instance=ConsultationPage(title="Parki", slug="parki", summary="Napisz.", locale=index.locale))
    assert house.translations().says == "Not read, or not all of it: Polish."


def test_the_accessibility_page_must_be_there(home):
    assert house.accessibility().ok
    home.get_children().get(slug="accessibility").delete()
    assert not house.accessibility().ok


def test_the_screen_shows_its_figures():
    found = house.screen()
    assert found.ok
    assert any(character.isdigit() for character in found.says)


def test_mail_must_be_able_to_leave(settings):
    assert "only written to the terminal" in house.mail().says
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert "HEAD_OF_SERVICE_EMAIL is not set" in house.mail().says
    settings.HEAD_OF_SERVICE_EMAIL, settings.EMAIL_HOST, settings.EMAIL_PORT = "head@example.net", "127.0.0.1", 1
    assert house.mail().says == "The mail server does not let us in (ConnectionRefusedError)."
    with fake_mail_server() as port:
        settings.EMAIL_PORT = port
        assert house.mail().ok


@pytest.fixture(autouse=True)
def discovered():
    report.discover()


def fake_mail_server():
    """A mail server that says hello, on loopback."""
    import contextlib
    import socket
    import threading

    @contextlib.contextmanager
    def serve():
        with socket.create_server(("127.0.0.1", 0)) as server:

            def talk():
                connection, _ = server.accept()
                with connection:
                    connection.sendall(b"220 hello\r\n")
                    while line := connection.recv(1000):
                        connection.sendall(b"221 bye\r\n" if line.upper().startswith(b"QUIT") else b"250 ok\r\n")

            threading.Thread(target=talk, daemon=True).start()
            yield server.getsockname()[1]

    return serve()


def test_a_backup_must_be_fresh(settings, tmp_path):
    settings.BACKUP_DIR = tmp_path
    assert not backups.backed_up().ok
    today = timezone.localdate()
    path_of(today - timedelta(days=9), tmp_path).touch()
    assert "is old" in backups.backed_up().says
    path_of(today, tmp_path).touch()
    assert backups.backed_up().ok


def test_the_rota_must_be_filled_for_two_weeks(person):
    lead, other = person("safeguarding_lead"), person("safeguarding_lead")
    assert "fill in the rota" in safeguarding.on_duty().says
    today = timezone.localdate()
    days = [each.day for each in rota.duties(today, safeguarding.AHEAD) if each.works]
    set_rota(by=lead, people=dict.fromkeys(days, (lead.pk, other.pk)))
    assert safeguarding.on_duty().ok
