"""A second language: one officer writes it, another reviews it beside its source, a child meets it question by
question."""

import pytest
from playwright.sync_api import expect

from consultation.surveys.models import ConsultationIndexPage, ConsultationPage
from tests.consultation.surveys.conftest import PROMISES, asked
from tests.journeys.test_every_page import findings, sideways

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WORDS = {
    "Question 1: Question": "کیا آپ جاتے ہیں؟",
    "Question 1, choice 1: Text": "ہاں",
    "Question 1, choice 2: Text": "نہیں",
}


@pytest.fixture
def open_parks(home):
    index = ConsultationIndexPage.objects.get(locale=home.locale)
    page = ConsultationPage(
        title="Parks", slug="parks", summary="Tell us.", locale=index.locale, live=False, **PROMISES
    )
    page.body = [asked("go", "Do you go?", choices=["Yes", "No"]), asked("why", "What would help?", "long_text")]
    index.add_child(instance=page)
    page.save_revision().publish(skip_permission_checks=True)
    return page


def write(page, place, text):
    """By keyboard alone: the link of a text, its box, its button."""
    page.locator(".string", has_text=place).get_by_role("link", name="Translate").focus()
    page.keyboard.press("Enter")
    page.get_by_role("textbox", name="Words").fill(text)
    page.get_by_role("button", name="Keep the words").focus()
    page.keyboard.press("Enter")
    page.get_by_text("The words are kept.").wait_for()


def test_an_officer_publishes_a_second_language_and_a_child_meets_it_question_by_question(
    open_parks, signed_in, live_server, tablet
):
    address = f"{live_server.url}/staff/translations/{open_parks.pk}/"
    writer, checker = signed_in("engagement_officer", width=1280), signed_in("engagement_officer", width=320)
    writer.goto(address)
    writer.get_by_role("button", name="Begin Urdu").click()
    writer.get_by_text("Urdu is begun.").wait_for()
    for place, text in WORDS.items():
        write(writer, place, text)
    writer.get_by_label("Checker").select_option(index=1)
    writer.get_by_label("Who reads it with them").fill("Nadia")
    writer.get_by_role("button", name="Send 3 texts to its checker").click()
    writer.get_by_text("is asked to check it.").wait_for()
    assert findings(writer) == []

    checker.goto(f"{live_server.url}/staff/translations/")
    checker.get_by_role("link", name="Parks, Urdu").click()
    checker.get_by_text("3 of 15 texts.", exact=True).wait_for()
    assert not sideways(checker) and findings(checker) == []
    expect(checker.locator(".pair [dir=rtl]", has_text=WORDS["Question 1: Question"])).to_be_visible()
    checker.get_by_role("button", name="The rest is right: put Urdu live").click()
    checker.get_by_text("Urdu is live: 3 texts.").wait_for()

    child = tablet(width=320)
    child.goto(f"{live_server.url}/ur/have-your-say/parks/answer/")
    expect(child.locator("#qa .ask-us")).to_have_text(WORDS["Question 1: Question"])
    assert child.locator("#qa").get_by_text("یہ سوال ابھی صرف انگریزی میں ہے۔").count() == 0
    child.locator(".go a.btn:visible").click()
    expect(child.locator("#qb").get_by_text("یہ سوال ابھی صرف انگریزی میں ہے۔")).to_be_visible()
    expect(child.locator("#qb [lang=en]", has_text="What would help?").first).to_be_visible()
