"""Who may come in, how they are told, what is written down."""

from tests.gallery.states.staff_pages import StaffRegistry

state = StaffRegistry()
add_page = state.add_page

add_page("api", "What programs can ask for", "The API’s document as a page, for who writes a program.",
     "/api/v1/docs/", "administrator1")  # fmt: skip
add_page("sign_in", "Sign in", "For staff alone.", "/accounts/login/", "")
add_page("told", "How you are told", "By e-mail or text message, and when not.", "/staff/notifications/", "reader1")
add_page("audit", "The audit log", "Who did what to which object; never words.", "/staff/audit/", "auditor")
add_page(
    "retention",
    "What is kept, and until when",
    "What goes next, what waits, and what went.",
    "/staff/retention/",
    "auditor",
)
add_page(
    "partners",
    "What partners opened",
    "By agency, with its agreement, for leads and auditors.",
    "/insights/partners/",
    "auditor",
)
add_page("editor", "Wagtail", "Where officers write.", "/staff/", "officer1", shows="h1, h2", ours=False)
add_page("due", "What is due", "And what happens if nobody does it.", "/staff/task-list/?whose=all", "officer1")
add_page(
    "agency_list",
    "The list of agencies",
    "Who staff work for, and who is told: chosen, never typed.",
    "/staff/people/agencies/",
    "administrator1",
)
add_page(
    "suspensions",
    "Suspensions",
    "At once, by one; what the person holds.",
    "/staff/people/suspensions/",
    "administrator1",
)
