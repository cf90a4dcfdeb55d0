"""The faces of staff, in English: one picture of each that matters, as the person who works there."""

from cms.gallery.ground import MAIN
from cms.gallery.registry import Face

state = Face("staff")


def page(name, title, about, path, who, **more):
    """A state that is an address, for someone who is signed in."""

    def drive(scene):
        scene.go(path.format(page=scene.ground.surveys[MAIN].page))

    drive.__name__ = name
    state(title, about, who=who, **more)(drive)


page("sign_in", "Sign in", "For staff alone.", "/accounts/login/", "")
page(
    "checks",
    "Check this consultation",
    "Nothing to mend: what the checks say then.",
    "/staff/checks/{page}/",
    "officer1",
)
page("desk", "The reading desk", "The next answer, its marks, the decisions.", "/staff/reading/", "reader1")
page(
    "desk_guide",
    "How to read, and every key",
    "To print and lay beside the screen.",
    "/staff/reading/guide/",
    "reader1",
    prints=True,
)
page(
    "desk_short",
    "Short answers",
    "Nine at most, each with a key that takes it out.",
    "/staff/reading/short/",
    "reader1",
)
page("desk_pause", "Away from the desk", "No words, no number.", "/staff/reading/pause/", "reader1")
page(
    "practice",
    "Practice answers",
    "Planted by a lead; what was missed, not who missed it.",
    "/staff/reading/practice/",
    "lead1",
)
page(
    "recalled", "Words taken back", "Where they stood, and who may still hold a copy.", "/insights/recalled/", "lead1"
)
page(
    "board",
    "The board of concerns",
    "For safeguarding leads: lanes and clocks, no words of answers.",
    "/staff/safeguarding/",
    "lead1",
)
page(
    "contacts",
    "Requests to be contacted",
    "Who waits, and who has taken them.",
    "/staff/safeguarding/contacts/",
    "lead1",
)
page(
    "emergency",
    "Emergency access",
    "One hour with a consultation's answers: why, who had it, who reviewed it.",
    "/staff/safeguarding/emergency/",
    "lead1",
)
page(
    "rota", "The rota of the leads", "A lead and a backup a day; gaps are shown.", "/staff/safeguarding/rota/", "lead1"
)
page(
    "times", "Times and numbers", "The clocks, who is told when, whom to call.", "/staff/safeguarding/times/", "lead1"
)
page("hours", "Working hours", "What officers set; bank holidays are there.", "/staff/hours/", "officer1")
page("stop", "Stop a survey", "Free text or the whole, at once, with a reason.", "/staff/stop/", "officer1")
page("paper", "Typing in paper", "Which form is in hand.", "/staff/paper/", "reader1")
page("imports", "Files from elsewhere", "Bring one, and the files so far.", "/staff/imports/{page}/", "reader1")
page(
    "sheets",
    "Questionnaires as sheets",
    "Take one out, or bring one in as a draft.",
    "/staff/questionnaires/",
    "officer1",
)
page("forms", "Paper forms", "To print, in each language.", "/staff/paper/forms/{page}/", "officer1")
page("links", "Printed links", "A name and a square code for each place.", "/staff/links/{page}/", "officer1")
page("tablets", "Shared tablets", "Set one up, change a PIN.", "/staff/tablets/{page}/", "officer1")
page("codes", "Invitation codes", "Made in batches, printed on cards.", "/staff/codes/{page}/", "officer1")
page(
    "session",
    "A group session's opening words",
    "Read out before the first question.",
    "/staff/sessions/{page}/opening/",
    "reader1",
    prints=True,
)
page(
    "session_enter",
    "What a group said",
    "Notes per question; no count of hands.",
    "/staff/sessions/{page}/enter/",
    "reader1",
)
page("audit", "The audit log", "Who did what to which object; never words.", "/staff/audit/", "auditor")
page(
    "retention",
    "What is kept, and until when",
    "What goes next, what waits, and what went.",
    "/staff/retention/",
    "auditor",
)
page("planner", "A planner's first page", "What was asked, what was heard.", "/insights/", "planner")
page(
    "trace",
    "Why this?",
    "From a decision to the words behind it: a picture, and a list.",
    "/insights/trace/decision/youth-workers-after-school/",
    "planner",
    prints=True,
)
page(
    "came_of_it",
    "What came of this?",
    "From a consultation to its decisions, with filters.",
    "/insights/trace/consultation/safe-in-bradford/",
    "planner",
)
page(
    "unheard",
    "Not heard yet",
    "Themes without a decision, late promises, newer evidence against one.",
    "/insights/unheard/",
    "planner",
)
page(
    "ledger", "The ledger", "Each step of each decision, chained and checked.", "/insights/ledger/?check=1", "planner"
)
page(
    "heads",
    "Signed heads of the ledger",
    "What outsiders keep a copy of, and how they check it.",
    "/insights/ledger/heads/",
    "planner",
)
page("editor", "Wagtail", "Where officers write.", "/staff/", "officer1", shows="h1, h2", ours=False)


@state("Typing a form", "The fast page for readers, question by question.", who="reader1")
def paper_typing(scene):
    scene.go("/staff/paper/")
    scene.first_link("main a[href*='/staff/paper/type/']")


page("decision_draft", "A draft of a decision", "Its parts, and what is still open.",
     "/insights/decisions/taxi-licences-you-can-read/", "planner")  # fmt: skip
page("decision_rows", "What is measured", "Rows that are added and emptied by buttons alone.",
     "/insights/decisions/taxi-licences-you-can-read/measures/", "planner")  # fmt: skip
page("agency", "What an agency has promised", "Its own people say how it goes.",
     "/insights/agencies/example-partnership/", "partner")  # fmt: skip
page("strategy", "The board's view", "Each point with what was heard, decided and promised, and what is missing.",
     "/insights/board/", "planner", prints=True)  # fmt: skip
