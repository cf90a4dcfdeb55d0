"""An officer writes a survey by choosing words, a lead checks it, another officer approves it, and it opens."""

import pytest
from playwright.sync_api import expect

from consultation.surveys.models import ConsultationIndexPage, ConsultationPage
from tests import factories
from tests.consultation.surveys.conftest import PROMISES
from tests.journeys.officer_steps import write_title

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def add_block(page, kind):
    types = page.locator("[name^='body-'][name$='-type']")
    count = types.count()
    page.get_by_role("button", name="Insert a block").last.click()
    page.get_by_role("option", name=kind, exact=True).click()
    expect(types).not_to_have_count(count)


def add_item(page, field, block):
    items = page.locator(f"[data-contentpath='{field}']").nth(block)
    texts = items.locator("[name$='-value-text']")
    count = texts.count()
    items.get_by_role("button", name="Add", exact=True).last.click()
    expect(texts).to_have_count(count + 1)


def promise(page):
    """The participation gate, in its tab."""
    open_tab(page, "How we will listen")
    for name, value in PROMISES.items():
        if isinstance(value, list):
            for key in value:
                page.locator(f"[name={name}][value={key}]").check()
        elif value is True:
            page.locator(f"[name={name}]").check()
        else:
            page.fill(f"[name={name}]", str(value))
    open_tab(page, "Content")


def open_tab(page, name):
    """Pressed again where the editor's script was not there yet."""
    tab = page.get_by_role("tab", name=name)
    for _ in range(20):
        tab.click()
        if tab.get_attribute("aria-selected") == "true":
            return
        page.wait_for_timeout(500)


def write(page, index):
    page.goto(f"/staff/pages/add/consultation/consultationpage/{index.pk}/")
    write_title(page, "Libraries")
    page.fill("[name=summary]", "Tell us about books.")
    add_block(page, "One choice")
    page.fill("[name=body-0-value-text]", "Do you use a library?")
    page.fill("[name=body-0-value-options-0-value-text]", "Yes")
    add_item(page, "options", 0)
    page.fill("[name=body-0-value-options-1-value-text]", "No")
    add_block(page, "Five faces, from very bad to very good")
    page.fill("[name=body-1-value-text]", "How is it?")


def choose_condition(page):
    rule = page.locator("[data-contentpath='show_if']").nth(1)
    rule.get_by_role("button", name="Insert a block").last.click()
    page.get_by_role("option", name="Condition", exact=True).click()
    page.get_by_role("combobox", name="The answer to").select_option(label="Do you use a library?")
    page.get_by_role("checkbox", name="Yes", exact=True).check()


def submit(page):
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Submit to safety check and approval").click()
    page.get_by_text("submitted for moderation").first.wait_for()


def approve(page, pk):
    page.goto(f"/staff/pages/{pk}/edit/")
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Approve", exact=True).click()
    page.wait_for_load_state("networkidle")


def test_a_survey_goes_from_a_draft_to_its_first_question(page_of, home, live_server, person):
    factories.somebody_reads(person)
    officer = page_of("engagement_officer")
    write(officer, ConsultationIndexPage.objects.get())
    choose_condition(officer)
    officer.get_by_role("button", name="Save draft").click()
    officer.wait_for_load_state("networkidle")
    promise(officer)
    submit(officer)
    draft = ConsultationPage.objects.get()
    assert not draft.live
    approve(page_of("safeguarding_lead"), draft.pk)
    assert not ConsultationPage.objects.get().live
    approve(page_of("engagement_officer"), draft.pk)
    version = ConsultationPage.objects.get(live=True).versions.get()
    first, second = version.content["items"]
    assert second["show_if"] == {"question": first["id"], "any_of": [first["options"][0]["id"]]}
    visitor = officer.context.browser.new_page(base_url=live_server.url)
    visitor.goto("/en/")
    visitor.get_by_role("link", name="Libraries").click()
    visitor.get_by_role("link", name="Start").first.click()
    expect(visitor.get_by_text("Do you use a library?").first).to_be_visible()
    assert not visitor.context.cookies()
    visitor.close()
