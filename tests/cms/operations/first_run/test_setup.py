"""`manage.py setup` writes the environment for its owner alone, keeps keys, and builds a site, not Wagtail's welcome."""

import contextlib
import io
import stat
import subprocess

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Locale, Page

from cms.management.commands import setup
from cms.operations.first_run import environment_files, questions
from cms.operations.first_run.questions import QUESTIONS
from cms.settings.variables import VARIABLES
from cms.site.pages.models import HomePage
from consultation.safeguarding.models import HelpEntry

GIVEN = {
    "organisation": "the Leeds children's partnership",
    "district": "Leeds",
    "public_host": "say.leeds.example",
    "staff_host": "desk.leeds.example",
    "mail_from": "say@leeds.example",
    "head_of_service": "head@leeds.example",
    "administrators": ["ada@leeds.example", "bo@leeds.example"],
    "languages": ["ur"],
}


@pytest.fixture
def ran(monkeypatch):
    """What was run in the new environment: (arguments, environment, user)."""
    told = []
    monkeypatch.setattr(setup, "run_manage", lambda *arguments: told.append(arguments) or "")
    return told


def set_up(folder, **more):
    out = io.StringIO()
    options = {"etc_dir": folder / "etc", "var_dir": str(folder / "var"), "no_input": True, "stdout": out}
    call_command("setup", **(options | GIVEN | more))
    return out.getvalue()


def read(folder):
    return environment_files.read_environment(folder / "etc")


def test_it_writes_two_files_that_their_owner_alone_reads(tmp_path, ran):
    set_up(tmp_path)
    common, private = (tmp_path / "etc" / name for name in ("voice.env", "voice-keys.env"))
    assert {stat.S_IMODE(path.stat().st_mode) for path in (common, private)} == {0o600}
    for name in ("ANSWER_OPEN_KEYS", "BACKUP_OPEN_KEYS", "RECORD_KEY_SECRET"):
        assert name in private.read_text() and name not in common.read_text()
    found = read(tmp_path)
    assert found["PARTNERSHIP"] == GIVEN["organisation"]
    assert found["SITE_URL"] == "https://say.leeds.example"
    assert found["ALLOWED_HOSTS"] == "say.leeds.example,desk.leeds.example"
    assert found["PROXY_LIMITS"] == "1"
    assert found["DATABASE_URL"] == f"sqlite:///{tmp_path}/var/voice.sqlite3"
    assert found.keys() <= VARIABLES.keys()
    assert all(found.get(name) for name, one in VARIABLES.items() if one.required)


def test_again_it_keeps_the_keys_and_what_was_not_said(tmp_path, ran):
    set_up(tmp_path, mail_host="mail.leeds.example")
    before = read(tmp_path)
    said = set_up(tmp_path, district="Kirkstall", other_proxy=True)
    assert read(tmp_path) == before | {"DISTRICT": "Kirkstall", "PROXY_LIMITS": "0"}
    assert "two places" not in said


def test_again_it_keeps_the_proxy_the_folder_and_more_names(tmp_path, ran):
    """Run again for another district, it took the counting of guesses for nginx's, and made an empty folder of data."""
    set_up(tmp_path, other_proxy=True, database_url="postgres:///voice", files_only=True)
    environment_files.write_environment(
        tmp_path / "etc", read(tmp_path) | {"ALLOWED_HOSTS": "say.leeds.example,desk.leeds.example,old.leeds.example"}
    )
    before = read(tmp_path)
    set_up(tmp_path, var_dir=None, files_only=True, **dict.fromkeys(GIVEN))
    assert read(tmp_path) == before and before["PROXY_LIMITS"] == "0"
    set_up(tmp_path, var_dir=None, files_only=True, **dict.fromkeys(GIVEN) | {"public_host": "new.leeds.example"})
    assert read(tmp_path)["ALLOWED_HOSTS"] == "new.leeds.example,desk.leeds.example,old.leeds.example"
    set_up(tmp_path, var_dir=None, files_only=True, other_proxy=False, **dict.fromkeys(GIVEN))
    assert read(tmp_path)["PROXY_LIMITS"] == "1"


