"""The home page: children's consultations, closing soon, results, news; and its content while nothing is open."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cms.site.pages.models import build_home_context
from consultation.responses.models import Response
from insights.decisions.models import Decision
from tests.factories import consultation

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]


def test_childrens_come_first_with_for_whom_and_how_long(client, home):
    today = timezone.localdate()
    consultation(home, slug="forms", title="Forms", audience="parents-carers", closes=today + timedelta(days=1))
    consultation(home, lowest_age=11, highest_age=17, closes=today + timedelta(days=40))
    page = client.get("/en/").content.decode()
    young, adults = page.index("For children and young people"), page.index("For adults")
    assert young < page.index("Parks</a>") < adults < page.index("Forms</a>")
    assert page.count("Closes soon") == 1 and page.index("Closes soon") > adults
    assert "For ages 11 to 17" in page and "This takes about 5 minutes." in page


def test_the_first_page_asks_few_questions_however_much_was_asked_and_answered(
    client, home, django_assert_max_num_queries
):
    today = timezone.localdate()
    for number in range(6):
        dates = {"opens": today - timedelta(days=90), "closes": today - timedelta(days=30 + number)}
        page, version = consultation(home, slug=f"was-{number}", title=f"Was {number}", **dates)
        Response.objects.bulk_create(
            Response(version=version, language="en", channel="web", day=today, closed={}) for _ in range(20)
        )
    client.get("/en/")
    with django_assert_max_num_queries(17) as asked:
        html = client.get("/en/").content.decode()
    assert "Was 3" in html and "Was 4" not in html
    sql = " ".join(query["sql"] for query in asked.captured_queries)
    assert "consultation_response" not in sql and "consultation_answer" not in sql
    moved = next(query["sql"] for query in asked.captured_queries if "answermoved" in query["sql"])
    assert moved.partition(" IN (")[2].partition(")")[0].count(",") == 3, "what became of four, not of all"


def test_nothing_open_says_what_then(client, home):
    page = client.get("/en/").content.decode()
    assert "You can read what is new, or get help at any time." in page
    for path in ("/en/you-said-we-did/", "/en/news/", "/en/help/", "/en/search/"):
        assert f'href="{path}"' in page


@pytest.mark.parametrize("slug", ["safer", "privacy", "privacy-adults", "accessibility", "about"])
def test_each_information_page_is_there_in_easy_read_too(client, home, slug):
    page = client.get(f"/en/{slug}/").content.decode()
    assert 'id="easy"' in page and 'class="ez"' in page and 'aria-label="Where this page is"' in page


def test_the_accessibility_statement_has_what_the_regulations_ask(client, home):
    page = client.get("/en/accessibility/").content.decode()
    for part in (
        "Compliance status", "partly compliant", "version 2.2", "How we tested, and when", "Enforcing the law",
        "Equality and Human Rights Commission", "Regulations 2018", "/en/contact/", "This statement was prepared on",
    ):  # fmt: skip
        assert part in page, part


def test_what_was_taken_down_is_gone_and_what_never_was_is_not_found(client, home):
    page, _ = consultation(home)
    page.unpublish()
    gone = client.get("/en/have-your-say/parks/")
    assert gone.status_code == 410 and "We took it down" in gone.content.decode()
    assert 'href="tel:08001111"' in gone.content.decode() and 'class="exit"' in gone.content.decode()
    assert client.get("/en/have-your-say/never/").status_code == 404


def test_staff_errors_wear_the_products_look(client_as):
    client = client_as("planner")
    for path, status in (("/insights/none/", 404), ("/staff/people/", 403)):
        answer = client.get(path)
        assert answer.status_code == status and "To my work" in answer.content.decode(), path


def test_each_word_of_a_decision_says_for_itself_whether_it_is_english(home, person):
    Decision.objects.create(
        slug="lights", title="Lights", we_asked="?", you_said="It is dark.", outcome="yes", we_did="Ten lights.",
        lead_role="Lighting manager", decided=timezone.localdate(), created_by=person("planner"), status="published",
        published_by=person("engagement_officer"), published_on=timezone.localdate(),
        translations={"pl": {"title": "Lampy", "machine": True, "checked_by": "Ola"}},
    )  # fmt: skip
    [shown] = build_home_context("pl")["heard"]
    assert (shown["title"], shown["you_said"], shown["english"]) == ("Lampy", "It is dark.", {"you_said"})
