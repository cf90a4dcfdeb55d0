"""Readers' pages: the desk, paper, group sessions and files."""

from tests.gallery.states.staff_pages import StaffRegistry

state = StaffRegistry()
add_page = state.add_page

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
add_page("desk_pause", "Away from the desk", "No words, no number.", "/staff/reading/pause/", "reader1")
add_page(
    "seeded",
    "Seeded answers",
    "Planted by a lead; what was missed, not who missed it.",
    "/staff/reading/seeded-answers/",
    "lead1",
)
add_page("paper", "Typing in paper", "Which form is in hand.", "/staff/paper/", "reader1")
add_page("imports", "Import", "Import one, and the files so far.", "/staff/imports/{page}/", "reader1")
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


@state("Typing a form", "The fast page for readers, question by question.", who="reader1")
def paper_typing(scene):
    scene.go("/staff/paper/")
    scene.first_link("main a[href*='/staff/paper/type/']")


add_page(
    "practice",
    "The practice desk",
    "Invented answers, the same buttons and keys; nothing is stored.",
    "/staff/reading/practice-desk/",
    "reader1",
)
add_page(
    "reader_languages",
    "Languages that a reader reads",
    "An answer in another is never cleared by who cannot read it.",
    "/staff/reading/languages/",
    "reader1",
)


@state("Practice, and what a trained reader does", "Each answer beside one’s own decision, and why.", who="reader1")
def practice_result(scene):
    scene.go("/staff/reading/practice-desk/")
    scene.page.locator("button[value=triage]").first.click()
    scene.page.wait_for_url("**/practice-desk/2/")
    scene.go("/staff/reading/practice-desk/result/")