def test_again_it_needs_to_be_told_nothing_but_the_change(tmp_path, ran):
    set_up(tmp_path)
    before = read(tmp_path)
    ran.clear()
    set_up(tmp_path, **dict.fromkeys(GIVEN) | {"mail_host": "mail.leeds.example"})
    assert read(tmp_path) == before | {"EMAIL_HOST": "mail.leeds.example"}
    assert [arguments for arguments, _, _ in ran] == [["prepare_site"]]


def test_it_says_what_is_missing_and_writes_nothing(tmp_path, ran):
    with pytest.raises(CommandError, match="--head-of-service"):
        set_up(tmp_path, head_of_service=None)
    assert not (tmp_path / "etc").exists()
    assert ran == []


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("public_host", "https://say.leeds.example", "--public-host: Enter a valid domain name."),
        ("staff_host", "say.leeds.example", "--staff-host: This cannot be that of --public-host."),
        ("database_url", "mysql://voice:secret@127.0.0.1/voice", "--database-url: An address begins with postgres://"),
        ("database_url", "postgres://voice:se#cret@127.0.0.1/voice", "--database-url: This string is not a valid url"),
        (
            "database_url",
            "postgres://voice:secret@127.0.0.1:1/voice",
            "--database-url: The database 127.0.0.1:1 does not",
        ),
        ("staff_host", "SAY.leeds.example", "--staff-host: This cannot be that of --public-host."),
        ("mail_host", "mail.leeds.example:25", "--mail-host: A name alone, such as mail.example.org"),
        ("mail_port", "smtp", "--mail-port: Enter a valid integer."),
        ("mail_port", "70000", "--mail-port: A port is a number from 1 to 65535."),
        ("mail_security", "ssl", "--mail-security: “ssl” is none of starttls, tls, none."),
        ("mail_from", "Say it", "--mail-from: Enter a valid email address."),
        ("head_of_service", "head", "--head-of-service: Enter a valid email address."),
        ("languages", ["ur", "tlh"], "--languages: “tlh” is none of en, "),
        ("administrators", ["ada@leeds.example"], "--administrators: This needs 2, each another."),
        (
            "administrators",
            ["ada@leeds.example", "Ada@leeds.example"],
            "--administrators: This needs 2, each another.",
        ),
        ("administrators", ["ada@leeds.example", "bo"], "--administrators: “bo”: Enter a valid email address."),
    ],
)
def test_a_wrong_answer_is_named_and_nothing_is_written(tmp_path, ran, option, value, said):
    with pytest.raises(CommandError) as refused:
        set_up(tmp_path, **{option: value})
    assert said in str(refused.value)
    assert "secret" not in str(refused.value)
    assert not (tmp_path / "etc").exists()
    assert ran == []


def test_all_wrong_answers_are_named_at_once(tmp_path, ran):
    with pytest.raises(CommandError) as refused:
        set_up(tmp_path, mail_from="Say it", languages=["tlh"], district=None)
    assert [line.split(":")[0] for line in str(refused.value).splitlines()[1:]] == [
        "--district",
        "--mail-from",
        "--languages",
    ]


def test_on_a_terminal_it_asks_again_until_an_answer_is_right(tmp_path, ran, monkeypatch):
    typed = {"Sender of mails": ["Say it", "say@leeds.example"], "Languages": ["klingon", "ur, pl"]}
    monkeypatch.setattr(setup.sys, "stdin", type("Terminal", (), {"isatty": staticmethod(lambda: True)}))
    asked = lambda words: next((told.pop(0) for begin, told in typed.items() if words.startswith(begin)), "")  # noqa: E731
    monkeypatch.setattr("builtins.input", asked)
    monkeypatch.setattr(setup.getpass, "getpass", asked)
    said = set_up(tmp_path, no_input=False, languages=None, mail_from=None)
    assert read(tmp_path)["EMAIL_FROM"] == "say@leeds.example"
    assert ran[0][0] == ["prepare_site", "--languages", "ur", "pl"]
    assert "Enter a valid email address." in said and "“klingon” is none of" in said


