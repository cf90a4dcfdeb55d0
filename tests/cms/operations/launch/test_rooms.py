"""The readiness check of each room."""

from datetime import timedelta

from django.utils import timezone

from cms.accounts import readiness as accounts
from cms.demo.demo_staff import STAFF
from cms.operations.launch import checklist_report
from cms.operations.launch import readiness as house
from cms.operations.scheduler import readiness as worker
from cms.operations.scheduler.models import Heartbeat, SweepRun
from cms.operations.security import readiness as security
from cms.settings.throwaway import build_throwaway_environment
from consultation.readiness import list_readiness_checks
from consultation.responses.vault import generate_key_pair
from consultation.safeguarding import readiness as safeguarding
from consultation.safeguarding.duty_rota import lead_rota
from consultation.safeguarding.duty_rota.actions import set_rota
from consultation.safeguarding.help.directory import load_help_entries
from consultation.safeguarding.models import HelpEntry
from tests.cms.accounts.test_sign_in import give_totp

ENOUGH = ["administrator", "safeguarding_lead", "engagement_officer", "moderator"]


def test_every_rooms_checks_are_found():
    checks = list_readiness_checks()
    assert {"keys", "hosts", "https", "people", "factors", "demo-logins", "worker", "sweeps", "help-fresh"} <= {
        check.key for check in checks
    }
    assert all(check.title and check.group for check in checks)
    assert checklist_report.EXPECTED.keys() <= {check.key for check in checks}


def test_the_keys_must_be_long_and_belong_together(settings):
    settings.SECRET_KEY = build_throwaway_environment()["SECRET_KEY"]
    assert security.check_keys().ok
    settings.ANSWER_OPEN_KEYS = [generate_key_pair()[1]]
    assert security.check_keys().says == "What is sealed here cannot be opened here."
    settings.ANSWER_OPEN_KEYS = ["no key"]
    assert "ANSWER_OPEN_KEYS" in security.check_keys().mend, "it could not be checked, and nothing said what to do"
    settings.ANSWER_OPEN_KEYS = []
    assert not security.check_keys().ok
    settings.SECRET_KEY = "short"
    assert security.check_keys().says == "The key of the site is too short."
    assert "SECRET_KEY" in security.check_keys().mend


def test_staff_need_a_host_of_their_own(settings):
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://say.example.org", ["say.example.org", "staff.example.org"]
    settings.STAFF_HOST = "staff.example.org"
    assert security.check_hosts().ok
    for name, value in (
        ("STAFF_HOST", ""), ("STAFF_HOST", "Say.example.org"), ("ALLOWED_HOSTS", ["*"]),
        ("ALLOWED_HOSTS", ["say.example.org"]), ("SITE_URL", "https://elsewhere.example.org"),
    ):  # fmt: skip
        before = getattr(settings, name)
        setattr(settings, name, value)
        assert not security.check_hosts().ok
        setattr(settings, name, before)


def test_https_is_asked_of_everything(settings):
    assert "SECURE_SSL_REDIRECT" in security.check_https().mend
    for name in ("SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS"):
        setattr(settings, name, 1)
    settings.SITE_URL = "http://say.example.org"
    assert security.check_https().mend.startswith("Not set: SITE_URL without https.")
    settings.SITE_URL = "https://say.example.org"
    assert security.check_https().ok


def test_a_demo_is_no_site(settings):
    assert not security.check_production_settings().ok
    settings.DEMO = False
    assert security.check_production_settings().ok


def test_two_people_are_needed_where_two_decide(person):
    assert not accounts.check_staff_numbers().ok
    for role in ENOUGH:
        person(role), person(role)
    assert "0 of 1 auditor" in accounts.check_staff_numbers().says
    person("auditor")
    assert accounts.check_staff_numbers().ok


def test_a_password_alone_is_not_enough(person, settings):
    sam = person("moderator")
    assert "A password alone opens the desk" in accounts.check_second_factors().says
    settings.STAFF_NEED_MFA = True
    assert accounts.check_second_factors().says.startswith("1 still to set one up")
    give_totp(sam)
    assert accounts.check_second_factors().ok


def test_a_login_of_the_demo_is_found(person):
    assert accounts.check_demo_logins().ok
    left = person("planner", email=STAFF[0].email)
    assert not accounts.check_demo_logins().ok
    type(left).objects.filter(pk=left.pk).update(is_active=False)
    assert accounts.check_demo_logins().ok


