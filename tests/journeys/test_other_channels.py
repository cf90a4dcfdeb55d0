"""A poster and a group session in a real browser, and officers' pages for all channels; axe on every page."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from consultation.channels.group.models import GroupSession
from consultation.channels.kiosk import actions as kiosks
from consultation.channels.short_links import actions as links
from consultation.responses.models import Channel, Response
from tests.consultation.channels.printed_codes import decode_printed_codes
from tests.journeys.channel_steps import answer, looked_at

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("script", [True, False])
def test_from_a_poster_to_an_answer(tablet, parks, officer, script):
    link = links.make_link(page=parks, label="Poster", language="en", by=officer)
    page = tablet(320, java_script_enabled=script)
    asked = []
    page.on("request", lambda request: asked.append(request.headers.get("referer")))
    page.goto(link.path)
    page.get_by_role("link", name="Start").first.click()
    answer(page)
    page.get_by_role("button", name="Send my answers").click()
    page.get_by_role("heading", name="We have your answers").wait_for()
    assert not any(asked)
    assert page.context.cookies() == []
    assert (Response.objects.get().link, Response.objects.get().channel) == (link.name, Channel.WEB)


def test_a_printed_card_opens_the_page_of_codes_with_its_code_typed(signed_in, tablet, parks):
    page = signed_in("engagement_officer")
    page.goto(f"/staff/invitation-codes/{parks.pk}/")
    page.locator("#id_label").fill("Youth club")
    page.get_by_label("How many codes").fill("11")
    page.get_by_role("button", name="Make the codes").click()
    codes = page.locator(".code").all_text_contents()
    page.emulate_media(media="print")
    assert (
        page.locator(".invitations li").evaluate_all(
            "all => Math.max(...all.map(each => each.scrollHeight - each.clientHeight))"
        )
        <= 1
    )
    cards = decode_printed_codes(page.pdf(prefer_css_page_size=True, print_background=True))
    assert sorted(address.partition("#")[2] for address in cards) == sorted(codes) and len(codes) == 11
    page.emulate_media(media="screen")
    assert looked_at(page) == []
    phone = tablet(320)
    phone.goto(urlsplit(cards[0])._replace(scheme="", netloc="").geturl())
    expect(phone.locator("#code")).to_have_value(cards[0].partition("#")[2])


def test_officers_pages(signed_in, parks, officer):
    kiosks.set_up_kiosk(page=parks, name="Club", until=timezone.localdate(), languages=["en", "ur"], by=officer)
    found = []
    for width in (320, 1280):
        page = signed_in("engagement_officer", width=width)
        for path in ("promotion/", "tablets/", "sessions/"):
            for more in ("", f"{parks.pk}/"):
                page.goto(f"/staff/{path}{more}")
                found += [f"{path}{more} {each}" for each in looked_at(page)]
        page.goto(f"/staff/tablets/{parks.pk}/")
        page.get_by_label("Name").fill("Library")
        page.get_by_label("Works until").fill((timezone.localdate() + timedelta(days=1)).isoformat())
        page.get_by_role("button", name="Set up").click()
        page.locator(".secret").wait_for()
        found += looked_at(page)
    assert found == []


@pytest.mark.parametrize("script", [True, False])
def test_a_facilitator_holds_a_group_session(signed_in, parks, script):
    page = signed_in("facilitator", java_script_enabled=script)
    page.goto("/staff/sessions/")  # where a facilitator starts
    assert page.locator("header nav a:visible", has_text="Reading").count() == 0
    page.locator(".rows a").click()
    page.get_by_label("Who stays to talk afterwards").fill("a youth worker")
    page.get_by_label("Until when").fill("six")
    page.get_by_role("button", name="Show the opening words").click()
    page.get_by_text("a youth worker will be here until six").wait_for()
    page.get_by_role("link", name="Enter what the group says").click()
    page.get_by_label("What they said about question 3").fill("Most of them want lights.")
    page.get_by_role("button", name="Send").click()
    page.get_by_role("link", name="Choose how many people took part.").wait_for()
    assert page.get_by_label("What they said about question 3").input_value() == "Most of them want lights."
    page.get_by_label("7 to 10").check()
    page.get_by_text("The group agreed on an answer").first.click()
    page.get_by_label("Parks").check()
    page.get_by_role("button", name="Send").click()
    page.get_by_text("It is counted as nobody.").wait_for()
    page.get_by_text("One session.").wait_for()  # and nothing of what was said
    assert GroupSession.objects.get().size == "7-10"
    assert Response.objects.get().excluded_from_figures


@pytest.mark.parametrize("width", [320, 768])
def test_axe_on_the_facilitators_pages(signed_in, parks, width):
    page, found = signed_in("facilitator", width=width), []
    for path in ("", f"{parks.pk}/", f"{parks.pk}/opening/", f"{parks.pk}/enter/"):
        page.goto(f"/staff/sessions/{path}")
        found += [f"{path} {each}" for each in looked_at(page)]
    page.goto(f"/staff/tablets/{parks.pk}/")
    found += looked_at(page)
    page.goto(f"/staff/sessions/{parks.pk}/enter/")
    page.get_by_role("button", name="Send").click()
    page.locator("#wrong").wait_for()
    assert found + looked_at(page) == []


def test_a_session_that_is_not_sent_warns_before_it_is_left(signed_in, parks):
    page = signed_in("facilitator")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(f"/staff/sessions/{parks.pk}/enter/")
    page.get_by_label("What they said about question 3").fill("Lights.")
    page.get_by_role("link", name="Group sessions").first.click()
    page.get_by_role("heading", name="Group sessions").wait_for()
    assert asked == ["beforeunload"]


def test_a_session_that_meets_no_signal_stays_on_its_page(signed_in, parks):
    page = signed_in("facilitator")
    page.goto(f"/staff/sessions/{parks.pk}/enter/")
    page.get_by_label("7 to 10").check()
    page.get_by_label("What they said about question 3").fill("Lights.")
    page.context.set_offline(True)
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#unsent")).to_be_focused()
    assert page.get_by_label("What they said about question 3").input_value() == "Lights."
    page.context.set_offline(False)
    page.get_by_role("button", name="Send").click()
    page.get_by_text("It is counted as nobody.").wait_for()
    assert Response.objects.count() == 1


def test_typing_for_long_keeps_a_facilitator_signed_in(signed_in, parks):
    page = signed_in("facilitator")
    page.clock.install()
    page.goto(f"/staff/sessions/{parks.pk}/enter/")
    asked = []
    page.on("request", lambda request: "/staff/" in request.url and asked.append((request.method, request.post_data)))
    for _ in range(3):
        page.get_by_label("What they said about question 3").type("a")
        page.clock.run_for(125_000)
    assert set(asked) == {("HEAD", None)}, "nothing that was typed goes along"
