"""A lead's day in a browser: by keyboard, without a script, on a small screen, in dark mode, on paper."""

import io
import itertools
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from pypdf import PdfReader

from consultation.responses.models import Answer, AnswerState
from consultation.safeguarding import actions
from consultation.safeguarding.case_sample.models import SampledCase
from consultation.safeguarding.contact_requests import actions as contacts
from consultation.safeguarding.duty_rota.models import DutyDay
from consultation.safeguarding.models import ContactRequest, TriageCase
from consultation.surveys.models import ConsultationPage
from tests import factories
from tests.consultation.safeguarding.conftest import close, decide, refer
from tests.journeys.test_every_page import findings, sideways

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WORDS = "Tasha said he waits by the lake."
BOARD = "/staff/safeguarding/"


@pytest.fixture
def version(home):
    items = [factories.question("a", "long_text")]
    return factories.consultation(home, items=items, closes=timezone.localdate() + timedelta(days=9))[1]


@pytest.fixture
def new_case(version, person):
    """new_case("T1"): a concern that a reader brings."""
    reader = person("moderator")

    def make(priority="T1", **more):
        answer = factories.response(version, texts={"q-a": WORDS}).answers.get()
        return actions.open_case(answer=answer, by=reader, priority=priority, why="A worry.", **more)

    return make


@pytest.fixture
def leads(person):
    one, two = person("safeguarding_lead"), person("safeguarding_lead")
    for lead, agency in ((one, "Council"), (two, "Youth Trust")):
        factories.join_agency(lead, agency)
    return one, two


@pytest.mark.parametrize(
    ("width", "along", "across"), [(1280, "Right", "Down"), (320, "Down", "Right"), (1700, "Down", "Right")]
)
def test_arrows_go_along_a_lane_and_across_lanes_as_they_are_seen(new_case, leads, page_of, width, along, across):
    new = {new_case().name, new_case().name}
    claimed = actions.claim_case(case=new_case(), by=leads[0]).name
    page = page_of(leads[0], width=width)
    page.goto(BOARD)
    focused = "document.activeElement.closest('.item').querySelector('h3').lastChild.textContent.trim()"
    seen = []
    for key in (along, along, across):
        page.keyboard.press(f"Arrow{key}")
        seen.append(page.evaluate(focused))
    assert set(seen[:2]) == new and seen[2] == claimed


def test_two_leads_agree_by_keyboard_that_there_is_no_concern(new_case, leads, page_of):
    case, (first, second) = new_case(), leads
    page = page_of(first)
    page.goto(BOARD)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("c")
    page.wait_for_url(f"**/{case.pk}/")
    page.fill("#seen", "To decide.")
    page.keyboard.press("Enter")
    page.wait_for_selector(".raw")
    assert WORDS in page.inner_text(".raw") and page.evaluate("document.activeElement.id") == "answer"
    page.fill("#move-reason", "A song, I think.")
    page.get_by_role("button", name="Ask for a second view").press("Enter")
    page.wait_for_selector("text=You gave the first view.")
    assert page.get_by_role("button", name="No concern").count() == 0

    other = page_of(second)
    other.goto(BOARD)
    other.get_by_role("link", name="Give second view").press("Enter")
    assert "Read the words first." in other.inner_text("main")
    other.fill("#seen", "For the second view.")
    other.keyboard.press("Enter")
    other.wait_for_selector(".raw")
    other.fill("#move-reason", "A song. I know it.")
    other.get_by_role("button", name="No concern").press("Enter")
    other.wait_for_selector("#close")
    other.select_option("#id_outcome", "false positive")
    other.fill("#id_reason", "The words of a song.")
    other.get_by_label("Not applicable").check()
    other.get_by_role("button", name="Close the case").press("Enter")
    other.wait_for_url(f"**{BOARD}")
    assert "is closed. You find it under Closed" in other.inner_text("main")
    assert "Closed today" in other.inner_text(".board") and case.name in other.inner_text(".lane:last-child")
    assert Answer.objects.get().state == AnswerState.UNREAD