def test_without_a_mail_server_nothing_more_is_asked_about_mail(tmp_path, ran, monkeypatch):
    """A sender had to be named, with name, password, security and port of no server."""
    monkeypatch.setattr(setup.sys, "stdin", type("Terminal", (), {"isatty": staticmethod(lambda: True)}))
    asked = []
    monkeypatch.setattr("builtins.input", lambda words: asked.append(words) or ("-" if "Mail server" in words else ""))
    monkeypatch.setattr(setup.getpass, "getpass", asked.append)
    set_up(tmp_path, no_input=False, mail_from=None)
    assert [words.split(";")[0] for words in asked] == [
        "PostgreSQL, such as postgres://voice:PASSWORD@127.0.0.1/voice",
        "Mail server",
        "Who is there at night: name and number: ",
    ]
    assert read(tmp_path)["EMAIL_HOST"] == "" and "EMAIL_FROM" not in read(tmp_path)
    with pytest.raises(CommandError, match="--mail-from"):
        set_up(tmp_path, mail_host="-", mail_from="Say it")


@pytest.mark.parametrize("fails", [False, True])
def test_to_keep_the_keys_is_the_last_thing_to_be_read(tmp_path, monkeypatch, fails):
    """Hundreds of lines of migrations came after it."""
    told = io.StringIO()

    def run(arguments, *others):
        told.write(f"{arguments[0]} writes a lot.\n")
        if fails:
            raise CommandError("It failed.")

    monkeypatch.setattr(setup, "run_manage", run)
    with pytest.raises(CommandError) if fails else contextlib.nullcontext():
        set_up(tmp_path, stdout=told)
    assert "two places" in told.getvalue().split("writes a lot.")[-1]


def test_the_question_of_languages_lists_them():
    words = next(one.words for one in QUESTIONS if one.option == "--languages")
    assert f" {' '.join(questions.CODES)};" in words


def test_for_containers_a_database_of_their_network_is_not_asked(tmp_path, ran):
    set_up(tmp_path, files_only=True, database_url="postgres://voice:secret@127.0.0.1:1/voice")
    assert read(tmp_path)["DATABASE_URL"] == "postgres://voice:secret@127.0.0.1:1/voice"


def test_commands_run_without_the_home_of_root(monkeypatch):
    ran = []
    done = type("Done", (), {"returncode": 0})
    monkeypatch.setattr(setup.subprocess, "run", lambda command, *, env, **options: ran.append(env) or done)
    monkeypatch.setenv("HOME", "/root")
    setup.run_manage(["prepare_site"], {"DISTRICT": "Leeds"}, "")
    assert ran[0]["DISTRICT"] == "Leeds" and "HOME" not in ran[0]


def test_it_says_which_step_failed_and_how_to_go_on(monkeypatch):
    done = type("Done", (), {"returncode": 1})
    monkeypatch.setattr(setup.subprocess, "run", lambda command, **options: done)
    with pytest.raises(CommandError, match="prepare_site failed, as it says above. Mend that, and run setup again"):
        setup.run_manage(["prepare_site"], {}, "")


def test_it_builds_the_site_and_makes_the_administrators_in_the_new_environment(tmp_path, ran):
    set_up(tmp_path, user="voice-staff")
    prepare, *administrators = ran
    assert prepare[0] == ["prepare_site", "--languages", "ur"]
    assert prepare[1]["DJANGO_SETTINGS_MODULE"] == "cms.settings.production"
    assert [arguments for arguments, _, _ in administrators] == [
        ["create_administrator", email] for email in GIVEN["administrators"]
    ]
    assert {user for _, _, user in ran} == {"voice-staff"}


def test_for_containers_it_writes_files_alone(tmp_path, ran):
    said = set_up(tmp_path, files_only=True)
    assert read(tmp_path) and ran == []
    left = [line for line in said.splitlines() if line.startswith("python manage.py ")]
    administrators = [f"python manage.py create_administrator {email}" for email in GIVEN["administrators"]]
    assert left == ["python manage.py prepare_site --languages ur", *administrators]


def test_it_asks_for_what_no_option_says(tmp_path, ran, monkeypatch):
    asked = []
    monkeypatch.setattr(setup.sys, "stdin", type("Terminal", (), {"isatty": staticmethod(lambda: True)}))
    monkeypatch.setattr("builtins.input", lambda words: asked.append(words) or "")
    monkeypatch.setattr(setup.getpass, "getpass", lambda words: "a password")
    set_up(tmp_path, no_input=False)
    assert read(tmp_path)["EMAIL_PASSWORD"] == "a password"
    assert any("Mail server; -: there is none [localhost]" in words for words in asked)
    assert len(asked) == len(QUESTIONS) - len(GIVEN) - 1


