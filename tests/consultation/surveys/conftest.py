"""A written consultation of three questions, for tests of editing and publishing."""

from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

FILE = Path(__file__).resolve().parents[3] / "cms" / "demo" / "demo_consultations.yaml"
WRITTEN = {one["slug"]: one for one in yaml.safe_load(FILE.read_text(encoding="utf-8"))["consultations"]}


TODAY = date.today()
# A participation gate that is whole, as fields of a page.
PROMISES = {
    "groups_invited": "We ask in schools.",
    "groups_missing": "We go to those who are not in school.",
    "safe_checked_by": "A safeguarding lead",
    "ways": ["own", "paper"],
    "designed_with": "Five young people helped.",
    "formats": ["standard", "easy"],
    "opens": TODAY,
    "closes": TODAY + timedelta(days=25),
    "decision_role": "Head of parks",
    "seen_how": "They read it.",
    "look_date": TODAY + timedelta(days=30),
    "promise_read": True,
    "can_change": "Where the lights go.",
    "cannot_change": "We have no money for two parks.",
    "decision_date": TODAY + timedelta(days=40),
    "feedback_date": TODAY + timedelta(days=46),
    "told_how": "It is on this site.",
}


@pytest.fixture
def index(home):
    from consultation.surveys.models import ConsultationIndexPage

    return ConsultationIndexPage.objects.get(locale=home.locale)


def choice(id_, text, **more):
    return {"type": "item", "id": id_, "value": {"text": text, **more}}


def asked(id_, text, type_="single", choices=(), **more):
    value = {"text": text, "dont_know": True, "rather_not": True, "show_if": [], **more}
    if choices:
        value["options"] = [choice(c.lower(), c) for c in choices]
    return {"type": type_, "id": id_, "value": value}


def when(question, *answers):
    return [{"type": "item", "id": "w", "value": {"question": question, "any_of": list(answers)}}]


def raw(value, type_="item", id_="w"):
    """A child of a list or a stream."""
    return {"type": type_, "id": id_, "value": value}


@pytest.fixture
def parks(index):
    """A draft with three questions, never published."""
    from consultation.surveys.models import ConsultationPage

    if found := ConsultationPage.objects.filter(slug="parks", locale=index.locale).first():
        return found
    page = ConsultationPage(
        title="Parks", slug="parks", summary="Tell us.", locale=index.locale, live=False, **PROMISES
    )
    page.body = [
        asked("go", "Do you go?", choices=["Yes", "No"]),
        asked("feel", "How is it?", "faces", show_if=when("go", "yes")),
        asked("why", "What would help?", "long_text", max_length=500, dont_know=False),
    ]
    return index.add_child(instance=page)


@pytest.fixture
def publish():
    """Publish a page as the loader does: the workflow has tests of its own."""

    def published(page, by=None):
        page.save_revision(user=by).publish(user=by, skip_permission_checks=True)
        page.refresh_from_db()
        return page

    return published


@pytest.fixture
def editor(client_as):
    return client_as("engagement_officer")
