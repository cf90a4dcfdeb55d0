"""A coder at the desk: by keyboard alone, without a script, on a small and a large screen."""

import pytest
from playwright.sync_api import expect

from insights.coding.desk.models import SavedSet
from insights.coding.models import Code, CodingStatus
from tests.insights.coding.desk.conftest import dark, texts, themes  # noqa: F401
from tests.insights.conftest import codebook, colleague, officer, parks  # noqa: F401

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def at_rest(page):
    page.wait_for_selector("main:not([aria-busy]) #desk-form")
    expect(page.locator("#answer")).to_be_focused()


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def saved(page):
    """Enter, and the next text (or the list) is there."""
    before = page.url
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != before)
    page.wait_for_selector("main:not([aria-busy])")
    return page.inner_text("main")


def themes_of(text):
    return {code.theme.slug: code for code in Code.objects.by_people().filter(text=text).select_related("theme")}


def here(page):
    return page.url.split("/texts/")[1].split("/")[0]


def test_five_answers_with_the_keyboard_alone(signed_in, texts):  # noqa: F811
    page = signed_in("engagement_officer")
    page.goto("/insights/coding/parks/begin/")
    at_rest(page)
    first = here(page)
    press(page, "1", "+", "ArrowRight", "Shift+ArrowRight", "w")
    page.wait_for_selector("[name=span]", state="attached")
    at_rest(page)
    assert page.locator("#answer mark.given").count() >= 1
    press(page, "n")
    page.wait_for_selector("text=You have not saved this")
    assert "Saved." in saved(page)
    code = themes_of(first)["lights"]
    assert code.stance == "agrees" and code.spans[0][0] == 0 and 5 <= code.spans[0][1] <= 10

    at_rest(page)
    second = here(page)
    press(page, "a", "-")
    saved(page)
    at_rest(page)
    assert set(themes_of(second)) == {"lights"} or set(themes_of(second)) == {"lights", "staff"}
    press(page, "u")
    page.wait_for_selector("text=Undone.")
    at_rest(page)
    assert here(page) == second and not CodingStatus.objects.filter(text=second).exists()
    press(page, "1")
    saved(page)

    at_rest(page)
    press(page, "/")
    page.keyboard.type("look out")
    press(page, "Enter")
    at_rest(page)
    assert page.locator(".theme:has(input:checked) label b").inner_text() == "Staff"
    saved(page)
    at_rest(page)
    press(page, "r")
    saved(page)
    at_rest(page)
    press(page, "o", "m")
    page.keyboard.type("Somebody who reads it should look")
    press(page, "Escape")
    at_rest(page)
    assert "That was the end of this set." in saved(page)
    assert CodingStatus.objects.count() == 5
    assert set(CodingStatus.objects.values_list("nothing", flat=True)) == {"", "no_reason", "other"}

    page.goto("/insights/coding/parks/?show=mine&memo=1")
    page.get_by_label("Keep this as a set, named").focus()
    page.keyboard.type("To talk about")
    press(page, "Enter")
    page.wait_for_selector("text=The set is saved.")
    assert SavedSet.objects.get().choices == {"show": "mine", "memo": "1"}


def test_keys_can_be_seen_and_switched_off(signed_in, dark):  # noqa: F811
    page = signed_in("engagement_officer")
    page.goto(f"/insights/coding/texts/{dark.pk}/#answer")
    at_rest(page)
    press(page, "?")
    page.wait_for_selector("#all-keys[open]")
    page.locator("#keys-switch").focus()
    press(page, "Space")
    page.wait_for_selector("text=Single keys are off")
    page.locator("#answer").focus()
    press(page, "1")
    assert page.locator("[data-number='1']:checked").count() == 0
    page.locator("[data-number='1']").focus()
    press(page, "Space")
    assert page.locator("[data-number='1']:checked").count() == 1


def test_the_same_page_without_a_script(signed_in, dark):  # noqa: F811
    page = signed_in("engagement_officer", java_script_enabled=False)
    page.goto(f"/insights/coding/texts/{dark.pk}/")
    assert page.locator("#mark-words").is_hidden() and page.locator("kbd:visible").count() == 0
    assert page.get_by_label("Stance on Lights").is_hidden()
    page.locator("[data-number='1']").check()
    page.get_by_label("Stance on Lights").select_option("disagrees")
    page.get_by_text("Choose whole sentences").click()
    page.get_by_label("Mend the lights.").check()
    page.get_by_label("The words are about").select_option(label="Lights")
    page.get_by_label("A note").fill("As they said it")
    page.get_by_role("button", name="Mark these sentences").click()
    page.wait_for_selector("#answer mark.given")
    page.get_by_role("button", name="Save and next").click()
    page.wait_for_selector("text=Saved.")
    code = themes_of(dark)["lights"]
    assert (code.stance, [dark.text[a:b] for a, b in code.spans]) == ("disagrees", ["Mend the lights."])
    assert CodingStatus.objects.get(text=dark).memo == "As they said it"