def test_a_concern_about_staff_is_gone_from_the_page_of_that_agency(new_case, leads, page_of):
    case, (council, trust) = new_case("T2"), leads
    theirs = page_of(trust)
    theirs.goto(f"{BOARD}{case.pk}/")
    assert case.name in theirs.inner_text("h1")
    page = page_of(council)
    page.goto(f"{BOARD}{case.pk}/")
    page.click("summary:has-text('concern about staff')")
    page.select_option("#id_hide-agency", "youthtrust")
    page.fill("#id_hide-why", "A worker there.")
    page.click("text=Hide it from that agency")
    page.wait_for_selector("text=Nobody of that agency sees it any more.")
    assert theirs.reload().status == 404
    theirs.goto(BOARD)
    assert case.name not in theirs.content() and "Everything (0)" in theirs.inner_text("main")
    page.goto(BOARD)
    assert "Route: LADO" in page.inner_text(".lane:first-child")


def test_without_a_script_on_a_small_screen_from_claim_to_closed(new_case, leads, page_of):
    case = new_case("T2")
    page = page_of(leads[0], width=320, javascript=False)
    page.goto(BOARD)
    page.click(f"text=Open: {case.name}")
    page.fill("#seen", "To decide.")
    page.click("text=Show the words")
    page.click("text=Claim")
    assert WORDS in page.inner_text(".raw"), "claiming keeps the words open"
    page.click("summary:has-text('An agency was told')")
    page.select_option("#id_refer-agency", "frontdoormash")
    page.fill("#id_refer-by_phone_to", "Ms Hall")
    page.fill("#id_refer-chase_on", factories.in_a_week())
    page.get_by_role("button", name="Refer", exact=True).click()
    page.click("summary:has-text('They have decided')")
    page.get_by_label("What they decided").fill("They took it.")
    page.get_by_role("button", name="Write down what they decided").click()
    page.select_option("#id_outcome", "front door/MASH")
    page.fill("#id_reason", "They took it.")
    page.get_by_label("Yes, and we told").check()
    page.get_by_role("button", name="Close the case").click()
    assert page.title().startswith("Error: ") and "Give the reference" in page.inner_text("main")
    assert page.input_value("#id_reason") == "They took it."
    page.fill("#id_reference", "FD-22")
    page.get_by_role("button", name="Close the case").click()
    case.refresh_from_db()
    assert (case.state, case.reference) == ("closed", "FD-22")


def test_what_goes_to_another_agency_is_copied_and_printed_whole(new_case, leads, page_of, live_server):
    case = new_case()
    page = page_of(leads[0], permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"{BOARD}{case.pk}/")
    page.click("text=Print or copy for another agency")
    page.select_option("#id_to", "police999")
    page.fill("#id_reason", "They asked.")
    page.click("text=Make the page")
    page.wait_for_selector("#paper")
    page.get_by_role("button", name="Copy as text").press("Enter")
    page.wait_for_selector("#copied:not(:empty)")
    copied = page.evaluate("document.getElementById('as-text').value")
    assert WORDS in copied and "For police 999" in copied
    if "Copied." in page.inner_text("#copied"):
        assert page.evaluate("navigator.clipboard.readText()") == copied
    printed = PdfReader(io.BytesIO(page.pdf())).pages
    text = " ".join(" ".join(sheet.extract_text() for sheet in printed).split())
    assert WORDS in text and "The words as they were sent" in text
    assert "Copy as text" not in text and "to select and copy" not in text
    page.goto(f"{BOARD}{case.pk}/")
    page.fill("#seen", "To decide.")
    page.click("text=Show the words")
    page.wait_for_selector(".raw")
    case_page = " ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf())).pages)
    assert WORDS not in case_page, "elsewhere raw words do not print"


def test_a_request_to_be_contacted_by_keyboard(leads, page_of):
    contact = actions.request_contact(name="Bee", how="text 07700 900123", when="after 3", language="en")
    page = page_of(leads[0])
    page.goto(BOARD)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("c")
    page.wait_for_url(f"**/{contact.pk}/")
    assert "07700 900123" in page.inner_text("main")
    for button, note in (
        ("Tried, not reached", "Texted at four."),
        ("Reached", "We spoke."),
        ("Close", "All is said."),
    ):
        page.fill("#note", note)
        page.get_by_role("button", name=button, exact=True).press("Enter")
        page.wait_for_selector("[role=status]")
    assert ContactRequest.objects.get().state == "closed"


