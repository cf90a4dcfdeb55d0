"""Members of a youth panel look at a draft by a code alone, the officer sees their ticks, and everyone what changed."""

import pytest
from playwright.sync_api import expect

from consultation.reading.panel_words.actions import screen_panel_words
from tests.consultation.surveys.conftest import index, parks, publish  # noqa: F401
from tests.journeys.test_every_page import findings, sideways

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def looked_at(page):
    return findings(page), sideways(page)


FINE = ([], 0)


def test_a_panel_sees_a_draft_and_everyone_hears_what_changed(signed_in, tablet, parks, publish):  # noqa: F811
    officer = signed_in("engagement_officer", width=390)
    officer.goto("/staff/panel/")
    assert looked_at(officer) == FINE
    officer.get_by_role("link", name="Parks").click()
    officer.get_by_label("How many members").fill("3")
    officer.get_by_role("button", name="Make the codes").click()
    assert looked_at(officer) == FINE
    codes = officer.locator("code").all_inner_texts()
    for number, code in enumerate(codes):
        member = tablet(320, java_script_enabled=bool(number))
        member.goto("/ur/panel/" if number == 1 else "/en/panel/")
        assert looked_at(member) == FINE if number else True
        member.locator("#code").fill(code.lower())
        member.locator("main button").click()
        member.locator("main [type=checkbox][value=unclear]").first.check()
        member.locator("#w0").fill(f"Say which of the {number + 2} parks.")
        assert looked_at(member) == FINE if number else True
        member.locator("main button").click()
        expect(member.get_by_role("status")).to_be_visible()
        assert member.context.cookies() == []
        assert not number or member.evaluate("localStorage.length + sessionStorage.length") == 0
    screen_panel_words()
    reader = signed_in("moderator", width=320)
    reader.goto("/staff/reading/panel-words/")
    for _ in codes:
        assert looked_at(reader) == FINE
        reader.get_by_role("button", name="Clear it").click()
    expect(reader.get_by_text("No words of the panel wait.")).to_be_visible()
    officer.goto(f"/staff/panel/{parks.pk}/")
    expect(officer.get_by_text("I do not get it: 3")).to_be_visible()
    expect(officer.get_by_text("Say which of the 2 parks.")).to_be_visible()
    assert looked_at(officer) == FINE
    officer.get_by_label("What changed because of them").fill("The first question is shorter.")
    officer.get_by_role("button", name="Ask a colleague to agree").click()
    expect(officer.get_by_text("Nobody outside reads it until a colleague agrees")).to_be_visible()
    colleague = signed_in("engagement_officer", width=320)
    colleague.goto("/staff/task-list/")
    colleague.get_by_role("link", name="What the youth panel changed: Parks").click()
    assert looked_at(colleague) == FINE
    colleague.get_by_role("button", name="Agree: tell everyone").click()
    expect(colleague.get_by_text("It stands on the public page")).to_be_visible()
    assert looked_at(colleague) == FINE
    publish(parks)
    child = tablet(320)
    child.goto("/en/have-your-say/parks/listening/")
    expect(child.get_by_text("The first question is shorter.")).to_be_visible()
    assert looked_at(child) == FINE
