"""2.2: an awareness check is live in languages beside English, each with its review status, and has its results for each
audience."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale

from cms.demo.demo_results import load_awareness_checks
from consultation.surveys.models import Audience, ConsultationPage
from consultation.surveys.starting_points.actions import start_from_template
from consultation.surveys.starting_points.consultation_templates import load_templates
from insights.publications.models import Results
from tests.insights import released
from tests.insights.conftest import codebook, colleague, officer  # noqa: F401
from tests.strategy.template_worlds import publish_template

POINT = "prevent-awareness-communities"
LISTED = ("en", "ur", "pl")
pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def checks(home, codebook, person, settings):  # noqa: F811
    """The demo's two checks: of parents, and of people who live here."""
    settings.DEMO = True
    staff = {name: person("engagement_officer") for name in ("officer1", "officer2")}
    load_awareness_checks(staff, timezone.localdate())
    source = ConsultationPage.objects.filter(locale__language_code="en")
    return {slug: source.get(slug=slug) for slug in ("signs-parents", "signs-people-here")}


def test_an_officer_starts_it_for_parents_or_for_people_who_live_here(home, person):
    template = load_templates()["awareness-check"]
    assert template.audiences == (Audience.COMMUNITIES, Audience.PARENTS) and POINT in template.strands
    for audience in template.audiences:
        page = start_from_template(
            template=template, title=template.title, by=person("engagement_officer"), audience=audience
        )
        assert page.audience == audience
    asked = {question["id"] for part in template.parts for question in part["questions"]}
    assert {"heard-of", "signs", "know"} <= asked, "heard of, know the signs, know who to tell"


@pytest.mark.slow
def test_it_is_there_in_every_listed_language_with_its_review_status(checks, client, client_as):
    officer = client_as("engagement_officer")  # noqa: F811
    for page in checks.values():
        live = {one.locale.language_code for one in page.get_translations(inclusive=True).live()}
        assert live == set(LISTED)
        for language in LISTED:
            assert client.get(f"/{language}/have-your-say/{page.slug}/").status_code == 200
        shown = officer.get(reverse("translations:page", args=[page.pk])).content.decode()
        for language in ("Urdu", "Polish"):
            assert re.search(rf">{language}</a>.*?<p><b>[A-Z][^<]+\.</b>", shown), "with the state of its review"
    polish = checks["signs-parents"].get_translation(Locale.objects.get(language_code="pl"))
    assert polish.machine_words and not polish.words_checked_by, "a machine wrote it and nobody has checked it"


@pytest.mark.slow
def test_each_audience_has_its_own_results(checks, client):
    parents, people = (client.get(f"/en/have-your-say/{slug}/results/").content.decode() for slug in checks)
    assert "Most of you have heard of it." in parents and "Many of you have heard little of it." in people
    assert "Do you know who to tell if you are worried about a child?" in parents
    assert "People who live here" in parents and "Parents and carers" in people, "and words for the other audience"


@pytest.mark.parametrize(("template", "holds"), [("awareness-check", True), ("parent-view", False)])
def test_results_of_its_template_alone_are_of_an_awareness_check(home, person, holding, template, holds):
    """The other template has questions on this point, too."""
    page, _ = publish_template(home, template)
    release = released.release(page, released.codebook(lights={}), {"lights": 40})
    by = {"made_by": person("engagement_officer"), "published_by": person("engagement_officer")}
    on = {"made_on": released.DAY, "published_on": released.DAY}
    Results.objects.create(consultation=page, number=1, release=release, status="published", words={}, **by, **on)
    assert ("awareness-results" in holding(POINT)) == holds
