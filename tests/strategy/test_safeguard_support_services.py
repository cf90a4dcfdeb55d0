"""3.2: a commissioning decision lists the themes and audiences that informed it."""

import pytest

from consultation.surveys.starting_points.consultation_templates import load_templates
from insights.coding.models import Theme
from insights.decisions import actions as decisions
from insights.decisions.models import Decision
from tests.insights import released
from tests.strategy.template_worlds import TODAY, publish_template

pytestmark = pytest.mark.django_db
POINT = "safeguard-support-services"


@pytest.fixture
def decision(home, person):
    """Published; it cites a theme of young people and one of professionals."""
    version, planner = released.codebook(waiting=[POINT], workers=[POINT]), person("planner")
    young, _ = publish_template(home, "support-experience")
    staff = released.asked(home, slug="staff", audience="professionals")
    said = [(young, "waiting"), (staff, "workers")]
    made = decisions.record_decision(
        by=planner, consultations=[young], slug="shorter-waits", title="Shorter waits", outcome="yes", decided=TODAY,
        we_did="Two more people answer.", links=[{"strand": 3, "sub_point": POINT}],
    )  # fmt: skip
    for page, slug in said:
        release = released.release(page, version, {slug: 40})
        decisions.cite_theme(decision=made, by=planner, release=release, theme=Theme.objects.get(slug=slug))
    Decision.objects.update(status="published", published_by=person("engagement_officer"), published_on=TODAY)
    return made


def test_it_lists_the_themes_and_audiences_that_informed_it(client_as, decision):
    html = client_as("planner").get("/insights/decisions/shorter-waits/").content.decode()
    told = html[html.index("<dt>Informed by</dt>") : html.index("Four Fs")]
    assert "Children and young people, Professionals" in " ".join(told.split())
    assert "Waiting" in told and "Workers" in told


def test_the_template_asks_of_waiting_kindness_the_same_worker_and_whether_it_helped():
    asked = {q["id"]: q["text"] for part in load_templates()["support-experience"].parts for q in part["questions"]}
    for question, word in (("wait", "wait"), ("kind", "kind"), ("same", "workers"), ("better", "better")):
        assert word in asked[question]


@pytest.mark.parametrize(("template", "holds"), [("support-experience", True), ("services-together", False)])
def test_young_people_are_asked_how_support_was_by_its_template_alone(home, holding, template, holds):
    """The other template has questions on this point, too."""
    publish_template(home, template)
    assert ("experience" in holding(POINT)) == holds


def test_the_template_is_handed_out_on_a_card_after_contact(client_as, home):
    page, _ = publish_template(home, "support-experience")
    officer = client_as("engagement_officer")
    assert "card" in officer.get("/staff/start/template/support-experience/").content.decode()
    assert officer.get(f"/staff/promotion/{page.pk}/").status_code == 200
    assert officer.get(f"/staff/invitation-codes/{page.pk}/").status_code == 200