def test_the_rota_and_who_is_on(leads, page_of):
    one, two = leads
    page = page_of(one)
    page.goto(f"{BOARD}rota/")
    assert "working days have a gap" in page.inner_text(".alarm")
    first = page.locator("select[name^=lead-]").first
    first.select_option(str(one.pk))
    page.locator("select[name^=backup-]").first.select_option(str(two.pk))
    page.get_by_role("button", name="Save the rota").press("Enter")
    page.wait_for_selector("text=Saved.")
    assert DutyDay.objects.get().backup == two


def test_an_officer_stops_free_text_and_a_child_sees_no_box(version, person, page_of, tablet):
    page = page_of(person("engagement_officer"))
    page.goto("/staff/closing/")
    page.locator("summary", has_text="Close free text now").press("Enter")
    page.fill(f"#reason-{version.page_id}words", "Too much to read.")
    page.get_by_role("button", name="Close free text now").press("Enter")
    page.wait_for_selector("text=no words can be written any more")
    assert ConsultationPage.objects.get(pk=version.page_id).free_text_closed
    page.locator("summary", has_text="Ask for words again").wait_for()


def test_a_lead_searches_and_links_by_keyboard_on_a_small_screen_without_a_script(new_case, leads, page_of):
    one, other = new_case("T2"), new_case("T2")
    page = page_of(leads[0], width=320, javascript=False)
    page.goto(f"{BOARD}search/")
    page.get_by_label("Words that the case may hold").focus()
    page.keyboard.type("LAKE tasha")
    page.keyboard.press("Tab")
    page.keyboard.type("A second report.")
    page.keyboard.press("Enter")
    assert "2 found, 2 opened" in page.inner_text("#found") and page.inner_text("main").count(WORDS) == 2
    assert "A second report. (2 of 2)" in page.inner_text("main") and sideways(page) <= 0
    page.get_by_role("link", name=one.name).press("Enter")
    assert "Read the words first." in page.inner_text("main"), "a search is no reading"
    page.get_by_role("link", name="Links with other items").press("Enter")
    page.get_by_label("The other item").focus()
    page.keyboard.type(other.name)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")  # the same person
    page.keyboard.press("Tab")
    page.keyboard.type("Both write of him.")
    page.get_by_role("button", name="Link them").press("Enter")
    assert f"Linked with {other.name}." in page.inner_text("main") and sideways(page) <= 0
    page.get_by_role("link", name=other.name, exact=True).press("Enter")
    assert "Both write of him." in page.inner_text("main") and one.name in page.inner_text("main")
    page.get_by_role("link", name="Links with other items").press("Enter")
    page.locator("main summary").press("Enter")
    page.get_by_label("Why they do not belong together").focus()
    page.keyboard.type("Another man.")
    page.get_by_role("button", name="Take them apart").press("Enter")
    assert "Taken apart" in page.inner_text("main") and "Another man." in page.inner_text("main")


@pytest.fixture
def everything(new_case, leads, version):
    """Something of each kind, and the addresses of all pages."""
    one, two = leads
    cases = [new_case(priority) for priority in ("T1", "T2", "T3", "T1", "T2")]
    actions.claim_case(case=cases[0], by=one)
    decide(cases[0], one, "second-view", reason="x")
    actions.claim_case(case=cases[1], by=two)
    decide(cases[1], two, "contacted")
    actions.hide_from_agency(case=cases[2], by=one, agency=factories.agency("Youth Trust"), why="x")
    TriageCase.objects.filter(pk=cases[3].pk).update(due_at=timezone.now() - timedelta(days=2))
    actions.claim_case(case=cases[4], by=one)
    decide(cases[4], one, "referred")
    refer(cases[4], one, "police 999", reference="", by_phone_to="PC Hall")
    dismissed = actions.claim_case(case=new_case("T2"), by=two)
    close(decide(dismissed, two, "no-concern"), two, "nobody can be identified")
    SampledCase.objects.create(case=dismissed, week=timezone.localdate(), drawn_on=timezone.localdate())
    cases.append(dismissed)
    taken = actions.request_contact(name="Bee", how="x", when="y", language="en")
    contacts.claim_contact(contact=taken, by=one)
    waiting = actions.request_contact(name="Bo", how="x", when="y", language="en")
    spare = factories.response(version, texts={"q-a": WORDS}).answers.get()
    actions.keep_withdrawn_text(answer=spare, question_text="What is good?")
    DutyDay.objects.create(day=timezone.localdate(), lead=one, backup=two)
    pages = [
        "",
        "lane/new/",
        "closed/",
        "sample/",
        "search/",
        "pass-on/",
        "contacts/",
        "withdrawn/",
        "rota/",
        "times/",
    ]
    pages += [f"{case.pk}/" for case in cases] + [f"contacts/{each.pk}/" for each in (taken, waiting)]
    return [BOARD + page for page in (*pages, f"{cases[0].pk}/links/", f"{cases[0].pk}/print/")] + [
        "/staff/hours/",
        "/staff/closing/",
    ]


