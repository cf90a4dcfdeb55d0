"""States of staff pages, in English, signed in as the role that uses them."""

from tests.gallery.gallery_data import MAIN, PAST, TYPES
from tests.gallery.gallery_registry import FaceRegistry

state = FaceRegistry("staff")
# Pages whose kind the crawl looks at, as one of their role: see GalleryState.crawled.
CRAWLED = frozenset(
    (
        "agencies agreement assessment audit bank board board_report codebooks coding consultation "
        "consultations contacts coverage dates decision decision_draft decision_rows decisions desk "
        "desk_guide desk_short dictionary discovery emergency gaps heads hours imports make_release models "
        "outcome outcomes paper paths planner point question reach releases results retention right rota "
        "saved session_enter sheets start stop strategy themes times trace unanswered"
    ).split()
)


def add_page(name, title, about, path, who, **more):
    """Add a state that is one address, for a signed-in member of staff."""

    def drive(scene):
        main, types = (scene.ground.surveys[slug].page for slug in (MAIN, TYPES))
        scene.go(path.format(page=main, types=types))

    drive.__name__ = name
    state(title, about, who=who, crawled=name in CRAWLED, **more)(drive)


add_page("sign_in", "Sign in", "For staff alone.", "/accounts/login/", "")
add_page(
    "checks",
    "Check this consultation",
    "Nothing to mend: what the checks say then.",
    "/staff/validation/{page}/",
    "officer1",
)
add_page("desk", "The reading desk", "The next answer, its marks, the decisions.", "/staff/reading/", "reader1")
add_page(
    "desk_guide",
    "How to read, and every key",
    "To print and lay beside the screen.",
    "/staff/reading/guide/",
    "reader1",
    prints=True,
)
add_page("desk_short", "Short answers", "Nine at most, each with a key.", "/staff/reading/short/", "reader1")
add_page("told", "How you are told", "By e-mail or text message, and when not.", "/staff/notifications/", "reader1")
add_page("desk_pause", "Away from the desk", "No words, no number.", "/staff/reading/pause/", "reader1")
add_page(
    "seeded",
    "Seeded answers",
    "Planted by a lead; what was missed, not who missed it.",
    "/staff/reading/seeded-answers/",
    "lead1",
)
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
add_page("paper", "Typing in paper", "Which form is in hand.", "/staff/paper/", "reader1")
add_page("imports", "Files from elsewhere", "Import one, and the files so far.", "/staff/imports/{page}/", "reader1")
add_page(
    "sheets",
    "Questionnaires as sheets",
    "Export one, or import one as a draft.",
    "/staff/exchange/",
    "officer1",
)
add_page("forms", "Paper forms", "To print, in each language.", "/staff/paper/forms/{page}/", "officer1")
add_page("links", "Printed links", "A square code for each place.", "/staff/short-links/{page}/", "officer1")
add_page("tablets", "Shared tablets", "Set one up, change a PIN.", "/staff/tablets/{page}/", "officer1")
add_page("codes", "Invitation codes", "Made in batches.", "/staff/invitation-codes/{page}/", "officer1")
add_page(
    "session",
    "A group session's opening words",
    "Read out before the first question.",
    "/staff/sessions/{page}/opening/",
    "reader1",
    prints=True,
)
add_page(
    "session_enter",
    "What a group said",
    "Notes per question; no count of hands.",
    "/staff/sessions/{page}/enter/",
    "reader1",
)
add_page("audit", "The audit log", "Who did what to which object; never words.", "/staff/audit/", "auditor")
add_page(
    "retention",
    "What is kept, and until when",
    "What goes next, what waits, and what went.",
    "/staff/retention/",
    "auditor",
)
add_page(
    "make_release",
    "Make a release",
    "The rules to choose from, and which numbers would be hidden.",
    f"/insights/manage/releases/{MAIN}/make/",
    "officer1",
)
add_page("planner", "A planner's first page", "What was asked, what was heard.", "/insights/", "planner")
add_page(
    "trace",
    "Why this?",
    "From a decision to the words behind it: a picture, and a list.",
    "/insights/trace/decision/youth-workers-after-school/",
    "planner",
    prints=True,
)
add_page(
    "came_of_it",
    "What came of this?",
    "From a consultation to its decisions, with filters.",
    "/insights/trace/consultation/safe-in-bradford/",
    "planner",
)
add_page(
    "unanswered",
    "Not answered yet",
    "Themes without a decision, late promises, newer evidence against one.",
    "/insights/unanswered/",
    "planner",
)
add_page(
    "ledger", "The ledger", "Each step of each decision, chained and checked.", "/insights/ledger/?check=1", "planner"
)
add_page(
    "heads",
    "Signed heads of the ledger",
    "What outsiders keep a copy of, and how they check it.",
    "/insights/ledger/heads/",
    "planner",
)
add_page(
    "outcomes",
    "What came of decisions",
    "Which worked, which did not, and where nothing is said.",
    "/insights/outcomes/",
    "officer1",
)
add_page(
    "outcome",
    "What came of one decision",
    "Updates with what shows them, and the polls.",
    "/insights/outcomes/of/lights-at-three-bus-stops/",
    "officer1",
)
add_page(
    "coverage", "Coverage", "34 points by five audiences, and the gaps.", "/insights/coverage/", "planner", prints=True
)
add_page("quarters", "Themes over quarters", "All consultations.", "/insights/themes/?by=quarter", "planner")
add_page("saved", "Saved by a planner", "Pages, what the team shares, notes.", "/insights/saved/", "planner")
add_page(
    "partner",
    "What a partner sees first",
    "The same figures, under an agreement, with the mark on every page.",
    "/insights/",
    "partner",
    prints=True,
)
add_page(
    "partners",
    "What partners opened",
    "By agency, with its agreement, for leads and auditors.",
    "/insights/partners/",
    "auditor",
)
add_page(
    "assessment",
    "The strategic assessment",
    "A quarter over all consultations, by the points of the strategy.",
    "/insights/assessment/",
    "planner",
    prints=True,
)
add_page("editor", "Wagtail", "Where officers write.", "/staff/", "officer1", shows="h1, h2", ours=False)

