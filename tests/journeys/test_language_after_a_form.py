"""On a phone of 320 px, by keyboard: the language of a page that answers a form, with all that it shows and holds."""

import pytest

from consultation.responses.models import Response
from consultation.safeguarding.models import ContactRequest
from tests.journeys.channel_steps import looked_at
from tests.journeys.small_surveys import bilingual, visit

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SCRIPTS = pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])


def pick(page, language):
    page.locator(".bar details:has(.langs) > summary").press("Enter")
    button = page.locator(f".bar .langs button[lang={language}]")
    assert button.bounding_box()["height"] >= 44
    button.press("Enter")
    page.wait_for_selector(f"html[lang={language}]")


def read_from(page, side):
    """The four words, line by line from this side: their order counts."""
    sign = {"left": 1, "right": -1}[side]
    words = page.locator("ol.words li").all()
    places = [(box["y"], sign * box["x"]) for box in (word.bounding_box() for word in words)]
    return [word for _, word in sorted(zip(places, (word.inner_text() for word in words), strict=True))]


@SCRIPTS
@pytest.mark.parametrize("language", ["ur", "pl"])
def test_thanks_words_and_what_became_of_an_answer(chromium, home, live_server, script, language):
    bilingual(home)
    page = visit(chromium, f"{live_server.url}/en/have-your-say/parks/answer/#qa", java_script_enabled=script)
    page.get_by_label("Parks").check()
    page.locator("#qa .go a[href='#check']").click()
    page.locator(".end .btn:visible").click()
    page.locator("h1", has_text="We have your answers").wait_for()
    pick(page, language)
    assert Response.objects.count() == 1
    page.locator("#offer .btn").click()
    told = page.locator("ol.words li").all_inner_texts()
    assert read_from(page, "left") == told, "as English is read"
    assert language != "ur" or read_from(page, "right") == told, "and as Urdu is read"
    pick(page, "en")
    assert page.locator("ol.words li").all_inner_texts() == told
    page.goto(f"{live_server.url}/en/receipt/")
    page.get_by_label("Type your four words").fill(" ".join(told))
    page.locator("#look .btn").click()
    pick(page, language)
    assert page.locator(".way li").count() == 2
    assert page.context.cookies() == []
    if script:
        assert looked_at(page) == []


@SCRIPTS
def test_a_contact_form_keeps_what_was_typed_since(chromium, home, live_server, script):
    page = visit(chromium, f"{live_server.url}/en/contact/", java_script_enabled=script)
    page.locator("#message").fill("Please call.")
    page.locator("#send").click()
    page.locator(".panel.warn").wait_for()
    page.locator("#how").fill("07700 900123")
    page.locator("input[name=way][value=text]").check()
    page.locator("#how").press("Tab")
    pick(page, "ur")
    typed = [page.locator(f"#{name}").input_value() for name in ("message", "how")]
    assert typed == ["Please call.", "07700 900123"] and page.locator("input[name=way][value=text]").is_checked()
    assert not ContactRequest.objects.exists(), "a language sends nothing"
    page.locator("#how").press("Enter")
    page.locator("[role=status] h1").wait_for()
    assert ContactRequest.objects.count() == 1, "Enter sends, as before, and is no language"
