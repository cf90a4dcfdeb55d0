"""A shared tablet, a poster and a group session in a real browser; axe looks at every page of them."""

from datetime import timedelta
from importlib.resources import files

import pytest
from django.utils import timezone

from consultation.answering.group.models import GroupSession
from consultation.answering.kiosk import actions as kiosks
from consultation.answering.links import actions as links
from consultation.responses.models import Answer, Channel, Response
from consultation.responses.vault import open_sealed
from tests.factories import consultation, question
from tests.journeys.test_every_page import AXE_TAGS, sideways

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SECRET = "Nobody knows that I sit there."


@pytest.fixture
def parks(home):
    items = [
        question("a", "multiple", ["Parks", "Town"]),
        question("b", "single", ["Bus", "Walk"], show_if={"question": "q-a", "any_of": ["a-2"]}),
        question("c", "long_text"),
    ]
    page, version = consultation(home, items=items)
    version.content["languages"] = ["en", "ur"]
    return page


@pytest.fixture
def officer(person):
    return person("engagement_officer")


@pytest.fixture
def pin(parks, officer):
    until = timezone.localdate() + timedelta(days=2)
    return kiosks.set_up(page=parks, name="Club", until=until, languages=["en", "ur"], by=officer)[1]


@pytest.fixture
def tablet(chromium, live_server):
    """tablet(width=768): a fresh browser on the site, closed at the end."""
    contexts = []

    def make(width=768, **options):
        context = chromium.new_context(
            base_url=live_server.url, viewport={"width": width, "height": 1024}, has_touch=True, **options
        )
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def signed_in(tablet, client_as, live_server):
    """signed_in("moderator", width=1280): a browser of that member of staff."""

    def enter(role, **options):
        page, client = tablet(**options), client_as(role)
        cookies = [
            {"name": name, "value": morsel.value, "url": live_server.url} for name, morsel in client.cookies.items()
        ]
        page.context.add_cookies(cookies)
        return page

    return enter


def start(page, pin):
    page.goto("/en/kiosk/")
    page.get_by_label("PIN").fill(pin)
    page.get_by_role("button", name="Start", exact=True).click()
    page.get_by_role("button", name="Touch here to start").wait_for()


def begin(page):
    page.get_by_role("button", name="Touch here to start").click()
    page.get_by_role("button", name="Start", exact=True).click()
    page.locator("form.ask").wait_for()
    page.locator("#check").wait_for(state="hidden")  # the style has come


def answer(page):
    page.get_by_label("Town").check()
    page.locator(".go a.btn:visible").click()
    page.get_by_label("Bus").check()
    page.locator(".go a.btn:visible").click()
    page.locator("textarea").fill(SECRET)
    page.get_by_role("link", name="Check your answers").locator("visible=true").click()


def looked_at(page):
    """What axe finds, and how far the page scrolls sideways."""
    page.evaluate((files("axe_playwright_python") / "axe.min.js").read_text())
    found = page.evaluate(
        "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']}).then(r => r.violations"
        ".map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ')).join(', ')))",
        AXE_TAGS,
    )
    return found + ([f"{sideways(page)} px sideways"] if sideways(page) > 0 else [])


def traces(page):
    """Whatever a page could leave on the device."""
    kept = page.evaluate(
        "[document.cookie, localStorage.length, sessionStorage.length, JSON.stringify(history.state)]"
    )
    return [page.context.cookies(), *kept]


def at_the_start(page):
    return page.get_by_role("button", name="Touch here to start").is_visible() and SECRET not in page.content()


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("width", [320, 768])
def test_one_after_another(tablet, pin, script, width):
    page = tablet(width, java_script_enabled=script)
    start(page, pin)
    for number in (1, 2):
        begin(page)
        answer(page)
        page.get_by_role("button", name="Send my answers").click()
        page.get_by_role("heading", name="We have your answers").wait_for()
        assert Response.objects.count() == number
        page.get_by_role("main").get_by_role("button", name="Clear the screen").click()
        page.get_by_role("button", name="Touch here to start").wait_for()
        assert at_the_start(page)
    assert set(Response.objects.values_list("channel", flat=True)) == {Channel.KIOSK}
    assert {open_sealed(each.sealed) for each in Answer.objects.all()} == {SECRET}