# The studio: from a question worth asking to the next one.
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
add_page("dates", "Dates", "What is open, what waits for a gate, what moved.", "/staff/dates/", "officer1")
add_page("readers", "Who will read", "A reader and a lead for every day.", "/staff/readers/{page}/", "officer1")
add_page("promotion", "Promote", "A link, a poster and a text for each place.", "/staff/promotion/{page}/", "officer1")
add_page("reach", "Who has answered", "Beside who lives here.", f"/insights/representation/{MAIN}/", "officer1")
add_page("due", "What is due", "And what happens if nobody does it.", "/staff/task-list/?whose=all", "officer1")
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

# Understanding: codes and themes that a planner can trust.
add_page(
    "coding", "The coding desk", "Like answers together, no count of anybody.", f"/insights/coding/{MAIN}/", "officer1"
)
add_page("codebooks", "Codebooks", "Versions, approved by two.", "/insights/codebooks/", "officer1")
add_page(
    "discovery",
    "What the codebook misses",
    "Groups of answers that no theme fits.",
    f"/insights/discovery/of/{MAIN}/",
    "officer1",
)
add_page("agreement", "Coded twice", "How far two people agree.", "/insights/agreement/", "officer1")
add_page("models", "Models", "What each saw, its figures, and the way back.", "/insights/models/", "officer1")
add_page(
    "search_answers",
    "Search in answers",
    "Cleared words, for those who code.",
    "/insights/search/answers/?q=lights",
    "officer1",
)


@state("Typing a form", "The fast page for readers, question by question.", who="reader1")
def paper_typing(scene):
    scene.go("/staff/paper/")
    scene.first_link("main a[href*='/staff/paper/type/']")


add_page("decision_draft", "A draft of a decision", "Its parts, and what is still open.",
     "/insights/decisions/taxi-licences-you-can-read/", "planner")  # fmt: skip
add_page("decision_rows", "What is measured", "Rows that are added and emptied by buttons alone.",
     "/insights/decisions/taxi-licences-you-can-read/measures/", "planner")  # fmt: skip
add_page("agency", "What an agency has promised", "Its own people say how it goes.",
     "/insights/agencies/example-partnership/", "partner")  # fmt: skip
add_page("strategy", "The board's view", "Each point with what was heard, decided and promised, and what is missing.",
     "/insights/board/", "planner", prints=True)  # fmt: skip


@state(
    "A theme",
    "Its words, one question at a time, for and against, over time.",
    who="planner",
    prints=True,
    crawled=True,
)
def theme(scene):
    scene.go("/insights/saved/")
    scene.first_link("main a[href*='/releases/'][href*='/themes/']")