@pytest.fixture
def typing(monkeypatch):
    """typing({beginning of a question: what is typed}): each other question is answered by Enter. Returns what was asked."""

    def sit_down(typed):
        asked = []
        monkeypatch.setattr(setup.sys, "stdin", type("Terminal", (), {"isatty": staticmethod(lambda: True)}))
        for module, name in (("builtins", "input"), (setup.getpass.__name__, "getpass")):
            monkeypatch.setattr(f"{module}.{name}", lambda words: asked.append(words) or _answer_by_hand(words, typed))
        return asked

    return sit_down


def _answer_by_hand(words, typed):
    return next((told for begin, told in typed.items() if words.startswith(begin)), "")


def test_again_no_password_is_shown_and_enter_keeps_it(tmp_path, ran, typing, monkeypatch):
    monkeypatch.setattr(setup, "explain_refused_address", lambda url: "")
    set_up(tmp_path, database_url="postgres://voice:secret-one@db/voice", mail_password="secret-two", mail_user="say")
    before = read(tmp_path)
    asked = typing({})
    said = set_up(tmp_path, no_input=False, **dict.fromkeys(GIVEN))
    assert "secret" not in said + "".join(asked)
    assert [words for words in asked if "[as it is]" in words and words.startswith(("PostgreSQL", "Password"))] == [
        words for words in asked if words.startswith(("PostgreSQL", "Password"))
    ]
    assert read(tmp_path) == before and "secret-one" in before["DATABASE_URL"]


@pytest.mark.parametrize("by_hand", [True, False])
def test_it_can_be_said_that_there_is_no_mail_server_and_again_it_stays_so(tmp_path, ran, typing, by_hand):
    typing({"Mail server": "-", "Name to sign in": "-"} if by_hand else {})
    set_up(tmp_path, no_input=False, **({} if by_hand else {"mail_host": ""}))
    assert read(tmp_path)["EMAIL_HOST"] == "" and "EMAIL_USER" not in read(tmp_path)
    typing({})
    set_up(tmp_path, no_input=False)
    assert read(tmp_path)["EMAIL_HOST"] == ""


def test_an_empty_port_is_none_and_no_broken_number(tmp_path, ran):
    set_up(tmp_path, mail_port="25")
    set_up(tmp_path, mail_port="-")
    assert "EMAIL_PORT" not in read(tmp_path)


@pytest.mark.parametrize(
    "value",
    [
        "plain",
        "two words",
        "it's",
        'it\'s a "word" and $HOME `x`',
        "",
        "back\\slash",
        "a#b",
        "postgres://a@b/c?sslmode=verify-full&d=e",
    ],
)
def test_a_value_is_read_by_a_shell_as_it_was_written(tmp_path, value):
    environment_files.write_environment(tmp_path, {"PARTNERSHIP": value})
    show = 'set -a; . ./voice.env; printf %s "$PARTNERSHIP"'
    read = subprocess.run(["sh", "-c", show], cwd=tmp_path, capture_output=True, text=True)
    assert read.stdout == value
    assert environment_files.read_environment(tmp_path) == {"PARTNERSHIP": value}


def test_every_question_fills_a_variable_that_is_there():
    assert {one.variable for one in QUESTIONS} - {"", "PUBLIC_HOST"} <= VARIABLES.keys()


@pytest.mark.slow
@pytest.mark.django_db
def test_prepare_site_makes_pages_in_each_language_help_entries_and_no_welcome(monkeypatch):
    from cms.management.commands import prepare_site

    ran = []
    told = {}
    monkeypatch.setattr(
        prepare_site, "call_command", lambda name, **options: ran.append(name) or told.update({name: options})
    )
    for _ in range(2):  # safe to run again
        call_command("prepare_site", languages=["ur", "pl"], stdout=io.StringIO())
    assert ran == ["migrate", "collectstatic"] * 2
    assert told["migrate"]["verbosity"] == 1  # each migration by name, for who waits
    assert set(Locale.objects.values_list("language_code", flat=True)) >= {"en", "ur", "pl"}
    assert HomePage.objects.live().filter(locale__language_code="ur").count() == 1
    assert not Page.objects.filter(title__startswith="Welcome to your new Wagtail").exists()
    assert HelpEntry.objects.count() > 10
    with pytest.raises(CommandError, match="no words in tlh"):
        call_command("prepare_site", languages=["tlh"])
