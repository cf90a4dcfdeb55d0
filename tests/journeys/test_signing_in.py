"""A colleague's first day by keyboard, from the invitation to the first task; and the idle log-out."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from playwright.sync_api import expect

from cms.accounts.account_invitations import build_password_link
from cms.accounts.models import User
from tests.cms.accounts.test_sign_in import code_of, sign_in
from tests.journeys.channel_steps import looked_at

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WORDS = "a long walk by the canal"
MOST_TABS = 60
BOTH = (320, 1280)
ASK = "/accounts/still-here/"
LOOK = "document.dispatchEvent(new Event('visibilitychange'))"  # as when somebody comes back to the tab
TAKEN_IN = "new Promise(done => setTimeout(done, 100))"  # what a script does with an answer is done


@pytest.fixture
def newcomer(person, live_server, settings):
    """Invited as a reader, with a link that opens the account once."""
    settings.STAFF_NEED_MFA, settings.SITE_URL = True, live_server.url
    sam = person("moderator")
    sam.set_unusable_password()
    sam.save()
    return sam


@pytest.fixture
def browser(chromium, live_server):
    """browser(width): a fresh browser; what its pages broke is looked at in the end."""
    contexts = []

    def make(width, **more):
        context = chromium.new_context(base_url=live_server.url, viewport={"width": width, "height": 800}, **more)
        context.set_default_timeout(20000)
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


def authenticator(page):
    """A passkey of this device: it asks for a finger and gets one."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    return session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def tab_to(page, found):
    """By keyboard alone, and with the focus in sight when it is there."""
    for _ in range(MOST_TABS):
        if found.evaluate("element => element === document.activeElement"):
            break
        page.keyboard.press("Tab")
    box = found.evaluate("element => element === document.activeElement && element.getBoundingClientRect().toJSON()")
    assert box, f"{found} cannot be reached by Tab"
    assert 0 <= box["top"] < page.viewport_size["height"], box


def enter(page):
    """Press Enter, and be where it leads."""
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.wait_for_load_state("networkidle")


def press(page, name, role="button"):
    tab_to(page, page.get_by_role(role, name=name, exact=True))
    enter(page)


def sets_password(page, person):
    page.goto(build_password_link(person))
    assert looked_at(page, BOTH) == []
    for field in page.locator("main input[type=password]").all():
        tab_to(page, field)
        page.keyboard.type(WORDS)
    press(page, "Set this password")
    expect(page.get_by_role("heading", name="Your password is set")).to_be_visible()


def signs_in(page, person):
    page.goto("/accounts/login/")
    page.wait_for_load_state("networkidle")
    assert looked_at(page, BOTH) == []
    tab_to(page, page.locator("[name=login]"))
    page.keyboard.type(person.email)
    tab_to(page, page.locator("[name=password]"))
    page.keyboard.type(WORDS)
    enter(page)


def proves(page):
    """What changes an account asks for the password again."""
    if "reauthenticate" in page.url:
        tab_to(page, page.locator("[name=password]"))
        page.keyboard.type(WORDS)
        enter(page)


def keeps_codes(page):
    """The codes are on the page once; then the work opens."""
    page.wait_for_url("**/recovery-codes/")
    assert looked_at(page, BOTH) == []
    codes = page.locator(".codes code").all_inner_texts()
    assert len(codes) == 10
    expect(page.get_by_role("button", name="Print them")).to_be_visible()
    press(page, "I have them. Go to my work", "link")
    return codes


# One way on a phone and the other on a wide screen; each page has room on both.


def test_a_first_day_with_a_passkey(newcomer, browser, mailoutbox):
    page = browser(320)
    authenticator(page)
    sets_password(page, newcomer)
    signs_in(page, newcomer)
    page.goto("/staff/reading/")
    assert page.url.endswith("/accounts/2fa/")
    assert looked_at(page, BOTH) == []
    press(page, "Add a passkey", "link")
    proves(page)
    assert looked_at(page, BOTH) == []
    tab_to(page, page.locator("[name=name]"))
    page.keyboard.press("Control+a")
    page.keyboard.type("Work laptop")
    tab_to(page, page.locator("[name=passwordless]"))
    page.keyboard.press("Space")
    press(page, "Add it")
    keeps_codes(page)
    assert {address for mail in mailoutbox for address in mail.to} == {newcomer.email}
    assert any(mail.body.startswith("The passkey is added.") for mail in mailoutbox)
    assert page.url.endswith("/staff/reading/")
    page.goto("/accounts/logout/")
    press(page, "Sign out")
    for _ in range(70):  # somebody at the same address tries to keep them out
        failed = sign_in(Client(), newcomer, "wrong")
    assert "too many tries" in failed.content.decode()
    page.context.clear_cookies()
    page.goto("/accounts/login/")
    press(page, "Sign in with a passkey")
    page.wait_for_url("**/staff/reading/")
    assert Authenticator.objects.filter(user=newcomer, type="webauthn").count() == 1


