"""Production refuses to start without keys, hosts and a database, and names the missing ones."""

import os
import subprocess
import sys

import pytest

WHOLE = {
    "DJANGO_SETTINGS_MODULE": "cms.settings.production",
    "SECRET_KEY": "long and random enough for a test",
    "ANSWER_SEAL_KEY": "BevMyFpuJCaLK6ddIO+0CH+bSVjrpz5OblW7LHTHzy0=",
    "ANSWER_OPEN_KEYS": "",
    "RECORD_KEY_SECRET": "",
    "ALLOWED_HOSTS": "example.org",
    "DATABASE_URL": "sqlite://:memory:",
}


def start(tmp_path, without="", then=""):
    kept = {name: value for name, value in os.environ.items() if name not in WHOLE}
    environment = kept | {name: value for name, value in WHOLE.items() if name != without} | {"VAR_DIR": str(tmp_path)}
    command = [sys.executable, "-c", f"import django; django.setup();{then}"]
    return subprocess.run(command, env=environment, capture_output=True, text=True)


@pytest.mark.slow
def test_it_starts_with_all_of_them(tmp_path):
    done = start(tmp_path)
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
def test_sqlite_has_each_send_on_the_disk_before_it_is_thanked(tmp_path):
    """In a power cut the other mode forgets the last transactions."""
    asked = "c.execute('PRAGMA synchronous'); print(c.fetchone()[0])"
    done = start(tmp_path, then=f"from django.db import connection; c = connection.cursor(); {asked}")
    assert done.stdout.strip() == "2", done.stderr


@pytest.mark.parametrize(
    "name", ["SECRET_KEY", "ANSWER_SEAL_KEY", "ANSWER_OPEN_KEYS", "RECORD_KEY_SECRET", "ALLOWED_HOSTS", "DATABASE_URL"]
)
def test_it_refuses_without_one(tmp_path, name):
    done = start(tmp_path, without=name)
    assert done.returncode != 0
    assert f"Set {name}" in done.stderr.splitlines()[-1]


@pytest.mark.parametrize("address", ["http://weather.example/", "https://example.org/en/"])
def test_it_refuses_an_exit_that_is_ours_or_not_safe_to_open(tmp_path, monkeypatch, address):
    monkeypatch.setenv("EXIT_URL", address)
    done = start(tmp_path)
    assert done.returncode != 0 and "EXIT_URL is a page of another site" in done.stderr.splitlines()[-1]


@pytest.mark.slow
def test_cookies_of_staff_belong_to_this_very_host(tmp_path):
    """A browser refuses a cookie with this prefix that is not secure, has a domain, or another path."""
    asked = "s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE"
    more = "s.SESSION_COOKIE_DOMAIN, s.CSRF_COOKIE_DOMAIN, s.SESSION_COOKIE_PATH, s.CSRF_COOKIE_PATH"
    done = start(tmp_path, then=f"from django.conf import settings as s; print({asked}, {more})")
    assert done.stdout.split() == ["__Host-staff", "__Host-csrftoken", "True", "True", "None", "None", "/", "/"]


def mail_settings(tmp_path, **environment):
    kept = {name: value for name, value in os.environ.items() if name not in WHOLE}
    code = (
        "from django.conf import settings as s;"
        "print(s.EMAIL_HOST, s.EMAIL_PORT, s.EMAIL_USE_TLS, s.EMAIL_USE_SSL, s.DEFAULT_FROM_EMAIL)"
    )
    environment = kept | WHOLE | {"VAR_DIR": str(tmp_path)} | environment
    return subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)


def test_mail_goes_to_the_server_that_the_environment_names(tmp_path):
    done = mail_settings(tmp_path, EMAIL_HOST="mail.example.org", EMAIL_FROM="voice@example.org")
    assert done.stdout.split() == ["mail.example.org", "587", "True", "False", "voice@example.org"], done.stderr
    done = mail_settings(tmp_path, EMAIL_HOST="mail.example.org", EMAIL_SECURITY="tls")
    assert done.stdout.split()[1:4] == ["465", "False", "True"], done.stderr


def test_a_slip_in_how_mail_is_secured_is_said(tmp_path):
    done = mail_settings(tmp_path, EMAIL_SECURITY="ssl")
    assert "use one of starttls, tls, none" in done.stderr


def test_no_slip_of_the_pen_turns_the_second_factor_or_tls_off(tmp_path, monkeypatch):
    for said, expected in (("yes", "True True"), ("", "True True"), ("0", "False False")):
        monkeypatch.setenv("STAFF_NEED_MFA", said)
        monkeypatch.setenv("SSL_REDIRECT", said)
        done = start(
            tmp_path, then="from django.conf import settings as s; print(s.STAFF_NEED_MFA, s.SECURE_SSL_REDIRECT)"
        )
        assert done.stdout.strip() == expected, done.stderr


def test_the_limits_hold_unless_a_proxy_is_said_to_have_its_own(tmp_path):
    """A proxy other than our nginx counts nothing: by default each process does."""
    kept = {name: value for name, value in os.environ.items() if name not in (*WHOLE, "PROXY_LIMITS")}
    code = "from django.conf import settings; print(settings.PROXY_LIMITS)"
    for environment, expected in (({}, "False"), ({"PROXY_LIMITS": "1"}, "True")):
        whole = kept | WHOLE | {"VAR_DIR": str(tmp_path)} | environment
        done = subprocess.run([sys.executable, "-c", code], env=whole, capture_output=True, text=True)
        assert done.stdout.strip() == expected, done.stderr
