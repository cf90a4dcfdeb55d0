"""Three findings stop an officer's draft: they stand beside their questions, are mended or dismissed, and it goes
on."""

import contextlib

import pytest
from playwright.sync_api import expect

from consultation.audit.models import AuditEntry
from consultation.surveys.models import ConsultationIndexPage, ConsultationPage
from tests import factories
from tests.consultation.surveys.conftest import PROMISES, asked
from tests.journeys.test_publishing import submit

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
LEANS, TWICE = "Don’t you agree that parks need lights?", "Do you feel safe in the park and on the bus?"


@pytest.fixture
def draft(home, person):
    factories.somebody_reads(person)
    index = ConsultationIndexPage.objects.get(locale=home.locale)
    page = ConsultationPage(title="Parks", slug="parks", summary="Tell us.", locale=index.locale, live=False)
    for name, value in (PROMISES | {"told_how": ""}).items():
        setattr(page, name, value)
    page.body = [asked("lean", LEANS, "faces"), asked("twice", TWICE, "faces")]
    index.add_child(instance=page)
    page.save_revision()
    return page


@pytest.fixture
def officer(page_of):
    page = page_of("engagement_officer")
    page.set_default_navigation_timeout(60000)  # the first page of the editor reads the dictionary of syllables
    return page


def notes(page, block):
    return page.locator(f"#block-{block}-section .check-note")


def test_stopped_by_three_mended_overridden_and_handed_on(officer, draft):
    page = officer
    page.goto(f"/staff/pages/{draft.pk}/edit/")
    listed = page.locator("[data-checks-list]")
    expect(listed).to_contain_text("2 things to mend before anyone can approve")
    expect(listed).to_contain_text("Still to do: 1")
    expect(notes(page, "lean")).to_contain_text("leads to one answer")
    expect(notes(page, "twice")).to_contain_text("Two questions in one")

    listed.get_by_role("link", name=LEANS).click()
    expect(page.locator("[name=body-0-value-text]")).to_be_focused()
    write_until_saved(page, "[name=body-0-value-text]", "Do parks need more lights, or not?", "1 thing to mend")
    expect(notes(page, "lean")).to_have_count(0)

    listed.get_by_role("link", name="Influence: say how people hear of it.").click()
    expect(page.locator("[name=told_how]")).to_be_focused()
    write_until_saved(page, "[name=told_how]", "It is on this site.", "1 thing to mend before")
    expect(listed).not_to_contain_text("Still to do")
    page.get_by_role("tab", name="Content").click()

    override_by_keyboard(page, draft)
    page.get_by_role("link", name="Edit it").click()
    expect(page.locator("[data-checks-list]")).to_contain_text("Nothing stops this consultation")
    submit(page)
    assert ConsultationPage.objects.get(pk=draft.pk).workflow_in_progress
    assert AuditEntry.objects.filter(verb="check overridden").count() == 1


def write_until_saved(page, field, text, said):
    """Wagtail saves by itself once it has looked at the form as it was; until then it takes a change for how it was."""
    listed = page.locator("[data-checks-list]")
    for tries in range(6):
        page.fill(field, text + " " * (tries % 2))
        with contextlib.suppress(AssertionError):
            expect(listed).to_contain_text(said, timeout=4000)
            return
    expect(listed).to_contain_text(said)


def override_by_keyboard(page, draft):
    page.goto(f"/staff/validation/{draft.pk}/")
    page.locator("main summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("The partnership asked for the two together.")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Let through.")


def test_from_the_page_of_checks_to_the_question(officer, draft):
    page = officer
    page.goto(f"/staff/validation/{draft.pk}/")
    page.get_by_role("link", name="Question or part 2").click()
    expect(page.locator("#block-twice-section")).to_be_in_viewport(timeout=20000)


def test_a_link_reaches_its_field_in_a_hidden_tab_and_again(officer, draft):
    """A link to a place of the page that is open loads nothing, so it reached neither another tab nor the same field."""
    page = officer
    page.goto(f"/staff/pages/{draft.pk}/edit/#id_told_how")
    expect(page.locator("[name=told_how]")).to_be_focused()
    for _ in range(2):
        page.get_by_role("tab", name="Content").click()
        page.locator("[data-step=listens]").get_by_role("link").click()
        expect(page.locator("[name=told_how]")).to_be_focused()
    page.goto(f"/staff/pages/{draft.pk}/edit/#id_paper_runner")
    expect(page.locator("[name=paper_runner]")).to_be_focused()  # in a part that is folded
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Submit to safety check and approval").click()
    errors = page.locator("[data-errors]")
    expect(errors.get_by_role("link")).to_have_count(3)
    errors.get_by_role("link", name="leads to one answer").click()
    expect(page.locator("[name=body-0-value-text]")).to_be_focused()


def test_who_went_to_another_field_meanwhile_stays_there(officer, draft):
    """The focus jumped to the field of a link while its tab was being shown: what was typed next went into that field."""
    page = officer
    page.goto(f"/staff/pages/{draft.pk}/edit/")
    page.locator("[data-step=listens]").get_by_role("link").evaluate("link => link.click()")
    page.wait_for_function(
        """() => {
            const field = document.querySelector("[name=groups_missing]");
            field.focus();  // nothing, as long as its tab is hidden
            return document.activeElement === field;
        }"""
    )
    page.wait_for_timeout(1000)  # longer than the script waits for a tab
    assert page.evaluate("document.activeElement.name") == "groups_missing"
