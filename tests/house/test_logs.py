"""Logs of respondents' routes hold day, method, class of route and status, nothing else (A6)."""

import re

import pytest
from django.conf import settings

from cms.operations.deploy_files import file_writer, nginx_rules
from cms.operations.deploy_files.server_plan import ServerPlan

pytestmark = pytest.mark.any_database

RESPONDENTS = (
    "/en/",
    "/ur/have-your-say/parks/",
    "/en/have-your-say/parks/answer/",
    "/en/help/",
    "/en/receipt/words/",
    "/en/search/",
    "/en/have-your-say/parks/heard/",
)
TYPED = {"words": "running away", "need": "hurt", "language": "ur", "heard": "no", "token": "x", "a": "1"}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/en/", "public"),
        ("/ur/have-your-say/parks/", "public"),
        ("/en/have-your-say/parks/answer/", "answer"),
        ("/pl/contact/", "help"),
        ("/en/help/", "help"),
        ("/en/search/", "public"),
        ("/en/have-your-say/parks/heard/", "answer"),
        ("/en/receipt/", "receipt"),
        ("/en/receipt/words/", "receipt"),
        ("/go/abcd/", "answer"),
        ("/en/kiosk/", "answer"),
        ("/en/panel/", "answer"),
        ("/staff/reading/", "staff"),
        ("/insights/", "staff"),
        ("/accounts/login/", "staff"),
        ("/static/x.css", "files"),
        ("/media/asked/x.webp", "files"),
    ],
)
def test_each_route_has_a_class(path, expected):
    classes = (name for pattern, name in nginx_rules.ROUTES if re.search(pattern, path))
    assert next(classes, nginx_rules.OTHER_ROUTES) == expected


def test_the_proxys_format_has_four_words_and_no_more():
    text = file_writer.render_file("nginx/nginx.conf", ServerPlan())
    formats = re.findall(r"log_format voice '([^']+)'", text)
    assert formats == ["$day $request_method $route_class $status"]
    assert not re.search(r"error_log \S+ (?!emerg)", text), "nginx names the address of a failed handshake as critical"
    assert "access_log off;" in file_writer.render_file("nginx/nginx.conf", ServerPlan(logs=False))


def test_the_proxy_hands_no_address_on():
    text = file_writer.render_file("nginx/nginx.conf", ServerPlan())
    for header in ("X-Forwarded-For", "Forwarded"):
        assert f'proxy_set_header {header} "";' in text
    assert re.findall(r"\$sign_in_address \{ (.+?) \}", text) == [
        f'"~^{ServerPlan().staff_host} /accounts/" $remote_addr; default "";'
    ]
    assert re.search(r"limit_req_zone \$network", text), "in its memory alone, for a few minutes"


@pytest.mark.parametrize(
    ("request_line", "counted"),
    [
        ("POST /en/receipt/", True),
        ("POST /ur/have-your-say/parks/code/", True),
        ("POST /en/kiosk/", True),
        ("POST /ur/have-your-say/parks/heard/", True),
        ("POST /en/panel/", True),
        ("POST /en/what-groups-do/tell-us/", True),
        ("POST /en/search/", False),
        ("POST /en/help/", False),
        ("GET /en/receipt/", False),
        ("POST /en/receipt/words/", False),
        ("POST /en/have-your-say/parks/answer/", False),
        ("POST /accounts/login/", False),
    ],
)
def test_the_proxy_counts_what_can_be_guessed_and_never_a_send(request_line, counted):
    """Behind it the limits of our processes stand aside: its own must be there for words, codes and PINs."""
    text = file_writer.render_file("nginx/nginx.conf", ServerPlan())
    [pattern] = re.findall(r'\$guess \{ "~([^"]+)" \$network; default ""; \}', text)
    assert bool(re.search(pattern, request_line)) == counted
    assert "limit_req_zone $guess" in text and "limit_req zone=guesses" in text


def test_the_processes_keep_no_access_log():
    from cms.operations import gunicorn

    assert gunicorn.accesslog is None


def test_gunicorn_describes_no_visit_even_for_itself():
    from gunicorn.app.base import BaseApplication

    class Application(BaseApplication):
        def load_config(self):
            for name in ("accesslog", "logger_class", "logconfig_dict"):
                self.cfg.set(name, getattr(gunicorn, name))

    from cms.operations import gunicorn

    config = Application().cfg
    logger = config.logger_class(config)
    assert not logger.access_log_enabled
    logger.access(None, None, None, None)  # takes none of them apart


def test_no_failure_is_mailed_and_no_logger_keeps_a_request():
    handlers = {name: one["class"] for name, one in settings.LOGGING["handlers"].items()}
    assert set(handlers.values()) == {"logging.StreamHandler"}
    assert settings.LOGGING["loggers"]["django.request"]["handlers"] == []
    assert settings.LOGGING["loggers"]["django.server"]["handlers"] == []
    assert settings.LOGGING["loggers"]["django_tasks"]["level"] == "WARNING", "the demo wrote 1,600 lines of it"
    assert settings.LOGGING["formatters"]["day"]["datefmt"] == "%Y-%m-%d"


@pytest.mark.django_db
@pytest.mark.parametrize("path", RESPONDENTS)
def test_a_visit_logs_nothing(client, home, caplog, path):
    client.get(path)
    client.post(path, TYPED)
    assert [record.getMessage() for record in caplog.records if record.name != "asyncio"] == []
