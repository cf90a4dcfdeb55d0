"""Easy read, large print, sign language, and reading aloud by the device's own voice."""

import pytest
from playwright.sync_api import expect

from consultation.safeguarding.help.directory import load_help_entries
from consultation.safeguarding.models import HelpEntry
from tests.journeys.small_surveys import bilingual, press_next, shown, to_check, visit, ways_to_read

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
VOICES = """
const said = [];
const voice = (lang, localService) => ({ name: lang, lang, localService, voiceURI: lang, default: false });
window.heard = said;
Object.defineProperty(window, "speechSynthesis", { value: {
  getVoices: () => VOICES.map(([lang, own]) => voice(lang, own)),
  addEventListener() {},
  speak(one) { said.push([one.text, one.voice && one.voice.lang, one.voice && one.voice.localService]); },
  cancel() { said.push("silence"); },
} });
window.SpeechSynthesisUtterance = class extends EventTarget { constructor(text) { super(); this.text = text; } };
"""
FILM = "asked/" + "a" * 64 + ".mp4"


@pytest.fixture
def address(home, live_server):
    bilingual(home, more={"a": {"picture": "park", "bsl": {"src": FILM}, "hint": {"en": "In your free time."}}})
    return f"{live_server.url}/LANG/have-your-say/parks/answer/"


def with_voices(chromium, address, voices, language="en"):
    page = chromium.new_context(viewport={"width": 320, "height": 640}).new_page()
    page.add_init_script(VOICES.replace("VOICES", str(voices).replace("True", "true").replace("False", "false")))
    page.goto(address.replace("LANG", language))
    return page


def heard(page):
    return page.evaluate("window.heard")


# Out loud.


