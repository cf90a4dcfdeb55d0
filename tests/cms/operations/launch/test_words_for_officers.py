"""The launch checklist speaks to those who read it: names of settings and commands are for the person at the server."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings

FOR_OPERATORS = re.compile(r"\b[A-Z]{2,}_[A-Z_]+\b|\./dev\b|\bmanage\.py|\bsystemctl\b|\bvoice [a-z_]+\b")
FILES = [
    path
    for app in ("cms", "consultation", "insights")
    for path in sorted(Path(settings.BASE_DIR, app).rglob("readiness.py"))
]


def list_sentences(path):
    """The constants of titles and of what a result says."""
    for call in ast.walk(ast.parse(path.read_text())):
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in ("ReadinessResult", "readiness_check"):
            said = [*call.args[1:2], *(word.value for word in call.keywords if word.arg in ("says", "title"))]
            yield from (one.value for part in said for one in ast.walk(part) if isinstance(one, ast.Constant))


@pytest.mark.any_database
@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(settings.BASE_DIR)))
def test_no_check_names_a_setting_or_a_command_to_officers(path):
    assert [text for text in list_sentences(path) if isinstance(text, str) and FOR_OPERATORS.search(text)] == []


def test_the_page_sends_officers_to_the_person_who_runs_the_server(client, person):
    client.force_login(person("engagement_officer"))
    page = client.get("/staff/launch/").content.decode()
    assert not FOR_OPERATORS.search(re.sub(r"<[^>]+>", " ", page))
    assert "Ask the person who runs the server." in page
