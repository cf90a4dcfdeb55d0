"""Officers' pages: making a consultation, and bringing it to people."""

from tests.gallery.gallery_data import MAIN, PAST
from tests.gallery.states.staff_pages import StaffRegistry

state = StaffRegistry()
add_page = state.add_page

add_page(
    "checks",
    "Check this consultation",
    "Nothing to mend: what the checks say then.",
    "/staff/validation/{page}/",
    "officer1",
)
add_page(
    "sheets",
    "Questionnaires as sheets",
    "Export one, or import one as a draft.",
    "/staff/exchange/",
    "officer1",
)
add_page("forms", "Paper forms", "To print, in each language.", "/staff/paper/forms/{page}/", "officer1")
add_page("links", "Printed links", "A QR code for each place.", "/staff/short-links/{page}/", "officer1")
add_page("tablets", "Shared tablets", "Set one up, change a PIN.", "/staff/tablets/{page}/", "officer1")
add_page("codes", "Invitation codes", "Made in batches.", "/staff/invitation-codes/{page}/", "officer1")
add_page(
    "start",
    "Begin a consultation",
    "A template, one that was, questions of the bank, or blank.",
    "/staff/start/",
    "officer1",
)
add_page(
    "bank", "The question bank", "Each question once, with how it was answered.", "/staff/start/questions/", "officer1"
)
add_page("paths", "The map of paths", "Who is asked what, in words.", "/staff/editor/{page}/map/", "officer1")
add_page(
    "translation",
    "A language beside its source",
    "Strings, their check, files.",
    "/staff/translations/{types}/ur/",
    "officer1",
)
add_page(
    "all_consultations",
    "Consultations, for officers and leads",
    "Their states, whom they ask, and what is next.",
    "/staff/consultations/",
    "officer1",
)
add_page(
    "consultation_home",
    "The home of a consultation",
    "Live: link, QR code, what waits, every room.",
    f"/staff/consultations/{MAIN}/",
    "officer1",
)
add_page(
    "draft_home", "The home of a draft", "Its steps to publishing.", "/staff/consultations/your-park/", "officer1"
)
add_page(
    "approval",
    "The page of who approves one",
    "What people see, what changed, what the checks say.",
    "/staff/consultations/your-park/approval/",
    "lead1",
)
add_page("dates", "Dates", "What is open, what waits for a gate, what moved.", "/staff/dates/", "officer1")
add_page("promotion", "Promote", "A link, a poster and a text for each place.", "/staff/promotion/{page}/", "officer1")
add_page("reach", "Who has answered", "Beside who lives here.", f"/insights/representation/{MAIN}/", "officer1")
add_page(
    "results",
    "Results and answers",
    "Editions, the clock, what is owed.",
    f"/insights/manage/results/of/{PAST}/",
    "officer1",
)
add_page(
    "right",
    "Checks that were asked",
    "What was asked, and what came back.",
    "/insights/manage/member-checks/",
    "officer1",
)