@pytest.mark.parametrize("voices", [[], [["en-GB", False]], [["ur-PK", True]]])
def test_without_a_voice_on_the_device_there_is_no_button_and_it_says_so(chromium, address, voices):
    page = with_voices(chromium, address, voices)
    ways = ways_to_read(page)
    expect(ways.get_by_text("Read it out loud").first).not_to_be_visible()
    expect(ways.get_by_text("This device has no voice for this language.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_question_is_read_by_a_voice_on_the_device_after_a_warning(chromium, address):
    page = with_voices(chromium, address, [["en-US", False], ["en_GB", True]])
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    ways_to_read(page).locator("#aloud summary").click()
    expect(page.get_by_text("Other people may hear this.")).to_be_visible()
    expect(page.get_by_text("This device has no voice for this language.")).to_be_hidden()
    assert [one for one in heard(page) if one != "silence"] == [], "nothing sounds before the second press"
    page.locator("#aloud button").click()
    expect(page.locator("#aloud button")).to_have_text("Stop reading")
    read = [one for one in heard(page) if one != "silence"]
    assert [text for text, _, _ in read][:4] == [
        "Where do you go?",
        "In your free time. Pick all that fit.",
        "Parks",
        "Town",
    ]
    assert {(lang, own) for _, lang, own in read} == {("en_GB", True)}
    assert {url.rpartition("/")[2] for url in asked} - {"favicon.svg"} == {"aloud.js"}
    page.locator("#aloud button").click()
    expect(page.locator("#aloud button")).to_have_text("Read it out loud")
    assert heard(page)[-1] == "silence"


def test_the_next_step_silences_it_and_easy_words_are_read_when_they_are_shown(chromium, address):
    page = with_voices(chromium, address, [["en-GB", True]])
    ways_to_read(page).get_by_label("Easy words").check()
    ways_to_read(page).locator("#aloud summary").click()
    page.locator("#aloud button").click()
    expect(page.locator("#aloud button")).to_have_text("Stop reading")
    assert [one[0] for one in heard(page) if one != "silence"][0] == "Where do you go, easily?"
    page.get_by_label("Parks").check()
    press_next(page)
    assert heard(page)[-1] == "silence"


def test_words_of_another_language_are_not_read_by_a_wrong_voice(chromium, address):
    page = with_voices(chromium, address, [["ur-PK", True]], language="ur")
    ways_to_read(page).locator("#aloud summary").click()
    page.locator("#aloud button").click()
    page.wait_for_timeout(300)
    read = [one[0] for one in heard(page) if one != "silence"]
    assert read[0] == "آپ کہاں جاتے ہیں؟"
    assert "Parks" not in read


@pytest.mark.parametrize("language", ["ur", "pl"])
@pytest.mark.parametrize("voices", [["en-GB"], []], ids=["with an English voice", "without one"])
def test_the_help_page_says_the_emergency_number_in_its_own_language(chromium, home, live_server, language, voices):
    load_help_entries()
    HelpEntry.objects.create(
        slug="night",
        name="Night line",
        for_whom="Anyone",
        call="0800 000 0000",
        needs=["adult"],
        languages=["ur", "pl"],
    )
    address = f"{live_server.url}/LANG/help/"
    page = with_voices(chromium, address, [[one, True] for one in [*voices, language]], language=language)
    options = page.locator("main option").all_inner_texts()
    ways_to_read(page).locator("#aloud summary").click()
    button = page.locator("#aloud button")
    button.click()
    expect(button).to_have_text(button.get_attribute("data-stop"))
    read = [one for one in heard(page) if one != "silence"]
    emergency = [(text, voice) for text, voice, _ in read if "999" in text and "55" in text]
    assert [voice for _, voice in emergency] == [language], read
    in_english = [text for text, voice, _ in read if voice == "en-GB"]
    assert bool(voices) == ("Night line" in in_english)
    assert all(text.isascii() for text in in_english)
    assert options and not [text for text, _, _ in read if all(option in text for option in options)]


def test_a_first_visit_carries_none_of_it(chromium, address):
    page = chromium.new_context().new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address.replace("LANG", "en"), wait_until="networkidle")
    assert not [url for url in asked if "aloud" in url or "languages" in url or "/media/" in url]
    assert len(asked) <= 4


# Easy words and clear print.


@pytest.fixture(params=[True, False], ids=["with a script", "without"])
def page(request, chromium, address):
    return visit(chromium, address.replace("LANG", "en"), java_script_enabled=request.param)


def test_easy_words_have_a_picture_beside_them(page):
    expect(page.locator("#qa .pic")).not_to_be_visible()
    ways_to_read(page).get_by_label("Easy words").check()
    expect(page.locator("#qa .pic")).to_be_visible()
    expect(page.get_by_text("Where do you go, easily?")).to_be_visible()


def test_switches_survive_steps_and_a_form_that_comes_back(page):
    ways_to_read(page).get_by_label("Easy words").check()
    ways_to_read(page).get_by_label("Clear print").check()
    press_next(page)
    assert page.get_by_label("Easy words").is_checked()
    to_check(page)
    page.get_by_role("button", name="Send my answers").click()
    expect(page.locator("#check .warn")).to_contain_text("Nothing is picked or written yet")
    assert page.get_by_label("Easy words").is_checked()
    assert page.get_by_label("Clear print").is_checked()
    page.locator("#qa .change").click()
    page.get_by_label("Parks").check()
    to_check(page)
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("heading", name="We have your answers")).to_be_visible()
    assert page.locator("body").get_attribute("class") == "easy letters"


def test_clear_print_changes_letters_and_spaces_but_not_the_width(chromium, address):
    page = visit(chromium, address.replace("LANG", "en"))
    style = "(name) => getComputedStyle(document.querySelector('#qa .ask-us'))[name]"
    ways_to_read(page).get_by_label("Clear print").check()
    assert "Atkinson Hyperlegible" in page.evaluate(style, "fontFamily")
    assert float(page.evaluate(style, "wordSpacing").removesuffix("px")) > 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    urdu = visit(chromium, address.replace("LANG", "ur"))
    ways_to_read(urdu).locator("#letters").check()
    assert "Naskh" in urdu.evaluate(style, "fontFamily")
    assert urdu.evaluate(style, "letterSpacing") in ("normal", "0px"), "joined letters stay joined"


# Sign language.


def test_sign_language_opens_in_place_and_costs_no_answer(page):
    page.get_by_label("Parks").check()
    page.get_by_text("See it in British Sign Language").click()
    expect(page.locator("#qa video")).to_be_visible()
    assert page.locator("#qa video").get_attribute("preload") == "none"
    assert shown(page) == ["qa"]
    assert page.get_by_label("Parks").is_checked()
    to_check(page)
    expect(page.locator("#qa video")).not_to_be_visible()
