"""A parks consultation with 120 responses, 80 of them with text, coded by a person.

Each fixture finds the world that tests/shared_worlds.py has restored.
"""

import pytest

from tests import factories

OFFICER = [
    "insights.publish_release",
    "insights.code_themes",
    "insights.propose_codebook",
    "insights.approve_codebook",
    "insights.publish_decision",
]


def staff(email, *permissions):
    from cms.accounts.models import User

    return User.objects.filter(email=email).first() or factories.staff(email, *permissions)


@pytest.fixture
def officer(db):
    return staff("officer@example.org", *OFFICER, "insights.draft_decision", "insights.view_reports")


@pytest.fixture
def colleague(db):
    return staff("colleague@example.org", *OFFICER, "insights.view_reports")


@pytest.fixture
def codebook(officer, colleague):
    from insights.coding.codebooks import approve_version, load_codebook
    from insights.coding.models import CodebookVersion

    if found := CodebookVersion.objects.filter(codebook__slug="seed").first():
        return found
    themes = [
        {
            "slug": "lights",
            "label": "Lights",
            "definition": "Street lights and dark paths",
            "examples": ["it is dark"],
        },
        {"slug": "staff", "label": "Staff", "definition": "Adults who look out", "examples": ["more youth workers"]},
        {"slug": "rare", "label": "Rare", "definition": "Something that few people say", "gravity": 3},
    ]
    version = load_codebook(slug="seed", name="Seed", themes=themes, by=officer)
    approve_version(version=version, by=officer)
    return approve_version(version=version, by=colleague)


@pytest.fixture
def parks(home, officer):
    """(page, version): one single choice, one multiple choice, one text, one age band."""
    from consultation.surveys.models import ConsultationPage

    if found := ConsultationPage.objects.filter(slug="parks", locale=home.locale).first():
        return found, found.versions.get()
    items = [
        factories.question("a", options=["Yes", "No"]),
        factories.question("b", "multiple", options=["Lights", "Staff", "Cameras"]),
        factories.question("c", "long_text"),
        factories.question("d", options=["11 to 13", "14 or 15"], about_you="age"),
    ]
    return factories.consultation(home, items=items, by=officer)


@pytest.fixture
def answered(parks, officer, codebook, no_noise):
    """120 people, counted without noise (`monkeypatch.undo()` brings it back).

    70 yes, 45 no, 5 do not know; the first 80 wrote released words: 50 on lights, 26 staff, 4 rare."""
    from insights.corpus.models import Text

    page, version = parks
    if Text.objects.filter(version=version).exists():
        return page
    people = [(_closed(n), {"q-c": _words(n)} if n < 80 else {}) for n in range(120)]
    answer_and_code(version, people, officer)
    return page


def answer_and_code(version, people, officer):
    """Answers whose words are released and coded by a person: the first word of each is its theme."""
    from insights.coding.desk.actions import confirm_many_texts
    from insights.coding.models import Theme
    from insights.corpus.actions import take_released_texts
    from insights.corpus.models import Text

    factories.responses(version, people, reader=officer)
    take_released_texts()
    themes = {theme.slug: theme for theme in Theme.objects.all()}
    choices = [(text, [themes[text.text.split()[0]]]) for text in Text.objects.filter(version=version)]
    confirm_many_texts(consultation=version.page, choices=choices, by=officer)


def _closed(n):
    chosen = {"a": "1" if n < 70 else "2" if n < 115 else "dk", "b": ["1", "2"] if n % 2 else ["1"]}
    return chosen | {"d": "1" if n % 3 else "2"}


def _words(n):
    return f"lights number {n:02}" if n < 50 else f"staff number {n:02}" if n < 76 else f"rare number {n:02}"


@pytest.fixture
def release(answered, officer, colleague):
    from datetime import date

    from insights.releases.actions import create_release, publish_release
    from insights.releases.models import Release

    if found := Release.objects.first():
        return found
    made = create_release(consultation=answered, by=officer, today=date(2026, 11, 25))
    return publish_release(release=made, by=colleague)


@pytest.fixture
def planner(db):
    return factories.staff(
        "planner@example.org",
        "insights.draft_decision",
        "insights.view_reports",
        "insights.update_action",
        "insights.export",
    )


@pytest.fixture
def decision(planner, answered):
    """A draft decision."""
    from insights.decisions.actions import record_decision
    from tests.insights.decisions.conftest import said

    return record_decision(by=planner, consultations=[answered], **said())
