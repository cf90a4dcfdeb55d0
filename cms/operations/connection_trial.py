"""Why the database does not let us in, in one sentence: its own words, or the driver's."""

import re
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.utils import ConnectionHandler

from cms.settings.base import parse_database_url

MEND = "See that the database runs, and that DATABASE_URL is right in voice.env (voice.env.sample explains it)."


def explain_refused_connection(tried=connection) -> str:
    """Empty where a new connection, of no pool, is made."""
    server = "{HOST}:{PORT}".format(**tried.settings_dict).rstrip(":") if tried.vendor == "postgresql" else ""
    try:
        tried.Database.connect(**tried.get_connection_params()).close()
    except (tried.Database.Error, ImproperlyConfigured) as error:
        said = re.split(r"FATAL:\s*|failed: ", str(error).strip().splitlines()[0])[-1]
        return f"The database {server or tried.settings_dict['NAME']} does not let us in: {said}. {MEND}"
    return ""


def explain_refused_address(url: str) -> str:
    """The same of an address that no settings hold yet. Only a server is asked: SQLite would make its file."""
    if not urlsplit(url).hostname:
        return ""
    return explain_refused_connection(ConnectionHandler({"default": parse_database_url(url)})["default"])