def test_a_first_day_with_an_app_and_the_day_the_phone_is_lost(newcomer, browser):
    page = browser(1280)
    sets_password(page, newcomer)
    signs_in(page, newcomer)
    page.goto("/accounts/2fa/")
    press(page, "Set up an app", "link")
    proves(page)
    assert looked_at(page, BOTH) == []
    secret = page.locator("#authenticator_secret").input_value()
    tab_to(page, page.locator("[name=code]"))
    page.keyboard.type(code_of(secret))
    enter(page)
    codes = keeps_codes(page)
    page.goto("/accounts/logout/")
    press(page, "Sign out")
    signs_in(page, newcomer)
    page.wait_for_url("**/2fa/authenticate/**")
    assert looked_at(page, BOTH) == []
    tab_to(page, page.locator("[name=code]"))
    page.keyboard.type(codes[0])
    enter(page)
    page.wait_for_url("**/staff/reading/")
    page.goto("/accounts/2fa/")
    assert "9 of 10 left." in page.locator("main").inner_text()
    assert looked_at(page, BOTH) == []


@pytest.mark.parametrize("width", [320, 1280])
def test_somebody_ends_a_session_from_another_place(signed_in, width):
    page = signed_in("planner", width=width)
    page.goto("/accounts/sessions/")
    assert looked_at(page, BOTH) == []
    expect(page.get_by_text("You are signed in nowhere else.")).to_be_visible()


def test_a_rest_is_announced_and_one_press_stays(signed_in, settings):
    page = signed_in("administrator", width=1280)
    page.goto("/staff/people/new/")
    page.get_by_label("Name").fill("Half a name")
    settings.IDLE_WARNING_SECONDS, settings.IDLE_MINUTES = 15 * 60, 14
    page.evaluate(LOOK)
    dialog = page.get_by_role("alertdialog")
    dialog.wait_for()
    assert re.search("You will be signed out in 1[34] minutes", dialog.inner_text())
    assert looked_at(page, BOTH) == []
    assert page.get_by_role("button", name="Stay signed in").evaluate("button => button === document.activeElement")
    settings.IDLE_WARNING_SECONDS = 60
    page.keyboard.press("Enter")
    dialog.wait_for(state="detached")
    assert page.get_by_label("Name").input_value() == "Half a name"


def test_the_end_of_a_day_is_announced_once_and_no_press_puts_it_off(signed_in, settings):
    page = signed_in("administrator", width=1280)
    page.goto("/staff/people/new/")
    settings.IDLE_WARNING_SECONDS, settings.SESSION_HOURS = 15 * 60, 0.2
    page.evaluate(LOOK)
    dialog = page.get_by_role("alertdialog")
    dialog.get_by_text("Your day here ends soon").wait_for()
    assert re.search("You will be signed out in 1[12] minutes", dialog.inner_text())
    assert looked_at(page, BOTH) == []
    page.keyboard.press("Enter")
    dialog.wait_for(state="detached")
    with page.expect_response(f"**{ASK}"):
        page.evaluate(LOOK)
    page.evaluate(TAKEN_IN)
    assert dialog.count() == 0


def test_an_answer_that_comes_late_takes_no_warning_away(signed_in, settings):
    page, late = signed_in("administrator", width=1280), []
    page.route(f"**{ASK}", lambda route: late.append(route), times=1)
    page.goto("/staff/people/new/")
    early = page.request.get(ASK).json()
    settings.IDLE_WARNING_SECONDS, settings.IDLE_MINUTES = 15 * 60, 14
    page.evaluate(LOOK)
    dialog = page.get_by_role("alertdialog")
    dialog.wait_for()
    with page.expect_response(f"**{ASK}"):
        late[0].fulfill(json=early)
    page.evaluate(TAKEN_IN)
    expect(dialog).to_be_visible()


def test_a_server_in_trouble_signs_nobody_out(signed_in, settings):
    page = signed_in("administrator", width=1280)
    page.goto("/staff/people/new/")
    page.wait_for_load_state("networkidle")
    page.route(f"**{ASK}", lambda route: route.fulfill(status=503))
    with page.expect_response(f"**{ASK}"):
        page.evaluate(LOOK)
    page.evaluate(TAKEN_IN)
    assert page.get_by_role("alertdialog").count() == 0


def test_what_was_written_is_kept_when_the_session_is_over(signed_in):
    page = signed_in("administrator", width=1280)
    page.goto("/staff/people/new/")
    page.get_by_label("Name").fill("Half a name")
    page.get_by_label("E-mail address").fill("half@staff.test")
    page.wait_for_load_state("networkidle")
    beside = page.context.new_page()
    beside.goto("/accounts/logout/")
    beside.locator("form.acts").get_by_role("button").click()  # signed out in another window, at the same time
    over = page.get_by_role("alertdialog")
    over.get_by_text("You are signed out").wait_for()
    assert looked_at(page, BOTH) == []
    again = page.context.new_page()
    again.goto("/accounts/login/")
    again.fill("[name=login]", User.objects.get(groups__name="administrator").email)
    again.fill("[name=password]", "correct horse battery")
    again.locator("main button[type=submit]").first.click()
    again.wait_for_url("**/staff/**")
    page.evaluate(LOOK)
    over.wait_for(state="detached")
    assert page.get_by_label("Name").input_value() == "Half a name"
    page.get_by_role("button", name="Add", exact=True).click()
    page.wait_for_load_state("networkidle")
    assert User.objects.filter(email="half@staff.test").exists()
