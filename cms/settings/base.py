"""Settings shared by all environments, read from environment variables, with defaults that are safe on a laptop."""

import os
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

from cms.settings.storages import build_copy_storage, build_media_storage

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = Path(os.environ.get("VAR_DIR", BASE_DIR / "var"))


def parse_env_number(name, unset):
    value = os.environ.get(name) or unset
    if not value.isdecimal() or not int(value):
        raise ImproperlyConfigured(f"{name} is no number.")
    return int(value)


def parse_env_list(name):
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]


SECRET_KEY = os.environ.get("SECRET_KEY", "")
DEBUG = False
ALLOWED_HOSTS = parse_env_list("ALLOWED_HOSTS")
SITE_URL = os.environ.get("SITE_URL", "http://127.0.0.1:8000")
# Staff pages answer on this host name alone; empty means on every host.
STAFF_HOST = os.environ.get("STAFF_HOST", "")
WAGTAILADMIN_BASE_URL = f"https://{STAFF_HOST}" if STAFF_HOST else SITE_URL

# The public half of the answer key seals; the private halves open, and only where they are set: see
# consultation.responses.vault.
ANSWER_SEAL_KEY = os.environ.get("ANSWER_SEAL_KEY", "")
ANSWER_OPEN_KEYS = parse_env_list("ANSWER_OPEN_KEYS")
# Makes the record keys by which figures are perturbed (insights.disclosure.record_secret). It is kept with the private
# answer keys and never in the database: whoever has both could undo the noise.
RECORD_KEY_SECRET = os.environ.get("RECORD_KEY_SECRET", "")
# Signs the ledger's daily head (base64, 32 bytes); empty: a key that derives from SECRET_KEY. The public halves of keys
# that signed before stay in LEDGER_FORMER_KEYS.
LEDGER_SIGNING_KEY = os.environ.get("LEDGER_SIGNING_KEY", "")
LEDGER_FORMER_KEYS = parse_env_list("LEDGER_FORMER_KEYS")

INSTALLED_APPS = [
    "cms",
    "insights",
    "consultation",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.settings",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.embeds",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "cms.operations.health.HealthMiddleware",
    "cms.api.api_problems.ApiMiddleware",
    "consultation.channels.web.middleware.RespondentMiddleware",
    "consultation.respondent_pages.body_limit.BodyLimitMiddleware",
    "cms.operations.security.staff_host.StaffHostMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "consultation.channels.web.middleware.SurveyMiddleware",
    "cms.site.language.RespondentLocaleMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "cms.operations.security.content_security_policy.StaffPolicyMiddleware",
    "cms.operations.security.malformed_requests.MalformedRequestMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "cms.operations.security.wagtail_page_access.WagtailPageAccessMiddleware",
    "cms.accounts.middleware.IdleTimeoutMiddleware",
    "cms.accounts.middleware.SecondFactorMiddleware",
    "cms.staff.partner_access.partner_middleware.PartnerMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "consultation.respondent_pages.public_context.build_public_context",
            ],
            "builtins": ["consultation.templatetags.tables", "django.contrib.humanize.templatetags.humanize"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Each answer table is kept in the order of its random key: see cms.operations.sqlite and
# cms.operations.stored_answers.storage_order.
TABLES_IN_KEY_ORDER = {
    "consultation_response",
    "consultation_answer",
    "consultation_receipt",
    "consultation_screening",
    "consultation_firstwording",
    "consultation_heldcopy",
    "consultation_reading",
    "consultation_contactrequest",
    "consultation_mailbox",
    "consultation_mailboxmessage",
    "consultation_withdrawntext",
    "consultation_groupsession",
    "consultation_importedresponse",
    "consultation_equalityrow",
    "consultation_invitationcode",
    "consultation_waitingevent",
    "consultation_tombstone",
    "consultation_heardanswer",
    "consultation_panelwords",
}

DATABASE_URL = os.environ.get("DATABASE_URL") or f"sqlite:///{VAR_DIR / 'voice.sqlite3'}"


# For how many seconds a PostgreSQL server that does not answer is waited for: one that is switched off, or unplugged.
PATIENCE = {
    "connect_timeout": 2,
    "keepalives_idle": 3,
    "keepalives_interval": 1,
    "keepalives_count": 3,
    "tcp_user_timeout": 5000,  # milliseconds
}


def parse_database_url(url):
    """Database settings from a URL, whose own options (as ?sslmode=verify-full) go before ours. SQLite: WAL, NORMAL,
    IMMEDIATE and persistent connections; PostgreSQL: a pool."""
    if not url.startswith(("postgres://", "postgresql://", "sqlite://")):
        raise ImproperlyConfigured("The address of a database begins with postgres:// or sqlite://.")
    config = dj_database_url.parse(url)
    if config["ENGINE"].endswith("sqlite3"):
        config["ENGINE"] = "cms.operations.sqlite"
        if config["NAME"] not in ("", ":memory:"):
            Path(config["NAME"]).parent.mkdir(parents=True, exist_ok=True)
        config["CONN_MAX_AGE"] = None
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
                "PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=134217728;"
                "PRAGMA secure_delete=ON;"
            ),
        } | config.get("OPTIONS", {})
    else:
        config["ENGINE"] = "cms.operations.postgresql"
        pool_size = parse_env_number("DATABASE_POOL", "8")
        config["CONN_MAX_AGE"] = 0
        config["OPTIONS"] = PATIENCE | config.get("OPTIONS", {})
        config["OPTIONS"]["pool"] = {
            "min_size": 1,
            "max_size": pool_size,
            "reconnect_timeout": 3,  # then the next request tries anew, so that a returned database is soon found
        }
    return config


