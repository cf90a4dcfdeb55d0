"""A leader's pledge from its draft to its outcome, and what a group sent from the form to everyone's page."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from insights.commitments.actions import screen_sent_offers
from insights.commitments.models import Commitment, SentOffer
from tests.insights.commitments.conftest import decision  # noqa: F401
from tests.insights.conftest import colleague, officer, parks  # noqa: F401
from tests.journeys.test_every_page import findings, sideways

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def press(page, name):
    page.get_by_role("button", name=name).focus()
    page.keyboard.press("Enter")


def looked_at(page):
    return findings(page), sideways(page)


FINE = ([], 0)


def test_a_leader_promises_and_everyone_sees_the_day_and_the_outcome(signed_in, tablet, decision):  # noqa: F811
    writer, publisher = (signed_in("engagement_officer", width=width) for width in (1280, 320))
    writer.goto("/insights/commitments/")
    writer.get_by_role("link", name="Write: a leader’s pledge").click()
    assert looked_at(writer) == FINE
    writer.get_by_label("Who promises").fill("Head of parks")
    writer.get_by_label("What they will do").fill("I will walk the park at night.")
    writer.get_by_label(decision.title).check()
    writer.get_by_label("Done by").fill((timezone.localdate() + timedelta(days=30)).isoformat())
    press(writer, "Save")
    expect(writer.get_by_text("Ask a colleague who did not write any of it.")).to_be_visible()
    publisher.goto("/insights/commitments/?state=draft")
    assert looked_at(publisher) == FINE
    publisher.get_by_role("link", name="Head of parks").click()
    press(publisher, "Publish it")
    publisher.get_by_label("Done", exact=True).check()
    publisher.get_by_label("What has happened").fill("I went on Friday.")
    press(publisher, "Say how it goes")
    expect(publisher.get_by_role("status")).to_contain_text("Ask a colleague to publish it")
    assert looked_at(publisher) == FINE
    writer.reload()
    press(writer, "Publish it")
    expect(writer.get_by_text("Take it back")).to_be_visible()
    publisher.reload()
    child = tablet(320, java_script_enabled=False)
    child.goto("/en/you-said-we-did/")
    child.get_by_role("link", name="What leaders promise").click()
    expect(child.get_by_text("I went on Friday.")).to_be_visible()
    child.get_by_role("link", name=decision.title).click()
    expect(child.get_by_role("heading", name=decision.title, level=1)).to_be_visible()
    press(publisher, "Retire it")
    expect(publisher.get_by_role("status")).to_contain_text("off the public pages")
    child.goto("/en/pledges/")
    expect(child.get_by_text("There is no promise here yet.")).to_be_visible()


def test_what_a_group_sends_is_read_by_two_people_first(signed_in, tablet, home):
    group = tablet(320, java_script_enabled=False)
    group.goto("/en/what-groups-do/")
    group.get_by_role("link", name="Tell us what you will do").click()
    group.get_by_label("Name of your group").fill("Example Choir")
    group.get_by_label("What will you do?").fill("Our hall is open.")
    press(group, "Send this")
    expect(group.get_by_role("alert")).to_contain_text("Write something in this box.")
    group.get_by_label("How can we reach you?").fill("hall@example.org")
    press(group, "Send this")
    expect(group.get_by_role("status")).to_contain_text("We have what you sent.")
    assert group.context.cookies() == [] and SentOffer.objects.count() == 1
    screen_sent_offers()
    first, second = signed_in("engagement_officer"), signed_in("engagement_officer")
    first.goto("/insights/commitments/")
    first.get_by_role("link", name="Example Choir").click()
    assert looked_at(first) == FINE
    first.get_by_role("link", name="How to reach them").click()
    first.get_by_label("To ask the group about what it sent").check()
    press(first, "Show how to reach them")
    expect(first.get_by_text("hall@example.org")).to_be_visible()
    assert looked_at(first) == FINE
    first.goto(f"/insights/commitments/offers/{SentOffer.objects.get().pk}/")
    first.get_by_label("What it does").fill("Our hall is open on Fridays.")
    press(first, "Save")
    group.goto("/ur/what-groups-do/")
    expect(group.get_by_text("Example Choir")).to_have_count(0)
    second.goto(Commitment.objects.get().get_absolute_url())
    press(second, "Publish it")
    expect(second.get_by_role("status")).to_contain_text("Published")
    group.reload()
    expect(group.get_by_text("Our hall is open on Fridays.")).to_be_visible()
    seen = tablet(390)
    for address in ("/en/what-groups-do/", "/ur/what-groups-do/", "/en/what-groups-do/tell-us/", "/en/pledges/"):
        seen.goto(address)
        assert looked_at(seen) == FINE
