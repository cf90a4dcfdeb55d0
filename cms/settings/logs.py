"""Logging: entries carry the day, but no person, address or time of day (A6)."""

import json
import logging
import os

# "text" for people, or "json" for a collector.
_format = "json" if os.environ.get("LOG_FORMAT", "text") == "json" else "day"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "day": {"format": "{asctime} {levelname} {name} {message}", "style": "{", "datefmt": "%Y-%m-%d"},
        "json": {"()": "cms.settings.logs.JsonFormatter"},
    },
    "filters": {"bare": {"()": "consultation.channels.web.log_redaction.StripPersonalDataFilter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": _format, "filters": ["bare"]}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        # Django's own request loggers carry the request and its path; ours says class, view and day.
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django.request": {"handlers": [], "level": "CRITICAL", "propagate": False},
        "django.security": {"handlers": [], "level": "CRITICAL", "propagate": False},
        "wagtail": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},  # two lines for each page that is saved: the demo wrote 1,600
        "django.server": {"handlers": [], "level": "CRITICAL", "propagate": False},
        # gunicorn writes the address of a broken request into a warning.
        "gunicorn.error": {"handlers": ["console"], "level": "ERROR", "propagate": False},
    },
}


class JsonFormatter(logging.Formatter):
    """Lines for collectors (`LOG_FORMAT=json`): the same four facts as in words, and nothing a caller adds."""

    def format(self, record):
        day = self.formatTime(record, "%Y-%m-%d")
        facts = {"day": day, "level": record.levelname, "logger": record.name, "message": record.getMessage()}
        return json.dumps(facts, ensure_ascii=False)