@state("Two groups compared", "How far apart, how sure, and how many looks.", who="planner")
def compare(scene):
    scene.go("/insights/compare/")
    group = "optgroup:has(option:nth-child(3)) option:nth-child({})"
    for name, place in (("a", 2), ("b", 3)):
        chosen = scene.page.locator(f"#{name} {group.format(place)}").first
        scene.page.locator(f"#{name}").select_option(value=chosen.get_attribute("value"))
    scene.page.locator("main form.look button").click()


@state("One answer on the coding desk", "The question, what is proposed and why, themes by key.", who="officer1")
def coding_text(scene):
    scene.go(f"/insights/coding/{MAIN}/begin/?show=all")


# Looking at what was heard, and writing down what follows.
add_page(
    "consultations",
    "What was asked, and what came",
    "Each with its newest report.",
    "/insights/consultations/",
    "planner",
)
add_page("consultation", "A consultation", "Its themes, who answered, its releases and questions.",
     f"/insights/consultations/{PAST}/", "planner")  # fmt: skip
add_page("question", "A question as it was asked", "Its chart, each version, each language.",
     f"/insights/consultations/{MAIN}/questions/age/", "planner")  # fmt: skip
add_page("themes", "Themes over all consultations", "The grave ones first.", "/insights/themes/", "planner")
add_page("themes_strategy", "Themes by the strategy", "Each point, and the themes that answer to it.",
     "/insights/themes/?by=strategy", "planner")  # fmt: skip
add_page("themes_audience", "Themes by who spoke", "In released answers.", "/insights/themes/?by=audience", "planner")
add_page(
    "gaps",
    "Gaps in the coverage",
    "By audience, those never heard first.",
    "/insights/coverage/gaps/",
    "planner",
    prints=True,
)
add_page("point", "One point of the strategy", "What each audience said to it, and the decisions.",
     "/insights/coverage/understand-locations/", "planner")  # fmt: skip
add_page("search_words", "Search in the words of reports", "What was found, and ways on from it.",
     "/insights/search/?q=lights", "planner")  # fmt: skip
add_page("keep", "Keep a page", "A name, and whether the team sees it.",
     "/insights/saved/keep/?address=/insights/coverage/&name=Coverage", "planner")  # fmt: skip
add_page("dictionary", "The data dictionary", "What each column means.", "/insights/data-dictionary/", "planner")
add_page(
    "releases",
    "Releases",
    "Made by one officer, published by another.",
    "/insights/manage/releases/",
    "officer2",
)
add_page("decisions", "Decisions", "All, by their answer, drafts, late.", "/insights/decisions/", "planner")
add_page("decision", "A decision", "What was asked, said and done, its record, and where it comes from.",
     "/insights/decisions/lights-at-three-bus-stops/", "planner", prints=True)  # fmt: skip
add_page(
    "board_report",
    "The report of a quarter",
    "For a board, on the page and as paper.",
    "/insights/board/report/",
    "planner",
    prints=True,
)
add_page("agencies", "Who does what", "Each agency with its actions.", "/insights/agencies/", "planner")


@state("A report", "Figures, themes, people’s words, decisions.", who="planner", prints=True, crawled=True)
def report(scene):
    scene.go(f"/insights/consultations/{PAST}/")
    scene.first_link("main .acts a.btn.one")


@state("What came of these words?", "A quote, its theme, its question, and the decisions that cite it.", who="planner")
def words(scene):
    scene.go("/insights/search/?q=lights")
    scene.first_link("main .said a[href^='/insights/quotes/']")


@state("Words like these", "Those that share its rarer words.", who="planner", crawled=True)
def alike(scene):
    scene.go("/insights/search/?q=lights")
    scene.first_link("main a[href$='/like/']")


@state("Write a note on a report", "One’s own until it is shared.", who="planner", crawled=True)
def note(scene):
    scene.go(f"/insights/consultations/{PAST}/")
    scene.first_link("main .acts a.btn.one")
    scene.first_link("main a[href*='/saved/notes/of/']")


@state("Record a decision", "Its evidence comes along from the theme.", who="planner")
def record(scene):
    scene.go("/insights/")
    scene.first_link("main a[href*='/decisions/record/']")


@state("What few people said", "In words, without a number, approved by two.", who="officer1")
def few(scene):
    scene.go(f"/insights/consultations/{PAST}/")
    scene.first_link("main .acts a.btn.one")
    scene.first_link("main a[href*='/manage/minority-views/']")
