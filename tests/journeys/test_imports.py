"""A reader imports a file from another tool without a script and by keyboard: map, try, accept, take out. An officer
exports a questionnaire and imports it as a draft."""

import os
import re

import pytest
from playwright.sync_api import expect

from consultation.channels.imports import import_worker
from consultation.channels.imports.models import AnswerImport
from consultation.responses.models import Response
from consultation.surveys.models import ConsultationPage
from tests import factories
from tests.consultation.channels.imports.tool_files import file_of, items
from tests.journeys.test_every_page import findings, sideways

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SHOTS = os.environ.get("SHOTS_DIR", "")


@pytest.fixture
def consultation(home):
    return factories.consultation(home, items=items(), title="Parks near you")[0]


@pytest.fixture
def file(tmp_path):
    def saved(shape):
        name, raw = file_of(shape)
        (tmp_path / name).write_bytes(raw)
        return tmp_path / name

    return saved


def press(page, name):
    """By keyboard: Tab until the button has the focus, then Enter."""
    button = page.get_by_role("button", name=name)
    for _ in range(80):
        page.keyboard.press("Tab")
        if button.evaluate("one => one === document.activeElement"):
            break
    with page.expect_navigation():
        page.keyboard.press("Enter")


def shoot(page, name):
    for width in (320, 768, 1280) if SHOTS else ():
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=f"{SHOTS}/{name}-{width}.png", full_page=True)


def sound(page, name):
    """Nothing scrolls sideways on a phone; with a picture where somebody wants to look."""
    shoot(page, name)
    page.set_viewport_size({"width": 320, "height": 640})
    assert sideways(page) <= 0, name
    page.set_viewport_size({"width": 1280, "height": 900})


def test_a_file_comes_in_and_goes_out_without_a_script(opened, consultation, file):
    page = opened("/staff/imports/", javascript=False)
    sound(page, "list")
    with page.expect_navigation():
        page.get_by_role("link", name=re.compile("Open.*Parks near you")).press("Enter")
    sound(page, "consultation")
    page.get_by_label("CSV or XLSX file").set_input_files(file("microsoft-forms"))
    press(page, "Import this file")
    expect(page.get_by_text("This looks like a file from Microsoft Forms.")).to_be_visible()
    assert page.get_by_label("What would help?").input_value() == "text|q-e"
    sound(page, "mapping")
    press(page, "Try it: nothing is taken in")
    expect(page.get_by_text("Every row is being read.")).to_be_visible()
    sound(page, "working")
    import_worker.run_import_steps()
    page.get_by_role("link", name="Look again").press("Enter")
    page.get_by_role("button", name="Take in 2 people").wait_for()
    sound(page, "checked")
    press(page, "Take in 2 people")
    import_worker.run_import_steps()
    page.get_by_role("link", name="Look again").press("Enter")
    page.get_by_text("2 people with 3 texts were taken in").wait_for()
    sound(page, "done")
    assert Response.objects.count() == 2
    page.locator("summary", has_text="This was the wrong file").press("Enter")
    press(page, "Take out what this file brought")
    import_worker.run_import_steps()
    page.get_by_role("link", name="Look again").press("Enter")
    page.get_by_text("What this file brought was taken out again.").wait_for()
    sound(page, "undone")
    assert not Response.objects.exists()


def test_a_page_that_waits_shows_the_end_by_itself(opened, consultation, file):
    page = opened(f"/staff/imports/{consultation.pk}/", javascript=False)
    page.get_by_label("CSV or XLSX file").set_input_files(file("citizen-space"))
    press(page, "Import this file")
    press(page, "Try it: nothing is taken in")
    import_worker.run_import_steps()
    page.get_by_role("button", name="Take in 2 people").wait_for(timeout=20_000)
    assert AnswerImport.objects.get().state == "checked"


def test_what_is_wrong_is_said_where_it_is(opened, consultation, file, tmp_path):
    (tmp_path / "club.csv").write_text("Do you feel safe?,Club\nMostly,x\n", encoding="utf-8")
    page = opened(f"/staff/imports/{consultation.pk}/", javascript=False)
    page.get_by_label("CSV or XLSX file").set_input_files(tmp_path / "club.csv")
    press(page, "Import this file")
    expect(page.get_by_role("group", name=re.compile("What these cells mean.*Do you feel safe"))).to_be_visible()
    page.get_by_label("Club").select_option(label="1. Their answer")
    press(page, "Try it: nothing is taken in")
    expect(page.get_by_role("alert").get_by_text("answer the same question")).to_be_visible()
    sound(page, "wrong")


def test_axe_finds_nothing_on_the_way_of_a_file(opened, consultation, file):
    page = opened(f"/staff/imports/{consultation.pk}/")
    found = findings(page)
    page.get_by_label("CSV or XLSX file").set_input_files(file("smartsurvey"))
    page.get_by_role("button", name="Import this file").click()
    found += findings(page)
    page.get_by_role("button", name="Try it: nothing is taken in").click()
    found += findings(page)
    import_worker.run_import_steps()
    page.goto(AnswerImport.objects.get().get_absolute_url())
    found += findings(page)
    page.get_by_role("button", name="Take in 2 people").click()
    import_worker.run_import_steps()
    page.goto(AnswerImport.objects.get().get_absolute_url())
    assert found + findings(page) == []


def test_a_questionnaire_leaves_as_a_sheet_and_comes_back_as_a_draft(opened, consultation, tmp_path):
    page = opened("/staff/exchange/", role="engagement_officer", javascript=False)
    sound(page, "exchange")
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("As published, with pictures.*Parks near you")).press("Enter")
    download.value.save_as(tmp_path / "parks.zip")
    page.get_by_label("CSV or ZIP file").set_input_files(tmp_path / "parks.zip")
    press(page, "Make a draft of it")
    draft = ConsultationPage.objects.exclude(pk=consultation.pk).get()
    assert not draft.live
    assert [child.value["text"] for child in draft.body] == [item["text"]["en"] for item in items()]
    assert page.url.endswith(f"/staff/pages/{draft.pk}/edit/")
