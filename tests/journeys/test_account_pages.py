"""Every page of sign-in and one's account fits 320 px without a script, and axe finds nothing on it."""

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from playwright.sync_api import Error

from tests.cms.accounts.test_account_pages import give_passkey, list_addresses
from tests.cms.accounts.test_sign_in import PASSWORD, give_totp
from tests.journeys.test_every_page import findings, sideways

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
# No pages; and what needs a real passkey, which test_signing_in has.
NOT_LOOKED_AT = ("/download/", "/still-here/", "/webauthn/reauthenticate/", "/webauthn/login/", "/sessions/end/")


def opens(page, address):
    try:
        answer = page.goto(address)
    except Error:  # a file, not a page
        return False
    return answer.status in (200, 401) and page.url.endswith(address)


def look_at_pages(plain, scripted, addresses):
    """([problem], how many) of the addresses that open as pages: `plain` has no script, axe runs in `scripted`."""
    found, looked_at = [], 0
    for address in addresses:
        if address.endswith(NOT_LOOKED_AT) or not opens(plain, address):
            continue
        looked_at += 1
        if sideways(plain) > 0:
            found.append(f"{address} is wider than 320 px")
        if opens(scripted, address):
            found += [f"{address}: {each}" for each in findings(scripted)]
    return found, looked_at


def test_pages_before_signing_in(home, chromium, live_server):
    contexts = [
        chromium.new_context(
            base_url=live_server.url, viewport={"width": 320, "height": 640}, java_script_enabled=javascript
        )
        for javascript in (False, True)
    ]
    pages = [context.new_page() for context in contexts]
    found, looked_at = look_at_pages(*pages, list_addresses())
    for context in contexts:
        context.close()
    assert found == [] and looked_at >= 7


def show_who_it_is(page):
    page.goto("/accounts/reauthenticate/")
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").press("Enter")


def test_pages_of_ones_own_account(person, page_of):
    sam = person("moderator")
    give_totp(sam)
    RecoveryCodes.activate(sam)
    pages = [page_of(sam, width=320, javascript=javascript) for javascript in (False, True)]
    for page in pages:
        show_who_it_is(page)
    found, looked_at = look_at_pages(*pages, list_addresses())
    assert found == [] and looked_at >= 12


def test_a_passkey_gets_another_name_and_its_pages_fit(person, page_of):
    sam = person("moderator")
    passkey = give_passkey(sam)
    plain, scripted = (page_of(sam, width=320, javascript=javascript) for javascript in (False, True))
    for page in (plain, scripted):
        show_who_it_is(page)
    plain.goto("/accounts/2fa/webauthn/")
    plain.get_by_role("link", name="Rename").click()
    plain.get_by_label("Name").fill("The laptop at work")
    plain.get_by_role("button", name="Save").press("Enter")
    assert "The laptop at work" in plain.inner_text("main")
    keys = "/accounts/2fa/webauthn/"
    addresses = [keys, f"{keys}keys/{passkey.pk}/edit/", f"{keys}keys/{passkey.pk}/remove/"]
    assert look_at_pages(plain, scripted, addresses) == ([], 3)