DATABASES = {"default": parse_database_url(DATABASE_URL)}
if _replica := os.environ.get("DATABASE_REPLICA_URL"):
    DATABASES["replica"] = parse_database_url(_replica) | {"TEST": {"MIRROR": "default"}}
    DATABASE_ROUTERS = ["cms.operations.postgresql.read_replica.ReplicaRouter"]
    MIDDLEWARE.insert(0, "cms.operations.postgresql.read_replica.ReplicaMiddleware")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
if os.environ.get("NO_MIGRATIONS"):

    class _NoMigrations(dict):
        """Creates tables from the models without migrations, for scratch databases."""

        def __contains__(self, label):
            return True

        def __getitem__(self, label):
            return None

    MIGRATION_MODULES = _NoMigrations()

# The engine of the sweeps: rows of the database, or "celery" with a broker (Valkey, Redis or RabbitMQ).
TASKS_ENGINE = os.environ.get("TASKS", "database")
TASKS_BROKER_URL = os.environ.get("TASKS_BROKER_URL", "redis://127.0.0.1:6379/0")
# Fetched once a minute by a worker while screening is caught up, so that a monitor elsewhere tells when that ends.
WORKER_PING_URL = os.environ.get("WORKER_PING_URL", "")

# The default cache is per process and holds no personal data. Sign-in attempts are counted, and used codes of second
# factors remembered, for all processes.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 5000}},
    # Charts of planners' reports, which are drawn from frozen figures alone.
    "frozen_reports": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "frozen reports",
        "OPTIONS": {"MAX_ENTRIES": 300},
    },
    "limits": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "staff_sign_in_limits",
        "KEY_FUNCTION": "cms.accounts.sign_in_limits.hash_cache_key",
        "OPTIONS": {"MAX_ENTRIES": 5000},
    },
}

AUTH_USER_MODEL = "cms.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "cms.accounts.password_strength.GuessedPasswordValidator"},
]

SESSION_COOKIE_NAME = "staff"  # in production with the prefix __Host-, as the CSRF cookie
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "cms.accounts.csrf_refusals.show_csrf_refusal"
# A long survey in the editor, or the column map of a wide import file, is one form.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
SECURE_REFERRER_POLICY = "same-origin"
# The strict policy. Wagtail's admin has its own (cms/operations/security/content_security_policy.py), and so have
# respondent pages.
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],  # the QR code of an authenticator app
    "font-src": [CSP.SELF],
    "media-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "object-src": [CSP.NONE],
}

LANGUAGE_CODE = "en"
FORMAT_MODULE_PATH = "cms.settings.formats"
# The interface languages (X7), by their own names.
LANGUAGES = [
    ("en", "English"),
    ("ur", "اردو"),
    ("pl", "Polski"),
    ("bn", "বাংলা"),
    ("sk", "Slovenčina"),
    ("ro", "Română"),
    ("pa", "ਪੰਜਾਬੀ"),
    ("ar", "العربية"),
]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
LANGUAGE_COOKIE_NAME = "unused"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/London"

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": build_media_storage(os.environ.get("MEDIA_STORAGE", "")),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

