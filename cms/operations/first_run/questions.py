"""What `manage.py setup` asks: each question fills one variable, or says what the site begins with."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Question:
    option: str  # of the command
    words: str
    variable: str = ""  # of the environment
    default: str = ""
    several: bool = False
    hidden: bool = False
    needed: bool = False

    def is_needed(self, again: bool) -> bool:
        """What fills no variable is about the beginning: `again` it may be left out."""
        return self.needed and (bool(self.variable) or not again)


QUESTIONS = (
    Question("--organisation", "Name of the partnership, as in “a service of ...”", "PARTNERSHIP", needed=True),
    Question("--district", "Its district, as in “Are you in ...?”", "DISTRICT", needed=True),
    Question("--public-host", "Name of the public site, such as say.example.org", "PUBLIC_HOST", needed=True),
    Question("--staff-host", "Name of the staff site, such as staff.example.org", "STAFF_HOST", needed=True),
    Question(
        "--database-url",
        "PostgreSQL, such as postgres://voice:PASSWORD@127.0.0.1/voice; empty: SQLite",
        "DATABASE_URL",
    ),
    Question("--mail-host", "Mail server", "EMAIL_HOST", "localhost"),
    Question("--mail-user", "Name to sign in to it; empty: none", "EMAIL_USER"),
    Question("--mail-password", "Password to sign in to it", "EMAIL_PASSWORD", hidden=True),
    Question("--mail-security", "starttls, tls or none", "EMAIL_SECURITY", "starttls"),
    Question("--mail-from", "Sender of mails", "EMAIL_FROM", needed=True),
    Question(
        "--head-of-service",
        "E-mail of the head of service, told when a concern waits too long",
        "HEAD_OF_SERVICE_EMAIL",
        needed=True,
    ),
    Question("--duty-team", "Who is there at night: name and number", "EMERGENCY_DUTY_TEAM"),
    Question("--languages", "Languages of the site beside English, such as: ur pl", several=True),
    Question("--administrators", "E-mails of the first two administrators", several=True, needed=True),
)
