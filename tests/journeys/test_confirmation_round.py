"""An officer draws a sample and reads all of it by keyboard, without seeing what the machine makes of it."""

import pytest
from playwright.sync_api import expect

from insights.coding.confirmation.actions import draw_confirmation_sample
from insights.coding.confirmation.models import ConfirmationRound
from insights.coding.models import CodingStatus
from insights.releases.actions import publish_release
from insights.releases.models import Release
from insights.releases.release_builder.release_worker import run_waiting_orders
from tests import factories
from tests.insights.coding.desk.conftest import texts, themes  # noqa: F401
from tests.insights.conftest import answered, codebook, colleague, officer, parks  # noqa: F401
from tests.insights.releases.test_theme_estimates import guessed, read  # noqa: F401
from tests.journeys.test_coding import at_rest, press, saved
from tests.journeys.test_second_coder import look

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def follow(page, role, name):
    page.get_by_role(role, name=name).first.focus()
    page.keyboard.press("Enter")


def choose_theme(page, words):
    press(page, "/")
    page.keyboard.type(words)
    press(page, "Enter")
    at_rest(page)


def test_a_sample_is_drawn_and_read_to_its_end_by_keyboard(signed_in, texts):  # noqa: F811
    page = signed_in("engagement_officer")
    page.goto("/insights/coding/")
    follow(page, "link", "Read a sample")
    page.get_by_role("heading", name="Read a sample").wait_for()
    expect(page.get_by_role("radio", checked=True)).to_have_count(1)
    look(page, "draw")
    follow(page, "button", "Draw the sample")
    page.get_by_text("0 of 5 read, a few minutes left.").wait_for()
    look(page, "drawn")

    follow(page, "link", "Read the next answer")
    for number in range(5):
        at_rest(page)
        page.get_by_text(f"{number} of 5 read").wait_for()
        shown = page.inner_text("main")
        assert (
            "Likely" not in shown and "because of" not in shown and not page.locator("[data-proposed], .cause").count()
        )
        if number == 0:
            look(page, "blind")
            page.locator("#answer").focus()
        if number == 2:
            page.goto("/insights/coding/parks/sample/")
            page.get_by_text("2 of 5 read").wait_for()
            follow(page, "link", "Read the next answer")
            at_rest(page)
        choose_theme(page, "lights")
        last = saved(page)
    assert "All of the sample is read." in last
    look(page, "read")
    assert CodingStatus.objects.count() == ConfirmationRound.objects.get().size == 5


def test_the_sample_without_a_script(signed_in, texts):  # noqa: F811
    page = signed_in("engagement_officer", width=320, java_script_enabled=False)
    page.goto("/insights/coding/parks/sample/")
    page.get_by_role("button", name="Draw the sample").click()
    page.get_by_role("link", name="Read the next answer").click()
    for _ in range(5):
        page.get_by_role("checkbox", name="Staff").check()
        page.get_by_role("button", name="Save and next").click()
    page.get_by_text("All of the sample is read.").wait_for()


def test_from_the_last_answers_of_a_sample_to_a_report_with_a_corrected_number(signed_in, guessed, officer, codebook):  # noqa: F811
    """The machine marks 58 people on lights; 50 are. An officer reads the last three of 44, and makes the release."""
    draw_confirmation_sample(consultation=guessed, half_width=10, by=officer)
    left = list(ConfirmationRound.objects.sampled_texts(guessed).order_by("pk"))
    read(left[3:], officer, codebook)
    page = signed_in("engagement_officer")
    page.goto("/insights/coding/parks/sample/")
    page.get_by_text("41 of 44 read").wait_for()
    page.get_by_role("link", name="Read the next answer").click()
    for _ in range(3):
        at_rest(page)
        choose_theme(page, page.inner_text("#answer").split()[0])
        last = saved(page)
    assert "All of the sample is read." in last
    page.goto("/insights/coding/parks/sample/")
    page.get_by_role("link", name="Make a release").click()
    page.get_by_role("button", name="Make the release").click()
    page.wait_for_load_state()
    run_waiting_orders()
    second = factories.staff("second@example.org", "insights.publish_release")
    release = publish_release(release=Release.objects.get(), by=second)
    planner = signed_in("planner")
    planner.goto(f"/insights/releases/{release.pk}/themes/lights/")
    row = next(row for row in release.theme_rows() if row["label"] == "Lights")
    expect(planner.get_by_text(f"{row['value']} of 80 people")).to_be_visible()
    expect(planner.get_by_text(f"a person found it in the words of about {row['read']}")).to_be_visible()
    expect(planner.get_by_text("44 people, drawn at random").first).to_be_visible()
    assert row["value"] < 58
    look(planner, "corrected")
