"""Safeguarding leads' pages."""

from tests.gallery.states.staff_pages import StaffRegistry

state = StaffRegistry()
add_page = state.add_page
CASES = ".board .item a[href*='/staff/safeguarding/']"

add_page("recalled", "Words taken back", "Where they stood, who may hold a copy.", "/insights/recalled/", "lead1")
add_page(
    "board",
    "The board of concerns",
    "For safeguarding leads: lanes and clocks, no words of answers.",
    "/staff/safeguarding/",
    "lead1",
)
add_page(
    "contacts",
    "Requests to be contacted",
    "Who waits, and who has taken them.",
    "/staff/safeguarding/contacts/",
    "lead1",
)
add_page("mailboxes", "Mailboxes", "Which child waits, and for whom.", "/staff/safeguarding/mailboxes/", "lead1")
add_page(
    "emergency",
    "Emergency access",
    "One hour with a consultation's answers: why, who had it, who reviewed it.",
    "/staff/safeguarding/emergency/",
    "lead1",
)
add_page(
    "rota", "The rota of the leads", "A lead and a backup a day; gaps are shown.", "/staff/safeguarding/rota/", "lead1"
)
add_page(
    "times", "Times and numbers", "The clocks, who is told when, whom to call.", "/staff/safeguarding/times/", "lead1"
)
add_page("hours", "Working hours", "What officers set; bank holidays are there.", "/staff/hours/", "officer1")
add_page("stop", "Stop a survey", "Free text or the whole, at once, with a reason.", "/staff/closing/", "officer1")
add_page("readers", "Who will read", "A reader and a lead for every day.", "/staff/readers/{page}/", "officer1")
add_page("leave", "Leave", "Who is away, who stands in, and the days to fill.", "/staff/leave/", "lead1")
add_page("figures", "How soon we act", "By priority: first read, first view, referral.", "/staff/figures/", "lead1")


@state("A case", "What a lead needs to choose, before the words are opened.", who="lead1")
def case(scene):
    scene.go("/staff/safeguarding/")
    scene.first_link(CASES)


@state("Links between cases", "The same person or place, with a note, and taken apart with a reason.", who="lead1")
def case_links(scene):
    scene.go("/staff/safeguarding/")
    others = [scene.page.locator(CASES).nth(place).get_attribute("href") for place in (0, 1)]
    other = "Item " + others[1].rstrip("/").rpartition("/")[2][:6]
    scene.go(f"{others[0]}links/")
    if not scene.page.locator("main .referrals").count():
        scene.page.locator("main input[type=text]").first.fill(other)
        scene.page.locator("main input[type=radio]").first.check()
        scene.page.locator("main textarea").last.fill("Both write of the same bus stop.")
        scene.page.locator("main form .btn").last.click()
        scene.go(f"{others[0]}links/")


@state("Search in cases", "By words, for a reason that is kept.", who="lead1")
def case_search(scene):
    scene.go("/staff/safeguarding/search/")
    for field, words in (("words", "home"), ("reason", "A second report.")):
        scene.page.locator(f"main form [name$={field}]").fill(words)
    scene.page.locator("main form button.one").click()
