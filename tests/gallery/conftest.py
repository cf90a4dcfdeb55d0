"""The site of the journeys, whose pages the gallery shows."""

from tests.journeys.conftest import built_demo, chromium, html_errors, site  # noqa: F401