WAGTAIL_SITE_NAME = "Have your say"
WAGTAIL_DATETIME_FORMAT = "%Y-%m-%dT%H:%M"  # as the browser’s own field reads it
WAGTAIL_I18N_ENABLED = True
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"
WAGTAILADMIN_LOGIN_URL = "/staff/login/"
WAGTAIL_PASSWORD_RESET_ENABLED = False
# Accounts are managed under /accounts/ and /staff/people/, not in Wagtail.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
# The library takes what pages show, and its forms look at the content (cms/staff/library_forms.py); no SVG, which may
# hold a script, and no HEIC, whose decoder is left out.
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.staff.library_forms.LibraryImageForm"
WAGTAILDOCS_EXTENSIONS = ["mp3", "ogg", "m4a", "mp4", "webm", "vtt"]
WAGTAILDOCS_DOCUMENT_FORM_BASE = "cms.staff.library_forms.LibraryDocumentForm"
WAGTAIL_USER_TIME_ZONES = ["Europe/London"]
WAGTAIL_APPEND_SLASH = True
# An edit after a workflow step requires that step again.
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
# A translation starts as a draft even if its source is live, because nobody has checked it yet.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# Target of "Leave this site" (A1), and the names of district and partnership.
EXIT_URL = os.environ.get("EXIT_URL", "https://www.bbc.co.uk/weather")
DISTRICT = os.environ.get("DISTRICT", "Bradford")
# A YAML file of {district: [area, ...]} in place of consultation/surveys/areas.yaml.
AREAS_FILE = os.environ.get("AREAS_FILE", "")
PARTNERSHIP = os.environ.get("PARTNERSHIP", "the Bradford children's partnership")

# Validity of a form token: a page left open over a weekend can still be sent.
FORM_TOKEN_DAYS = 7
# A respondent's page waits no longer for the database, over all that it asks of it; then it says so kindly.
DATABASE_SECONDS = 3
# Faster than anyone reads: such answers are excluded from figures, but read like all others.
FASTEST_ANSWER_SECONDS = 3
# Answers from one address within ten minutes before more are excluded from figures; schools send many from one.
FLOOD_TIMES = 200
# Each process caches the live survey version for this long.
PUBLISHED_SECONDS = 1
# The front proxy counts requests by address (A9): only the nginx that deploy_files writes may say so.
PROXY_LIMITS = os.environ.get("PROXY_LIMITS", "0") == "1"
# Receives "item waiting" when a case has waited 1.5 times its limit.
HEAD_OF_SERVICE_EMAIL = os.environ.get("HEAD_OF_SERVICE_EMAIL", "")
# Shown to readers and leads outside working hours, such as "Emergency duty team, 01274 431010".
EMERGENCY_DUTY_TEAM = os.environ.get("EMERGENCY_DUTY_TEAM", "")
# Text messages to staff: a gateway that takes a POST of {"to", "text"} as JSON with a bearer token. Empty: e-mail alone.
SMS_GATEWAY_URL = os.environ.get("SMS_GATEWAY_URL", "")
SMS_GATEWAY_TOKEN = os.environ.get("SMS_GATEWAY_TOKEN", "")
# Where `manage.py backup` puts sealed copies of the database and the media, and for how many days they are kept.
BACKUP_DIR = Path(os.environ.get("BACKUP_DIR", VAR_DIR / "backups"))
BACKUP_DAYS = 35
# A key of their own, so that whoever keeps backups cannot open an answer in them. Empty: the answer key.
BACKUP_SEAL_KEY = os.environ.get("BACKUP_SEAL_KEY", "")
BACKUP_OPEN_KEYS = parse_env_list("BACKUP_OPEN_KEYS")
# A second place for them, away from this machine: a folder, or s3://bucket/folder.
BACKUP_COPY = os.environ.get("BACKUP_COPY", "")
if BACKUP_COPY:
    STORAGES["backup copy"] = build_copy_storage(BACKUP_COPY)
# The server on which each backup is restored for a trial: a postgres:// address. Empty: the site's own.
BACKUP_SCRATCH_URL = os.environ.get("BACKUP_SCRATCH_URL", "")
# Opens /api/metrics to a monitor. Empty: there is nothing at that address.
METRICS_TOKEN = os.environ.get("METRICS_TOKEN", "")
# Fetched after each backup that was verified: a monitor calls somebody when it stays away.
BACKUP_PING_URL = os.environ.get("BACKUP_PING_URL", "")
# A reader can undo clearing an answer for this long before it is released.
RELEASE_AFTER_MINUTES = 10

from cms.settings.accounts import *  # noqa: E402, F403
from cms.settings.logs import LOGGING  # noqa: E402, F401