def test_a_worker_must_be_alive(db):
    assert not worker.check_worker().ok
    Heartbeat.objects.create(worker="one", seen_at=timezone.now() - timedelta(minutes=5))
    assert not worker.check_worker().ok
    Heartbeat.objects.update(seen_at=timezone.now())
    assert worker.check_worker().ok


def test_a_sweep_that_fails_is_named(db):
    run = SweepRun.objects.create(
        name="consultation.audit.audit_log.check_audit_chain", due_at=timezone.now(), failures=2
    )
    assert worker.check_sweeps().says == "Failing: check_audit_chain."
    assert not worker.check_audit_chain().ok
    run.failures, run.finished_at = 0, timezone.now()
    run.save()
    assert worker.check_sweeps().ok
    assert worker.check_audit_chain().ok
    run.finished_at = timezone.now() - timedelta(days=3)
    run.save()
    assert not worker.check_audit_chain().ok


def test_what_is_not_planned_has_not_run(db):
    assert worker.find_last_run("no-such-sweep", "Retention").says == "Retention is not planned on this site."


def test_help_must_have_been_checked_within_ninety_days(db):
    assert not house.check_help_entries().ok
    load_help_entries()
    HelpEntry.objects.update(checked_on=timezone.localdate() - timedelta(days=91))
    assert house.check_help_entries().says.startswith("To be checked: ")
    HelpEntry.objects.update(checked_on=timezone.localdate())
    assert house.check_help_entries().ok


def test_a_site_without_a_number_of_its_district_says_so(db, settings):
    settings.DISTRICT = "Leeds"
    load_help_entries()
    assert "No number of Leeds" in house.check_local_help().says
    ours = HelpEntry.objects.create(slug="leeds-day", name="Leeds front door", for_whom="Anyone", needs=["adult"])
    assert not house.check_local_help().ok, "its number still waits for a second person"
    HelpEntry.objects.filter(pk=ours.pk).update(call="01632 960 002")
    assert house.check_local_help().ok


def test_words_of_a_language_in_use_must_have_been_read(home, settings):
    from cms.site.pages.site_setup import ensure_site
    from consultation.surveys.models import ConsultationIndexPage, ConsultationPage

    assert house.check_translations().ok
    ensure_site(["en", "pl"])
    index = ConsultationIndexPage.objects.get(locale__language_code="pl")
    index.add_child(instance=ConsultationPage(title="Parki", slug="parki", summary="Napisz.", locale=index.locale))
    assert house.check_translations().says == "Not read, or not all of it: Polish."


def test_the_accessibility_page_must_be_there(home):
    assert house.check_accessibility_page().ok
    home.get_children().get(slug="accessibility").delete()
    assert not house.check_accessibility_page().ok


def test_the_screen_shows_its_figures():
    found = house.check_screening_model()
    assert found.ok
    assert any(character.isdigit() for character in found.says)


def test_mail_must_be_able_to_leave(settings):
    settings.HEAD_OF_SERVICE_EMAIL = ""
    assert "only written to the terminal" in house.check_mail_server().says
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert "HEAD_OF_SERVICE_EMAIL" in house.check_mail_server().mend
    settings.EMAIL_HOST = ""
    assert house.check_mail_server().says == "There is no mail server: nobody is told of an item that waits."
    settings.HEAD_OF_SERVICE_EMAIL, settings.EMAIL_HOST, settings.EMAIL_PORT = "head@example.net", "127.0.0.1", 1
    assert house.check_mail_server().says == "The mail server 127.0.0.1:1 does not answer (ConnectionRefusedError)."
    with fake_mail_server() as port:
        settings.EMAIL_PORT = port
        assert house.check_mail_server().ok


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


def test_the_rota_must_be_filled_for_two_weeks(person):
    lead, other = person("safeguarding_lead"), person("safeguarding_lead")
    assert "fill in the rota" in safeguarding.check_rota_filled().says
    today = timezone.localdate()
    days = [each.day for each in lead_rota.list_duties(today, safeguarding.DAYS_AHEAD) if each.works]
    set_rota(by=lead, people=dict.fromkeys(days, (lead.pk, other.pk)))
    assert safeguarding.check_rota_filled().ok
