"""Every environment variable, once: the sample file, the table in cms/operations/SETTINGS.md, `manage.py setup` and `doctor`
come from here, and a test finds a variable that the settings read and this table lacks.

`python -m cms.settings.variables` prints that table.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Variable:
    name: str
    meaning: str
    default: str = ""
    example: str = ""
    required: bool = False  # production does not start without it
    private: bool = False  # opens answers or figures: only in the file that staff's processes and workers read
    secret: bool = False
    number: bool = False
    choices: tuple[str, ...] = ()  # where it can be nothing else
    is_file: bool = False


GROUPS: dict[str, tuple[Variable, ...]] = {
    "Keys": (
        Variable(
            "SECRET_KEY",
            "Long and random. Form tokens, receipts and sessions depend on it.",
            required=True,
            secret=True,
        ),
        Variable("ANSWER_SEAL_KEY", "The public half of the answer key. Every process needs it.", required=True),
        Variable(
            "ANSWER_OPEN_KEYS",
            "The private halves, separated by commas: only on the reading desk and on workers; set but empty elsewhere.",
            required=True,
            private=True,
            secret=True,
        ),
        Variable(
            "RECORD_KEY_SECRET",
            "Long and random: the record keys by which released figures are changed a little. Kept where "
            "`ANSWER_OPEN_KEYS` is; set but empty elsewhere. Never in a backup. It cannot be changed while a "
            "consultation still has releases to come.",
            required=True,
            private=True,
            secret=True,
        ),
        Variable(
            "LEDGER_SIGNING_KEY",
            "32 bytes in base64 that sign the daily head of the decisions' ledger. Without it, a key derived from "
            "`SECRET_KEY`.",
            secret=True,
        ),
        Variable(
            "BACKUP_SEAL_KEY", "The public half of a pair of keys for backups alone. Without it, the answer key."
        ),
        Variable(
            "BACKUP_OPEN_KEYS",
            "Its private halves: only where backups are verified and restored.",
            private=True,
            secret=True,
        ),
        Variable("LEDGER_FORMER_KEYS", "Public halves of keys that signed before."),
    ),
    "Addresses": (
        Variable(
            "DJANGO_SETTINGS_MODULE",
            "Which settings: on a server always `cms.settings.production`.",
            example="cms.settings.production",
        ),
        Variable("ALLOWED_HOSTS", "Names that the site answers to, separated by commas.", required=True),
        Variable("SITE_URL", "Its public address.", "http://127.0.0.1:8000"),
        Variable(
            "STAFF_HOST",
            "Host name of the staff site. Public processes answer 404 to staff addresses on other names.",
        ),
        Variable(
            "PROXY_LIMITS",
            "`1` where the front proxy counts requests by address, as the nginx of `deploy_files` does. Otherwise each "
            "process counts by itself; behind a proxy all people share one count, which is wider.",
            "0",
            choices=("0", "1"),
        ),
        Variable("SSL_REDIRECT", "`0` turns off the redirect to TLS: for trials only.", "1", choices=("0", "1")),
    ),
    "Database and files": (
        Variable(
            "DATABASE_URL",
            "PostgreSQL 15 or later when there is more than one machine; otherwise SQLite, as "
            "`sqlite:////var/lib/voice/voice.sqlite3`. Its options reach the driver: where the database is elsewhere "
            "`?sslmode=verify-full&sslrootcert=/etc/ssl/certs/database.pem`, with the whole value in quotes and the file "
            "where the users of the site can read it. "
            "PgBouncer may stand between, in transaction mode.",
            required=True,
            secret=True,
        ),
        Variable(
            "DATABASE_REPLICA_URL",
            "A streaming replica from which planners' pages read while it is at most about two seconds behind; else the "
            "primary answers. A withdrawn text leaves those pages with that delay, or at once where the replica is a "
            "synchronous standby with `synchronous_commit = remote_apply`.",
            secret=True,
        ),
        Variable("DATABASE_POOL", "Connections a process keeps on PostgreSQL.", "8", number=True),
        Variable("VAR_DIR", "Folder of the SQLite database, media, static files and backups; below, VAR_DIR.", "var"),
        Variable(
            "MEDIA_STORAGE",
            "`s3://bucket/folder` for media, in place of a folder, with `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and, "
            "where it is not Amazon's, `AWS_ENDPOINT_URL`, which boto3 reads.",
            "VAR_DIR/media",
        ),
        Variable("BACKUP_DIR", "Folder of sealed backups.", "VAR_DIR/backups"),
        Variable(
            "BACKUP_COPY", "A second place for backups: a folder, or `s3://bucket/folder` with the same variables."
        ),
        Variable(
            "BACKUP_SCRATCH_URL", "Another PostgreSQL server on which backups are restored for a trial.", secret=True
        ),
        Variable(
            "BACKUP_PING_URL", "Fetched after each verified backup: a monitor calls somebody when it stays away."
        ),
        Variable("NO_MIGRATIONS", "`1` makes tables without migrations: the demo and tests only."),
    ),
    "Processes": (
        Variable("BIND", "Address on which gunicorn listens.", "127.0.0.1:8000"),
        Variable("WEB_WORKERS", "Web processes: about one for each core.", "2", number=True),
        Variable("METRICS_TOKEN", "Opens `/api/metrics` to Prometheus.", secret=True),
        Variable("LOG_FORMAT", "`json` for a collector of logs.", "text", choices=("text", "json")),
        Variable("WEB_THREADS", "Threads of a web process.", "4", number=True),
        Variable(
            "TASKS",
            "What runs the sweeps: `database`, or `celery` with a broker for many workers (`manage.py worker` in both).",
            "database",
            choices=("database", "celery"),
        ),
        Variable(
            "TASKS_BROKER_URL", "Valkey, Redis or RabbitMQ for `celery`.", "redis://127.0.0.1:6379/0", secret=True
        ),
        Variable(
            "WORKER_PING_URL",
            "An address of a monitor elsewhere, fetched once a minute while answers are screened: silence is the alarm.",
        ),
    ),
    "Mail and messages to staff": (
        Variable(
            "EMAIL_HOST",
            "Mail server for “item waiting” and invitations. Empty: there is none, and administrators hand over links to "
            "set a password, with a second administrator each time.",
            "localhost",
        ),
        Variable("EMAIL_PORT", "Its port; if unset and with `tls`, 465.", "587", number=True),
        Variable("EMAIL_USER", "Name to sign in to it."),
        Variable("EMAIL_PASSWORD", "Password to sign in to it.", secret=True),
        Variable("EMAIL_SECURITY", "`starttls`, `tls` or `none`.", "starttls", choices=("starttls", "tls", "none")),
        Variable("EMAIL_FROM", "Sender of mails.", "webmaster@localhost"),
        Variable(
            "HEAD_OF_SERVICE_EMAIL",
            "Told when a concern has waited half as long again as it may, and at once when a lead takes emergency "
            "access. No consultation opens without it.",
        ),
        Variable(
            "EMERGENCY_DUTY_TEAM",
            "Name and number of who is there at night and at weekends: readers and leads see it outside working hours.",
        ),
        Variable(
            "SMS_GATEWAY_URL",
            'A gateway for text messages to staff: takes a POST of `{"to", "text"}` as JSON. Without it, e-mail alone.',
        ),
        Variable("SMS_GATEWAY_TOKEN", "The bearer token of that gateway.", secret=True),
    ),
    "Sign-in of staff": (
        Variable(
            "STAFF_NEED_MFA",
            "`0` turns off the second factor of staff: for trials only.",
            "1",
            choices=("0", "1"),
        ),
        Variable(
            "OIDC_SERVER_URL",
            "Single sign-on by OpenID Connect, for people who have an account here. Their roles stay ours.",
        ),
        Variable("OIDC_CLIENT_ID", "The client that the provider gave."),
        Variable("OIDC_SECRET", "Its secret.", secret=True),
        Variable("OIDC_NAME", "What the button calls it.", "your work account"),
        Variable(
            "OIDC_EMAIL_DOMAINS",
            "For a provider that does not say `email_verified`: the domains whose addresses it gives out itself.",
        ),
    ),
    "Names": (
        Variable("PARTNERSHIP", "The partnership's name.", "the Bradford children's partnership"),
        Variable("DISTRICT", "Its district.", "Bradford"),
        Variable(
            "AREAS_FILE",
            "A YAML file `{district: [area, ...]}` in place of `consultation/surveys/areas.yaml`.",
            is_file=True,
        ),
        Variable(
            "EXIT_URL", "The page of another site that “Leave this site” opens.", "https://www.bbc.co.uk/weather"
        ),
    ),
}
VARIABLES = {variable.name: variable for group in GROUPS.values() for variable in group}


def build_settings_table():
    """The table of cms/operations/SETTINGS.md."""
    rows = []
    for group, variables in GROUPS.items():
        rows += [f"\n**{group}**\n\n| name | meaning | if unset |\n|---|---|---|"]
        for one in variables:
            unset = "does not start" if one.required else f"`{one.default}`" if one.default else ""
            rows.append(f"| `{one.name}` | {one.meaning} | {unset} |")
    return "\n".join(rows).strip()


if __name__ == "__main__":
    print(build_settings_table())  # noqa: T201
