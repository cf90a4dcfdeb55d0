"""A reader and a lead at their desks, by keyboard in a real browser; and the desk without a script."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from consultation.reading.models import Reading, Screening
from consultation.reading.staffing.actions import set_reader_languages
from consultation.reading.views import REASONS
from consultation.responses.models import Answer, AnswerState
from consultation.safeguarding import actions as safeguarding
from consultation.safeguarding.clocks import write_slot
from consultation.safeguarding.models import TriageCase
from tests import factories
from tests.journeys.reading_steps import clear_with_reason, focused, select, swapped

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

FIRST = "🦋🦋 Tasha said call 07700 900123.\r\n👩‍👧 Tasha waits by the lake."
SECOND = "A bench near the bus stop would be good."


@pytest.fixture
def answers(home):
    """Two unread answers: the first one flagged, so that it comes first."""
    _, version = factories.consultation(home, items=[factories.question("a", "long_text")])
    made = []
    for words, flagged in ((FIRST, True), (SECOND, False)):
        answer = Answer.objects.get(response=factories.response(version, texts={"q-a": words}))
        at = words.find("07700")
        spans = [{"start": at, "end": at + 12, "type": "PHONE", "why": "Eleven digits"}] if flagged else []
        reasons = [{"rule": "soon-box", "category": "soon", "label": "Asked to be read soon"}] if flagged else []
        Screening.objects.create(
            answer=answer, order=[flagged, "T2" if flagged else "", ""], engine="test",
            spans=spans, reasons=reasons,
        )  # fmt: skip
        made.append(answer)
    return made


@pytest.mark.parametrize("grave", [False, True])
def test_the_bar_never_covers_the_words_on_a_laptop(answers, person, page_of, grave):
    """At 1366 x 657, without scrolling: three lines, flagged, with and without a cover."""
    long = " ".join(["She waits for me beside the park and I would like it to be lit."] * 3)
    answer = factories.response(answers[0].response.version, texts={"q-a": long}).answers.get()
    reason = {"rule": "learned", "category": "learned", "label": "Written like answers that told of harm"}
    Screening.objects.create(
        answer=answer, order=[True, "T1" if grave else "T2", ""], clock=write_slot(timezone.now()), engine="t",
        reasons=[reason],
    )  # fmt: skip
    page = page_of(person("moderator"))
    page.set_viewport_size({"width": 1366, "height": 657})
    page.goto(f"/staff/reading/{answer.pk}/")
    if grave:
        page.keyboard.press("s")
    words, bar = page.locator(".raw p").bounding_box(), page.locator(".dock").bounding_box()
    assert page.evaluate("scrollY") == 0
    assert words["y"] + words["height"] <= bar["y"]
    assert bar["height"] < 70, "one row"


def test_reading_by_keyboard(answers, person, page_of):
    reader = person("moderator")
    page = page_of(reader)
    page.goto("/staff/reading/")
    assert "An answer to read" in page.title()
    assert focused(page) == "answer"

    seen = page.locator(".seen")
    assert "[PHONE" in seen.inner_text() and "07700" not in seen.inner_text()
    page.locator("#toggle-1").focus()
    swapped(page, lambda: page.keyboard.press("1"))
    page.wait_for_selector("#toggle-1[aria-pressed=false]")
    assert focused(page) == "toggle-1" and "07700" in seen.inner_text()
    swapped(page, lambda: page.keyboard.press("1"))
    page.wait_for_selector("#toggle-1[aria-pressed=true]")

    for occurrence in (1, 0):
        select(page, "Tasha", occurrence)
        swapped(page, lambda: page.keyboard.press("m"))
        expect(page.locator("mark")).to_have_count(3 - occurrence)
    assert "Tasha" not in seen.inner_text()

    page.keyboard.press("?")
    assert page.locator("#all-keys[open]").count() == 1
    page.keyboard.press("Escape")
    swapped(page, lambda: page.keyboard.press("c"))
    expect(page.locator("#error")).to_contain_text("Say in the note why it does not go to triage")
    page.keyboard.press("e")
    page.keyboard.type("c t h n")
    assert page.url.endswith(f"/staff/reading/{answers[0].pk}/#answer"), "keys in a text box are text"
    page.locator("#note").fill("")
    page.keyboard.press("Escape")
    expect(page.locator("#answer")).to_be_focused()
    page.keyboard.press("w")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    page.wait_for_url(f"**/{answers[1].pk}/")
    expect(page.locator("#answer")).to_be_focused()  # focus is not lost after a decision
    assert focused(page) == "answer", "focus is not lost after a decision"
    reading = Reading.objects.get(pk=answers[0].pk)
    person_tag = reading.text.split(" said")[0].removeprefix("🦋🦋 ")
    assert person_tag.startswith("[PERSON")
    assert reading.text.splitlines()[1] == f"👩‍👧 {person_tag} waits by the lake."
    assert "07700" not in reading.text and reading.note == REASONS[0]

    page.keyboard.press("u")
    page.wait_for_url(f"**/{answers[0].pk}/")
    assert "Tasha" not in seen.inner_text(), "what was marked is there again"
    assert Answer.objects.get(pk=answers[0].pk).state == AnswerState.UNREAD


def test_grave_words_stay_covered_until_asked_for(answers, person, page_of):
    Screening.objects.filter(pk=answers[0].pk).update(order=[True, "T1", ""])
    page = page_of(person("moderator"))
    page.goto("/staff/reading/")
    assert focused(page) == "uncover"
    for words in (".raw", ".seen", ".red"):
        expect(page.locator(words)).not_to_be_visible()
    page.keyboard.press("s")
    assert page.locator(".raw").is_visible() and focused(page) == "answer"
    select(page, "Tasha")
    swapped(page, lambda: page.keyboard.press("m"))
    expect(page.locator("mark")).to_have_count(2)
    page.locator(".raw").wait_for(state="visible")  # what was uncovered stays so while it is worked on
    page.keyboard.press("s")
    assert not page.locator(".raw").is_visible() and focused(page) == "uncover"


def test_covered_words_are_uncovered_without_a_script(answers, person, page_of):
    Screening.objects.filter(pk=answers[0].pk).update(order=[True, "T1", ""])
    page = page_of(person("moderator"), javascript=False)
    page.goto("/staff/reading/")
    expect(page.locator(".raw")).not_to_be_visible()
    page.check("#uncover")
    expect(page.locator(".raw")).to_be_visible()
    page.fill("#words", "tasha")
    with page.expect_navigation():
        page.press("#words", "Enter")
    expect(page.locator(".raw")).to_be_visible()


def test_leaving_and_coming_back_by_key(answers, person, page_of):
    page = page_of(person("moderator"))
    page.goto("/staff/reading/")
    page.keyboard.press("j")
    page.wait_for_url(f"**/{answers[1].pk}/")
    page.keyboard.press("k")
    page.wait_for_url(f"**/{answers[0].pk}/")
    expect(page.locator("#answer")).to_be_focused()


def test_words_are_marked_and_unmarked_without_a_mouse(answers, person, page_of):
    page = page_of(person("moderator"))
    page.goto("/staff/reading/")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("getSelection().toString()") == "Tasha"
    page.keyboard.press("Shift+ArrowRight")
    assert page.evaluate("getSelection().toString()") == "Tasha said"
    page.keyboard.press("ArrowLeft")
    swapped(page, lambda: page.keyboard.press("m"))
    expect(page.locator("mark")).to_have_count(2)
    assert page.locator("input[name=span]").first.get_attribute("value") == "3:8:PERSON:1"
    page.locator("#answer").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Shift+Y")
    assert focused(page) == "type-1"
    swapped(page, lambda: page.keyboard.type("w"))
    expect(page.locator(".seen")).to_contain_text("[WORKER")
    expect(page.locator("#answer")).to_be_focused()  # no key is trapped in the list
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    swapped(page, lambda: page.keyboard.press("Enter"))
    page.wait_for_selector("#toggle-1[aria-pressed=false]")
    assert "Tasha said" in page.locator(".seen").inner_text()


def test_words_are_marked_and_unmarked_with_a_mouse(answers, person, page_of):
    page = page_of(person("moderator"))
    page.goto("/staff/reading/")
    box = page.evaluate(
        """() => { const range = document.createRange();
            const node = document.querySelector('.raw [data-at]').firstChild;
            range.setStart(node, 5); range.setEnd(node, 9);
            const { left, top, width, height } = range.getBoundingClientRect();
            return [left + width / 2, top + height / 2]; }"""
    )
    page.mouse.dblclick(*box)
    page.locator("#pick").wait_for(state="visible")
    assert page.locator("#picked").inner_text() == "Tasha"
    page.select_option("#pick-kind", "WORKER")
    swapped(page, lambda: page.click("#pick-hide"))
    expect(page.locator(".seen")).to_contain_text("[WORKER")
    swapped(page, lambda: page.locator(".raw mark").first.click())
    page.wait_for_selector(".raw mark.off")
    assert "Tasha said" in page.locator(".seen").inner_text()


URDU = "میری ورکر عائشہ خان بہت اچھی ہیں، Kieran بھی۔ 🙂 عائشہ خان کو فون کریں: 07700 900123"


def test_urdu_is_marked_exactly_and_the_arrows_follow_the_script(answers, person, page_of):
    version = answers[0].response.version
    answer = factories.response(version, texts={"q-a": URDU}, language="ur").answers.get()
    Screening.objects.create(answer=answer, order=[True, "T1", "ur"], engine="test")
    reader = person("moderator")
    set_reader_languages(reader=reader, languages=["ur"], by=reader)
    page = page_of(reader)
    page.goto(f"/staff/reading/{answer.pk}/")
    page.keyboard.press("s")
    assert page.evaluate("getComputedStyle(document.querySelector('.raw')).direction") == "rtl"
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("Shift+ArrowLeft")
    assert page.evaluate("getSelection().toString()") == "عائشہ خان"
    swapped(page, lambda: page.keyboard.press("m"))
    page.wait_for_selector(".raw mark")
    clear_with_reason(page)
    page.wait_for_url(f"**/{answers[0].pk}/")
    assert Reading.objects.get(pk=answer.pk).text == URDU.replace("عائشہ خان", "[PERSON 1]", 1)


def test_a_lost_network_takes_nothing_and_says_so(answers, person, page_of):
    page = page_of(person("moderator"))
    page.goto("/staff/reading/")
    page.context.set_offline(True)
    select(page, "Tasha")
    page.keyboard.press("m")
    page.locator("#error").wait_for()
    assert "Nothing on this page is lost" in page.locator("#error").inner_text()
    page.keyboard.press("c")
    page.wait_for_timeout(200)
    assert page.locator(".raw").is_visible() and not Reading.objects.exists()
    page.context.set_offline(False)
    clear_with_reason(page)
    page.wait_for_url(f"**/{answers[1].pk}/")
    assert Reading.objects.filter(pk=answers[0].pk).exists()


def test_a_session_that_ended_takes_the_words_off_the_screen_and_keeps_the_marks(answers, person, page_of):
    reader = person("moderator")
    page = page_of(reader)
    page.goto("/staff/reading/")
    select(page, "Tasha")
    swapped(page, lambda: page.keyboard.press("m"))
    expect(page.locator("mark")).to_have_count(2)
    page.context.clear_cookies(name="staff")
    page.keyboard.press("c")
    page.wait_for_selector("text=The words are off the screen")
    assert "Tasha" not in page.content() and not Reading.objects.exists()
    again = page_of(reader)
    again.goto(page.get_attribute("text=Go on with this answer", "href"))
    assert again.locator("mark").count() == 2


def test_words_leave_the_screen_when_nothing_is_pressed(answers, person, page_of, settings):
    settings.IDLE_MINUTES_RAW = 0.02
    page = page_of(person("moderator"))
    page.goto("/staff/reading/")
    page.wait_for_selector("text=The words are off the screen")
    assert "Tasha" not in page.content()


def test_a_note_is_kept_before_anything_is_decided(answers, person, page_of):
    page = page_of(person("moderator"))
    page.goto("/staff/reading/")
    with page.expect_response(lambda reply: reply.status == 204):
        page.type("#note", "Is this a real place?")
    page.reload()
    assert page.input_value("#note") == "Is this a real place?"


def test_short_answers_by_key(answers, person, page_of):
    version = answers[0].response.version
    more = [
        factories.response(version, texts={"q-a": f"More {what}"}).answers.get()
        for what in ("lights", "buses", "bins")
    ]
    for answer in more:
        Screening.objects.create(answer=answer, order=[False, "", ""], engine="test")
    page = page_of(person("moderator"))
    page.goto("/staff/reading/short/")
    page.keyboard.press("2")
    taken_out = page.locator("input[name=clear]:not(:checked)").get_attribute("value")
    page.keyboard.press("c")
    page.wait_for_url(lambda url: "/short/" not in url)
    assert Reading.objects.filter(decision="clear").count() == 3
    assert not Reading.objects.filter(pk=taken_out).exists()
    page.keyboard.press("u")
    page.wait_for_selector("text=unread again")
    assert not Reading.objects.exists()


def test_single_keys_turned_off_do_nothing(answers, person, page_of):
    page = page_of(person("moderator"))
    page.goto("/staff/reading/")
    with page.expect_response("**/staff/reading/keys/"):
        page.click("#keys-switch")
    page.wait_for_selector("#keys-switch[aria-pressed=false]")
    page.locator("#answer").focus()
    page.keyboard.press("c")
    page.reload()
    assert page.locator("[data-keys-off]").count() == 1
    page.locator("#answer").focus()
    page.keyboard.press("t")
    page.wait_for_timeout(300)
    assert not Reading.objects.exists() and not TriageCase.objects.exists()


def test_the_desk_without_a_script_on_a_small_screen(answers, person, page_of):
    page = page_of(person("moderator"), width=320, javascript=False)
    page.goto("/staff/reading/")
    page.fill("#words", "tasha")
    page.select_option("#kind", "NICKNAME")
    page.press("#words", "Enter")
    assert "Tasha" not in page.locator(".seen").inner_text()
    assert "[NICKNAME" in page.locator(".seen").inner_text()
    page.select_option("#reason", REASONS[0])
    page.click("button[value=never_quote]")
    reading = Reading.objects.get(pk=answers[0].pk)
    assert reading.identifying_story and "Tasha" not in reading.text
    assert str(answers[1].pk) in page.url


def test_a_lead_by_keyboard(answers, person, page_of):
    lead, reader = person("safeguarding_lead"), person("moderator")
    case = safeguarding.open_case(answer=answers[0], by=reader, priority="T1", why="A worry.")
    page = page_of(lead)
    page.goto("/staff/safeguarding/")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("!!document.activeElement.closest('.item')")
    page.keyboard.press("c")
    page.wait_for_url(f"**/{case.pk}/")
    case.refresh_from_db()
    assert case.claimed_by == lead
    assert "Tasha" not in page.content()
    page.fill("#seen", "To decide.")
    page.click("text=Show the words")
    page.wait_for_selector(".raw")
    assert "Tasha" in page.locator(".raw").inner_text()
