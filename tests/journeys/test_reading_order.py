"""The reading order of a screen reader, from the browser's accessibility tree, in English and Urdu."""

import re

import pytest
from django.utils import timezone
from django.utils.translation import override
from playwright.sync_api import expect

from consultation.interface_text import get_text
from consultation.surveys.models import PublishedVersion
from tests.journeys.small_surveys import URDU, bilingual, press_next, visit

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SILENT = {"none", "generic", "InlineTextBox", "LineBreak", "ListMarker"}
LANGUAGES = ["en", "ur"]
ISOLATES = re.compile("[\u2066-\u2069]")


def read_out(page):
    """[(role, name)] in reading order, without what is hidden from a screen reader."""
    session = page.context.new_cdp_session(page)
    session.send("Accessibility.enable")
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    by_id = {node["nodeId"]: node for node in nodes}
    read = []

    def walk(node):
        role = node.get("role", {}).get("value", "")
        name = ISOLATES.sub("", node.get("name", {}).get("value", "")).strip()
        if not node.get("ignored") and role not in SILENT and name:
            read.append((role, name))
        for child in node.get("childIds", []):
            walk(by_id[child])

    walk(nodes[0])
    return read


def texts(read):
    return " ".join(name for _, name in read)


def in_order(read, *keys_or_texts):
    """Fails with what came instead when one of these is missing, or comes before the one that it should follow."""
    said, at = texts(read), 0
    for each in keys_or_texts:
        each = ISOLATES.sub("", each)
        found = said.find(each, at)
        assert found >= 0, f"{each!r} is not read after {said[max(0, at - 80) : at]!r}"
        at = found + len(each)


def role_of(read, name):
    return next(role for role, each in read if each == name)


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture
def address(home, live_server, language):
    from cms.site.pages.site_setup import ensure_site

    page, version = bilingual(home)
    ensure_site(languages=LANGUAGES)
    page.copy_for_translation(_locale("ur"), copy_parents=True).save_revision().publish(skip_permission_checks=True)
    PublishedVersion.objects.create(page=page, number=99, content=version.content, published_at=timezone.now())
    return f"{live_server.url}/{language}/have-your-say/parks/"


def _locale(code):
    from wagtail.models import Locale

    return Locale.objects.get(language_code=code)


def words(language, *keys):
    with override(language):
        return [get_text(key) for key in keys]


FRAME = ("skip.link", "exit.link", "help.link", "nav.say")
BAR = ("skip.link", "exit.link", "lang.pick", "help.link", "nav.say", "read.ways")


def test_the_page_before_question_one(chromium, address, language):
    read = read_out(visit(chromium, address))
    keys = [
        *BAR, "told.readers", "told.unknown", "told.duty", "told.leave", "told.choice", "nav.start", "landing.about",
        "start.title", "start.exit.title", "start.back.title", "nav.safer",
    ]  # fmt: skip
    in_order(read, *words(language, *keys))
    assert role_of(read, *words(language, "exit.link")) == "link"


def test_a_step_of_the_survey(chromium, address, language):
    page = visit(chromium, f"{address}answer/")
    read = read_out(page)
    asked = URDU[language]
    keys = words(language, *BAR)
    in_order(
        read, *keys, asked, "Parks", "Town", *words(language, "q.rathernot", "nav.next", "nav.back", "check.title")
    )
    assert role_of(read, asked) == "group", "the question names its choices"
    assert [name for role, name in read if role == "checkbox"][:3] == ["Parks", "Town", "None of these"]
    with override(language):
        assert get_text("check.intro") not in texts(read), "other steps are not read"
        assert get_text("nav.send") not in texts(read)


def test_the_next_step_is_read_from_its_question(chromium, address, language):
    page = visit(chromium, f"{address}answer/")
    page.locator("#qa input[value='1']").check()
    press_next(page)
    assert page.evaluate("document.activeElement.closest('.step').id") == "qc"
    read = read_out(page)
    assert URDU[language] not in texts(read)


def test_the_check_page(chromium, address, language):
    page = visit(chromium, f"{address}answer/")
    page.locator("#qa input[value='1']").check()
    page.locator("#qa .go a[href='#check']").click()
    read = read_out(page)
    keys = words(language, "check.title", "check.intro")
    after = words(language, "nav.change", "check.names", "nav.send", "signal.stay")
    in_order(read, *words(language, *FRAME), *keys, URDU[language], "Parks", *after)
    assert role_of(read, *words(language, "nav.send")) == "button"
    assert "Town" not in texts(read), "what was not chosen is not read"


def test_thanks_and_four_words(chromium, address, language):
    page = visit(chromium, f"{address}answer/")
    page.locator("#qa input[value='1']").check()
    page.locator("#qa .go a[href='#check']").click()
    page.locator(".end .btn:visible").click()
    expect(page.locator("form[action*='/receipt/words/']")).to_be_visible()
    keys = [
        "thanks.title",
        "thanks.body",
        "thanks.noreply",
        "receipt.title",
        "receipt.what",
        "receipt.show",
        "help.link",
    ]
    read = read_out(page)
    in_order(read, *words(language, *FRAME, *keys))
    assert role_of(read, *words(language, "thanks.title")) == "heading"
    page.locator("form[action*='/receipt/words/'] button").click()
    expect(page.locator("ol.words")).to_be_visible()
    in_order(read_out(page), *words(language, "receipt.yours", "receipt.once", "receipt.write", "receipt.have"))