@pytest.mark.parametrize("script", [True, False])
def test_clear_the_screen_sends_nothing(tablet, pin, script):
    page = tablet(java_script_enabled=script)
    start(page, pin)
    begin(page)
    answer(page)
    sent = []
    page.on("request", lambda request: sent.append(request.post_data or ""))
    page.get_by_role("button", name="Clear the screen").click()
    page.get_by_text("The screen is clear.").wait_for()
    assert at_the_start(page)
    assert not any("Nobody" in body for body in sent), "what was typed did not leave the tablet"
    assert Response.objects.count() == 0


def test_back_shows_nothing_of_the_one_before(tablet, pin):
    page = tablet()
    start(page, pin)
    begin(page)
    answer(page)
    page.get_by_role("button", name="Send my answers").click()
    page.get_by_role("button", name="Show me four words").click()
    page.locator(".words").wait_for()
    page.get_by_role("main").get_by_role("button", name="Clear the screen").click()
    page.get_by_role("button", name="Touch here to start").wait_for()
    assert traces(page) == [[], "", 0, 0, '{"kiosk":1}']
    for _ in range(6):
        page.go_back()
        page.wait_for_timeout(100)
        assert at_the_start(page)
        assert page.locator(".words, form.ask").count() == 0
    begin(page)
    page.go_back()
    page.wait_for_timeout(100)
    assert page.locator("#qa").is_visible(), "Back on question 1 stays there"
    assert page.locator("form.ask :checked").count() == 0
    assert page.locator("textarea").input_value() == ""
    assert SECRET not in page.content()


def test_back_after_leaving_the_address_asks_for_the_pin(tablet, pin):
    page = tablet()
    start(page, pin)
    begin(page)
    answer(page)
    page.goto("/en/help/")
    page.go_back()
    page.get_by_label("PIN").wait_for()
    assert SECRET not in page.content()


def test_an_idle_screen_warns_calmly_and_clears(tablet, pin):
    page = tablet()
    page.clock.install()
    start(page, pin)
    begin(page)
    answer(page)
    page.clock.run_for(60_000)
    assert not page.locator("#still").is_visible()
    page.clock.run_for(15_000)
    dialog = page.get_by_role("dialog")
    assert "Are you still there? This will clear in 1" in dialog.inner_text()
    assert page.evaluate("document.activeElement.closest('dialog') !== null"), "the button has the focus"
    assert looked_at(page) == []
    page.get_by_role("button", name="I am still here").click()
    assert not dialog.is_visible()
    page.clock.run_for(65_000)
    assert not dialog.is_visible(), "the time began anew"
    page.clock.run_for(30_000)
    page.get_by_text("This screen was left for a while").wait_for()
    assert at_the_start(page)
    assert Response.objects.count() == 0


def test_the_thank_you_page_goes_away_by_itself(tablet, pin):
    page = tablet()
    page.clock.install()
    start(page, pin)
    begin(page)
    answer(page)
    page.get_by_role("button", name="Send my answers").click()
    page.clock.run_for(1_000)
    page.get_by_role("heading", name="We have your answers").wait_for()
    page.clock.run_for(62_000)
    page.get_by_role("button", name="Touch here to start").wait_for()
    assert not page.get_by_text("Nothing was sent").is_visible()
    assert Response.objects.count() == 1


