"""Planners' and partners' pages."""

from tests.gallery.gallery_data import MAIN, PAST
from tests.gallery.states.staff_pages import StaffRegistry, open_report

state = StaffRegistry()
add_page = state.add_page

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
    prints=True,
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
add_page(
    "quarters", "Themes over quarters", "All consultations.", "/insights/themes/?by=quarter", "planner", prints=True
)
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
    "assessment",
    "The strategic assessment",
    "A quarter over all consultations, by the points of the strategy.",
    "/insights/assessment/",
    "planner",
    prints=True,
)
add_page("decision_draft", "A draft of a decision", "Its parts, and what is still open.",
     "/insights/decisions/taxi-licences-you-can-read/", "planner")  # fmt: skip
add_page("decision_rows", "What is measured", "Rows that are added and emptied by buttons alone.",
     "/insights/decisions/taxi-licences-you-can-read/measures/", "planner")  # fmt: skip
add_page("agency", "What an agency has promised", "Its own people say how it goes.",
     "/insights/agencies/example-partnership/", "partner")  # fmt: skip
add_page("said_together", "What was said together", "Pairs of themes, more often than by chance.",
     "/insights/said-together/", "planner", prints=True)  # fmt: skip
add_page("places", "Places by area and type", "For licensing, transport and planning: no premises is named.",
     "/insights/places/", "planner", prints=True)  # fmt: skip
add_page("briefing", "A staff briefing", "Made from a published result.",
     "/insights/briefings/getting-about-after-dark/", "planner", prints=True)  # fmt: skip
add_page("new_words", "New words", "That several people used: a coder takes or declines each.",
     "/insights/discovery/of/safe-in-bradford/words/", "officer1")  # fmt: skip
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


@state("Who differs", "Themes by groups, and the differences that are more than chance.", who="planner", prints=True)
def compare(scene):
    scene.go("/insights/compare/")


@state("What changed", "An evaluation before, after and three months on, by group.", who="planner", prints=True)
def evaluation(scene):
    scene.go("/insights/evaluations/what-is-ok-between-people-our-age-before/")


add_page(
    "consultations",
    "What was asked, and what came",
    "Each with its newest report.",
    "/insights/consultations/",
    "planner",
)
add_page("consultation", "A consultation", "Its themes, who answered, its releases and questions.",
     f"/insights/consultations/{PAST}/", "planner", prints=True)  # fmt: skip
add_page("question", "A question as it was asked", "Its chart, each version, each language.",
     f"/insights/consultations/{MAIN}/questions/age/", "planner", prints=True)  # fmt: skip
add_page(
    "themes", "Themes over all consultations", "The grave ones first.", "/insights/themes/", "planner", prints=True
)
add_page("themes_strategy", "Themes by the strategy", "Each point, and the themes that answer to it.",
     "/insights/themes/?by=strategy", "planner", prints=True)  # fmt: skip
add_page(
    "themes_audience",
    "Themes by who spoke",
    "In released answers.",
    "/insights/themes/?by=audience",
    "planner",
    prints=True,
)
add_page(
    "gaps",
    "Gaps in the coverage",
    "By audience, those never heard first.",
    "/insights/coverage/gaps/",
    "planner",
    prints=True,
)
add_page("point", "One point of the strategy", "What each audience said to it, and the decisions.",
     "/insights/coverage/understand-locations/", "planner", prints=True)  # fmt: skip
add_page("search_words", "Search in the words of reports", "What was found, and ways on from it.",
     "/insights/search/?q=lights", "planner", prints=True)  # fmt: skip
add_page("keep", "Keep a page", "A name, and whether the team sees it.",
     "/insights/saved/keep/?address=/insights/coverage/&name=Coverage", "planner")  # fmt: skip
add_page("dictionary", "The data dictionary", "What each column means.", "/insights/data-dictionary/", "planner")
add_page(
    "decisions", "Decisions", "All, by their answer, drafts, late.", "/insights/decisions/", "planner", prints=True
)
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
add_page("agencies", "Who does what", "Each agency with its actions.", "/insights/agencies/", "planner", prints=True)


@state("A report", "Figures, themes, people’s words, decisions.", who="planner", prints=True, crawled=True)
def report(scene):
    open_report(scene)


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
    open_report(scene)
    scene.first_link("main a[href*='/saved/notes/of/']")


@state("Record a decision", "Its evidence comes along from the theme.", who="planner")
def record(scene):
    scene.go("/insights/")
    scene.first_link("main a[href*='/decisions/record/']")
