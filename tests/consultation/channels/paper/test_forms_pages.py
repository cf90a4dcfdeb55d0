"""Officers print forms; respondents find them where officers offer them."""

import pytest

from consultation.channels.paper import form_pdf
from tests.consultation.channels.paper import asked

pytestmark = pytest.mark.any_database

PUBLIC = "/en/have-your-say/out/paper/standard/"


@pytest.fixture
def made(monkeypatch):
    """Every form is a short text: what it looks like is tested in test_form.py."""
    monkeypatch.setattr(
        form_pdf, "render_paper_form_pdf", lambda version, language, kind: f"{language} {kind}".encode()
    )


@pytest.fixture
def no_press(monkeypatch, settings, tmp_path):
    """A computer without Pango: WeasyPrint fails when it is loaded."""
    import builtins

    settings.VAR_DIR = tmp_path
    load = builtins.__import__

    def missing(name, *args, **kwargs):
        if name.startswith("weasyprint"):
            raise OSError("cannot load library 'libpango-1.0-0'")
        return load(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", missing)


def test_languages_by_kinds_and_which_is_unchecked(client_as, home):
    page, version = asked.published(home, asked.content(machine=["ur"], missing={"ur": 7}))
    text = client_as("engagement_officer").get(f"/staff/paper/forms/{page.pk}/").content.decode()
    for language in asked.LANGUAGES:
        for kind in ("standard", "easy", "large"):
            assert f"/staff/paper/forms/{page.pk}/{language}/{kind}/" in text
    assert "7 in English still" in text
    assert "checked by nobody yet" in text


def test_officer_opens_a_form(client_as, home, made):
    page, _ = asked.published(home)
    answer = client_as("engagement_officer").get(f"/staff/paper/forms/{page.pk}/pl/large/")
    assert (answer.content, answer["Content-Type"]) == (b"pl large", "application/pdf")
    assert "have-your-say-" in answer["Content-Disposition"] and "out" not in answer["Content-Disposition"]


@pytest.mark.parametrize("tail", ["bn/large/", "en/giant/"])
def test_no_such_form(client_as, home, made, tail):
    page, _ = asked.published(home)
    assert client_as("engagement_officer").get(f"/staff/paper/forms/{page.pk}/{tail}").status_code == 404


def test_officer_learns_that_pango_is_missing(client_as, home, no_press):
    page, _ = asked.published(home)
    answer = client_as("engagement_officer").get(f"/staff/paper/forms/{page.pk}/en/standard/")
    assert answer.status_code == 503
    assert "install Pango" in answer.content.decode()


@pytest.mark.slow
def test_the_home_leads_there_and_says_in_how_many_languages(client_as, home):
    officer = client_as("engagement_officer")
    assert officer.get("/staff/paper/forms/").url == "/staff/consultations/"
    page, _ = asked.published(home)
    text = officer.get(f"/staff/consultations/{page.slug}/").content.decode()
    assert f"/staff/paper/forms/{page.pk}/" in text and "3 languages" in text and "Nothing to print yet" not in text
    type(page).objects.filter(pk=page.pk).update(paper_runner="")
    assert "Nothing to print yet" in officer.get(f"/staff/consultations/{page.slug}/").content.decode()


def test_respondent_finds_it_where_it_is_offered(client, home, made):
    asked.published(home, paper_offered=True)
    landing = client.get("/en/have-your-say/out/").content.decode()
    assert "On paper" in landing and 'href="paper/large/"' in landing
    answer = client.get(PUBLIC)
    assert answer.content == b"en standard"
    assert answer["Cache-Control"] == "no-store" and not answer.cookies


@pytest.mark.parametrize(
    "fields", [{}, {"paper_offered": True, "code_only": True}, {"paper_offered": True, "live": False}]
)
def test_respondent_does_not_find_it_elsewhere(client, home, made, fields):
    asked.published(home, **fields)
    assert client.get(PUBLIC).status_code == 404
    if fields.get("live", True):
        assert "paper/standard" not in client.get("/en/have-your-say/out/").content.decode()


MISSING = {
    "who runs it": {"paper_runner": ""},
    "the closing date": {"closes": None},
    "where to post it or to hand it in": {"paper_desk": ""},
}


@pytest.mark.parametrize("detail", MISSING)
def test_no_form_before_it_says_who_asks_until_when_and_where_it_goes(client, client_as, home, made, detail):
    page, _ = asked.published(home, paper_offered=True, **MISSING[detail])
    assert client.get(PUBLIC).status_code == 404
    assert "paper/standard" not in client.get("/en/have-your-say/out/").content.decode()
    officer, forms = client_as("engagement_officer"), f"/staff/paper/forms/{page.pk}/"
    text = officer.get(forms).content.decode()
    assert "There is nothing to print yet" in text and f"<li>{detail}</li>" in text
    assert f"{forms}en/standard/" not in text
    assert officer.get(f"{forms}en/standard/").url == forms


def test_a_freepost_address_alone_says_where_it_goes(client, home, made):
    asked.published(home, paper_offered=True, paper_desk="", paper_address="FREEPOST")
    assert client.get(PUBLIC).status_code == 200


def test_the_editor_says_what_a_form_needs(client_as, home):
    page, _ = asked.published(home)
    text = client_as("engagement_officer").get(f"/staff/pages/{page.pk}/edit/").content.decode()
    assert "The forms can be printed once they say who runs it" in text
    assert 'name="paper_runner"' in text and 'name="paper_desk"' in text


def test_closed_consultation_offers_no_form(client, home, made):
    from datetime import date

    asked.published(home, paper_offered=True, closes=date(2026, 1, 5))
    assert client.get(PUBLIC).status_code == 404


def test_respondent_learns_that_no_form_can_be_made(client, home, no_press):
    asked.published(home, paper_offered=True)
    answer = client.get(PUBLIC)
    assert answer.status_code == 503
    assert "answer here on the screen" in answer.content.decode()


def test_button_on_the_consultation_in_wagtail(client_as, home):
    page, _ = asked.published(home)
    text = client_as("engagement_officer").get(f"/staff/pages/{page.pk}/edit/").content.decode()
    assert f"/staff/consultations/{page.slug}/" in text