def test_without_a_signal_the_screen_is_cleared_all_the_same(tablet, pin):
    page = tablet()
    start(page, pin)
    begin(page)
    answer(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Clear the screen").click()
    page.get_by_role("button", name="Touch here to start").wait_for()
    assert at_the_start(page)
    page.context.set_offline(False)
    begin(page)
    assert page.locator("textarea").input_value() == ""


def test_what_waits_to_be_sent_again_is_given_up_when_the_screen_is_cleared(tablet, pin):
    page = tablet()
    page.clock.install()
    start(page, pin)
    begin(page)
    answer(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Send my answers").click()
    for _ in range(3):
        page.clock.run_for(3_000)
        page.wait_for_timeout(50)
    page.locator("#clear button").click()
    page.get_by_role("button", name="Touch here to start").wait_for()
    page.context.set_offline(False)
    page.clock.run_for(120_000)
    page.wait_for_timeout(200)
    assert Response.objects.count() == 0
    assert at_the_start(page), "nothing of it comes up again for the next person"


def test_three_times_shift_clears(tablet, pin):
    page = tablet()
    start(page, pin)
    begin(page)
    answer(page)
    for _ in range(3):
        page.keyboard.press("Shift")
    page.get_by_text("The screen is clear.").wait_for()


def test_all_of_it_by_keyboard(tablet, pin):
    page = tablet()
    page.goto("/en/kiosk/")
    page.get_by_label("PIN").focus()
    page.keyboard.type(pin)
    page.keyboard.press("Enter")
    press(page, "Touch here to start")
    press(page, "Start")
    page.locator("form.ask").wait_for()
    page.locator("#check").wait_for(state="hidden")
    page.get_by_label("Parks").focus()
    page.keyboard.press("Space")
    page.get_by_role("link", name="Check your answers").locator("visible=true").focus()
    page.keyboard.press("Enter")
    press(page, "Send my answers")
    page.get_by_role("heading", name="We have your answers").wait_for()
    assert page.evaluate("document.activeElement.tagName") == "H1", "who listens hears where they are"
    page.get_by_role("main").get_by_role("button", name="Clear the screen").press("Enter")
    page.get_by_role("button", name="Touch here to start").wait_for()


def press(page, name):
    button = page.get_by_role("button", name=name, exact=True)
    button.wait_for()
    button.press("Enter")


def test_in_urdu_and_back_to_the_tablets_own_language(tablet, pin, parks):
    page = tablet()
    start(page, pin)
    page.get_by_role("button", name="اردو").click()
    page.locator("html[dir=rtl]").wait_for()
    assert looked_at(page) == []
    page.locator("button[value=before]").click()
    page.locator("input[value=ask]").wait_for(state="attached")
    assert looked_at(page) == []
    page.locator("main .btn").first.click()
    page.locator("form.ask").wait_for()
    assert page.locator("html").get_attribute("lang") == "ur"
    page.locator("#clear button").click()
    page.locator("html[lang=en]").wait_for()
    assert page.get_by_role("button", name="Touch here to start").is_visible()


@pytest.mark.parametrize("width", [320, 768])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_on_every_page_of_the_tablet(tablet, pin, width, scheme):
    page = tablet(width, color_scheme=scheme)
    found = []
    page.goto("/en/kiosk/")
    found += looked_at(page)
    page.get_by_label("PIN").fill("1")
    page.get_by_role("button", name="Start", exact=True).click()
    page.get_by_text("That PIN did not work").wait_for()
    found += looked_at(page)
    start(page, pin)
    found += looked_at(page)
    page.get_by_text("For the worker").click()
    found += looked_at(page)
    page.get_by_role("button", name="Touch here to start").click()
    page.locator("input[value=ask]").wait_for(state="attached")
    found += looked_at(page)
    page.get_by_role("button", name="Start", exact=True).click()
    page.locator("form.ask").wait_for()
    page.get_by_text("Get help now").first.click()
    found += looked_at(page)
    page.keyboard.press("Escape")
    answer(page)
    found += looked_at(page)
    page.get_by_role("button", name="Send my answers").click()
    page.get_by_role("button", name="Show me four words").wait_for()
    found += looked_at(page)
    page.get_by_role("button", name="Show me four words").click()
    page.locator(".words").wait_for()
    assert found + looked_at(page) == []


def test_a_worker_ends_it_and_nobody_else(tablet, pin):
    page = tablet()
    start(page, pin)
    page.get_by_text("For the worker").click()
    page.get_by_label("PIN").fill("123 456 789")
    page.get_by_role("button", name="End here").click()
    page.get_by_text("That PIN did not work").wait_for()
    page.get_by_label("PIN").fill(pin)
    page.get_by_role("button", name="End here").click()
    page.get_by_text("This screen has ended.").wait_for()
    page.go_back()
    page.wait_for_timeout(100)
    assert not page.get_by_role("button", name="Touch here to start").is_visible()


@pytest.mark.parametrize("script", [True, False])
def test_from_a_poster_to_an_answer(tablet, parks, officer, script):
    link = links.make(page=parks, label="Poster", language="en", by=officer)
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


def test_officers_pages(signed_in, parks, officer, pin):
    link = links.make(page=parks, label="Poster", language="en", by=officer)
    found = []
    for width in (320, 1280):
        page = signed_in("engagement_officer", width=width)
        for path in ("links/", "tablets/", "sessions/"):
            for more in ("", f"{parks.pk}/"):
                page.goto(f"/staff/{path}{more}")
                found += [f"{path}{more} {each}" for each in looked_at(page)]
        page.goto(f"/staff/links/{link.name}/print/")
        found += looked_at(page)
        page.goto(f"/staff/tablets/{parks.pk}/")
        page.get_by_label("Name").fill("Library")
        page.get_by_label("Works until").fill((timezone.localdate() + timedelta(days=1)).isoformat())
        page.get_by_role("button", name="Set up").click()
        page.locator(".secret").wait_for()
        found += looked_at(page)
    assert found == []


@pytest.mark.parametrize("script", [True, False])
def test_a_facilitator_holds_a_group_session(signed_in, parks, script):
    page = signed_in("moderator", java_script_enabled=script)
    page.goto("/staff/sessions/")
    page.locator(".rows a").click()
    page.get_by_label("Who stays to talk afterwards").fill("a youth worker")
    page.get_by_label("Until when").fill("six")
    page.get_by_role("button", name="Show the opening words").click()
    assert page.get_by_text("a youth worker will be here until six").is_visible()
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
    assert page.get_by_text("The group agreed on: Parks").is_visible()
    assert GroupSession.objects.get().size == "7-10"
    assert Response.objects.get().held


@pytest.mark.parametrize("width", [320, 768])
def test_axe_on_the_facilitators_pages(signed_in, parks, width):
    page, found = signed_in("moderator", width=width), []
    for path in ("", f"{parks.pk}/", f"{parks.pk}/opening/", f"{parks.pk}/enter/"):
        page.goto(f"/staff/sessions/{path}")
        found += [f"{path} {each}" for each in looked_at(page)]
    page.get_by_role("button", name="Send").click()
    page.locator("#wrong").wait_for()
    assert found + looked_at(page) == []


def test_a_session_that_is_not_sent_warns_before_it_is_left(signed_in, parks):
    page = signed_in("moderator")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(f"/staff/sessions/{parks.pk}/enter/")
    page.get_by_label("What they said about question 3").fill("Lights.")
    page.get_by_role("link", name="Group sessions").first.click()
    page.get_by_role("heading", name="Group sessions").wait_for()
    assert asked == ["beforeunload"]


def test_typing_for_long_keeps_a_facilitator_signed_in(signed_in, parks):
    page = signed_in("moderator")
    page.clock.install()
    page.goto(f"/staff/sessions/{parks.pk}/enter/")
    asked = []
    page.on("request", lambda request: asked.append((request.method, request.post_data)))
    for _ in range(3):
        page.get_by_label("What they said about question 3").type("a")
        page.clock.run_for(125_000)
    assert ("HEAD", None) in asked
    assert {method for method, _ in asked} == {"HEAD"}, "nothing that was typed goes along"
