"""What `manage.py setup` asks: each question fills one variable, or says what the site begins with."""

from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parseaddr

import dj_database_url
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_domain_name, validate_email, validate_integer

from cms.settings.mail import SECURITY
from cms.settings.variables import VARIABLES

CODES = [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def check_mail_host(value: str) -> None:
    if set(value) & set(" /:@"):
        raise ValueError("A name alone, such as mail.example.org: its port is asked for apart.")


def check_port(value: str) -> None:
    validate_integer(value)
    if not 0 < int(value) < 65536:
        raise ValueError("A port is a number from 1 to 65535.")


def check_database_url(url: str) -> None:
    if not url.startswith(("postgres://", "postgresql://", "sqlite://")):
        raise ValueError("An address begins with postgres:// or sqlite://.")
    dj_database_url.parse(url)


@dataclass(frozen=True)
class Question:
    option: str  # of the command
    words: str
    variable: str = ""  # of the environment
    default: str = ""
    several: bool = False
    fewest: int = 1  # of several
    hidden: bool = False
    needed: bool = False
    check: Callable[[str], object] | None = None  # raises ValidationError or ValueError
    known: tuple[str, ...] = ()  # all values there are, where they can be listed
    unlike: str = ""  # the option of another question whose answer this cannot be
    only_with: str = ""  # the option of an earlier question: where its answer is none, this one is not asked

    def find_fault(self, value: str | list[str], answers: dict[str, str | list[str]], again: bool) -> str:
        """What is wrong with an answer, in a sentence; empty where nothing is."""
        if not value:
            return "This has to be said." if self.is_needed(again) else ""
        if self.unlike and str(value).casefold() == str(answers.get(self.unlike)).casefold():
            return f"This cannot be that of {self.unlike}."
        if not again and isinstance(value, list) and len({one.casefold() for one in value}) < self.fewest:
            return f"This needs {self.fewest}, each another."
        for one in value if isinstance(value, list) else [value]:
            if self.known and one not in self.known:
                return f"“{one}” is none of {', '.join(self.known)}."
            try:
                if self.check:
                    self.check(one)
            except (ValidationError, ValueError) as error:
                said = " ".join(getattr(error, "messages", [str(error)]))
                return f"“{one}”: {said}" if self.several else said
        return ""

    @property
    def is_secret(self) -> bool:
        """Its value is never shown: an address of a database holds a password."""
        return self.hidden or (self.variable in VARIABLES and VARIABLES[self.variable].secret)

    def is_needed(self, again: bool) -> bool:
        """What fills no variable is about the beginning: `again` it may be left out."""
        return self.needed and (bool(self.variable) or not again)


MAIL = "--mail-host"

QUESTIONS = (
    Question("--organisation", "Name of the partnership, as in “a service of ...”", "PARTNERSHIP", needed=True),
    Question("--district", "Its district, as in “Are you in ...?”", "DISTRICT", needed=True),
    Question(
        "--public-host",
        "Name of the public site, such as say.example.org",
        "PUBLIC_HOST",
        needed=True,
        check=validate_domain_name,
    ),
    Question(
        "--staff-host",
        "Name of the staff site, such as staff.example.org",
        "STAFF_HOST",
        needed=True,
        check=validate_domain_name,
        unlike="--public-host",
    ),
    Question(
        "--database-url",
        "PostgreSQL, such as postgres://voice:PASSWORD@127.0.0.1/voice; empty: SQLite",
        "DATABASE_URL",
        check=check_database_url,
    ),
    Question(MAIL, "Mail server; -: there is none", "EMAIL_HOST", "localhost", check=check_mail_host),
    Question("--mail-user", "Name to sign in to it; empty: none", "EMAIL_USER", only_with=MAIL),
    Question("--mail-password", "Password to sign in to it", "EMAIL_PASSWORD", hidden=True, only_with=MAIL),
    Question(
        "--mail-security",
        "starttls, tls or none",
        "EMAIL_SECURITY",
        "starttls",
        needed=True,
        known=SECURITY,
        only_with=MAIL,
    ),
    Question(
        "--mail-port",
        "Its port; empty: 465 with tls, else 587. With none it is often 25",
        "EMAIL_PORT",
        check=check_port,
        only_with=MAIL,
    ),
    Question(
        "--mail-from",
        "Sender of mails",
        "EMAIL_FROM",
        needed=True,
        check=lambda sender: validate_email(parseaddr(sender)[1]),
        only_with=MAIL,
    ),
    Question(
        "--head-of-service",
        "E-mail of the head of service, told when a concern waits too long",
        "HEAD_OF_SERVICE_EMAIL",
        needed=True,
        check=validate_email,
    ),
    Question("--duty-team", "Who is there at night: name and number", "EMERGENCY_DUTY_TEAM"),
    Question(
        "--languages",
        f"Languages of the site beside English, of {' '.join(CODES)}; empty: none",
        several=True,
        known=(settings.LANGUAGE_CODE, *CODES),
    ),
    Question(
        "--administrators",
        "E-mails of the first two administrators",
        several=True,
        fewest=2,  # one alone gives nobody a role
        needed=True,
        check=validate_email,
    ),
)