def test_every_control_is_reached_by_tab_and_is_large_enough(everything, leads, page_of):
    page = page_of(leads[0])
    for path, width in itertools.product((BOARD, f"{BOARD}rota/", "/staff/hours/"), (1280, 320)):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(path)
        small = page.evaluate(
            """() => [...document.querySelectorAll('main :is(a.btn, button, select, input:not([type=hidden]))')]
                .filter((each) => each.getClientRects().length && each.getBoundingClientRect().height < 44)
                .map((each) => each.outerHTML.slice(0, 80))"""
        )
        assert small == [], path
        if width > 320:
            continue
        wanted = page.locator("main :is(a, button, select, input:not([type=hidden])):visible").count()
        page.locator("#main").focus()
        reached = set()
        for _ in range(wanted * 4 + 30):
            page.keyboard.press("Tab")
            reached.add(page.evaluate("[...document.querySelectorAll('main *')].indexOf(document.activeElement)"))
        assert len(reached - {-1}) == wanted, path


def test_in_an_emergency_a_lead_finds_the_answer_on_a_small_screen_without_a_script(
    version, leads, page_of, mailoutbox
):
    """From the telephone call to the case: nothing needs a script, a mouse or a wide screen; a colleague reviews it."""
    lead, colleague = leads
    answer = factories.response(version, texts={"q-a": WORDS}).answers.get()
    factories.response(version, texts={"q-a": "More lights by the canal."})
    page = page_of(lead, width=320, javascript=False)
    page.goto(BOARD)
    page.get_by_role("button", name="Menu", exact=True).press("Enter")
    page.locator(".local summary").press("Enter")
    page.get_by_role("link", name="Emergency access").click()
    page.get_by_label("Consultation").select_option(index=1)
    page.get_by_label("What has happened?").fill("A school rang: Tasha told a friend that she wrote to us.")
    page.get_by_label("A child may be in danger").press("Space")
    page.get_by_role("button", name="Open for one hour").press("Enter")
    assert [mail.to for mail in mailoutbox if colleague.email in mail.to]
    page.get_by_label("Words that the answer may hold").fill("the LAKE")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="One answer has these words").wait_for()
    page.get_by_role("button", name="See the words").press("Enter")
    assert page.get_by_text(WORDS).is_visible() and sideways(page) == 0
    page.get_by_label("Why the duty to tell applies").fill("She can be found.")
    page.get_by_role("button", name="Open a case").press("Enter")
    expect(page.get_by_role("heading", name=TriageCase.objects.get().name)).to_be_visible()
    answer.refresh_from_db()
    assert answer.state == AnswerState.TRIAGE

    page.goto(f"{BOARD}emergency/")
    page.get_by_role("link", name="See record").press("Enter")
    page.get_by_role("button", name="Give it back now").press("Enter")
    page.get_by_text("It is over.").wait_for()
    review = page_of(colleague, width=320)
    review.goto(f"{BOARD}emergency/")
    assert findings(review) == [] and sideways(review) == 0
    review.locator("main").get_by_role("link", name="Review").press("Enter")
    assert findings(review) == [] and sideways(review) == 0
    review.get_by_label("It was right").press("Space")
    review.get_by_label("What you found").fill("She was found within the hour.")
    review.get_by_role("button", name="Keep the review").press("Enter")
    expect(review.get_by_text("She was found within the hour.")).to_be_visible()
