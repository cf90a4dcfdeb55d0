"""States of the survey: every question type, easy read, branching, help."""

from tests.gallery.gallery_data import MAIN, TYPES
from tests.gallery.gallery_registry import FaceRegistry

state = FaceRegistry("asking")


def add_question_state(title, about, at, slug=TYPES, chosen=(), **more):
    """Add a state that shows one question, untouched or with options chosen."""

    def drive(scene):
        scene.survey(at=at, slug=slug)
        if chosen:
            scene.choose(at, *chosen)

    drive.__name__ = f"type_{at}".replace("-", "_") + ("_chosen" if chosen else "")
    state(title, about, shows=".step .go", **more)(drive)


@state(
    "Question 1",
    "The survey as it opens: ways to read, progress, a first question.",
    shows="#answers .step",
    plain=True,
)
def first(scene):
    scene.survey()


add_question_state("Choose several", "Boxes; what is apart comes last.", "go-where", MAIN, ("park", "online"))
add_question_state("Yes or no", "And not sure.", "near")
add_question_state(
    "Choose several, with a limit and a box",
    "Three at most; “somewhere else” opens a box.",
    "where",
    chosen=("park", "other"),
)
add_question_state("A number", "Typed, with its unit.", "hours")
add_question_state("A month", "Month and year, each a list.", "since")
add_question_state("Faces", "Five faces, each with its words.", "last-time", chosen=("2",))
add_question_state("Agree or not", "Five steps, each with its words.", "asked")
add_question_state("A short text", "One or two lines.", "called")
add_question_state("A long text", "With “I want someone to read this soon”.", "idea")
add_question_state("A long text, hint and box", "The open question of the main survey.", "one-change", MAIN)
add_question_state("A scale", "Steps from low to high, with words at both ends.", "want", chosen=("7",))
add_question_state(
    "Pictures", "Each with words, and an alternative for who cannot see it.", "inside", chosen=("books",)
)
add_question_state("A grid", "One row at a time on a small screen.", "open")
add_question_state("A large grid", "Five places, six answers.", "place-feel", MAIN)
add_question_state("One choice", "Radio buttons; one of them opens a box.", "travel")
add_question_state("A part of the district", "A fixed list; never a map.", "area", chosen=("keighley",))
add_question_state("About you", "Bands of age, and why they are asked for.", "age")


@state("An order", "By numbers without a script, by buttons with one.", shows=".step .rows, .step .sort", plain=True)
def order(scene):
    scene.survey(at="first", slug=TYPES)


@state("An order, begun", "The first and the second are chosen.", shows=".sort .on")
def order_begun(scene):
    scene.survey(at="first", slug=TYPES)
    for _ in range(2):
        scene.page.locator(".sort li:not(.on) button:visible").first.click()


@state(
    "A part that opens with words", "A heading with a text of its own.", shows=".part.now, .part:target", plain=True
)
def part(scene):
    scene.survey(at="section-new", slug=TYPES)


@state("A hard part", "It says so first, and can be skipped as a whole.", shows=".part.now, .part:target")
def part_sensitive(scene):
    scene.survey(at="section-asking", slug=MAIN)


@state("A question that an answer hid", "Nobody who does not use stops is asked about them.", shows=".step.now")
def branch_hidden(scene):
    scene.survey(at="go-where")
    scene.choose("go-where", "park")
    scene.next()


@state(
    "A question that an answer opened", "Bus stops were chosen: the next question is about them.", shows=".step.now"
)
def branch_shown(scene):
    scene.survey(at="go-where")
    scene.choose("go-where", "stops")
    scene.next()


@state(
    "Easy words",
    "Shorter words and a picture, switched in the page; no answer is lost.",
    shows="#easy:checked",
    plain=True,
)
def easy_words(scene):
    scene.survey(at="where", slug=TYPES)
    scene.page.locator(".ways > summary").click()
    scene.page.locator("#easy").check()


@state("Clear letters", "A type that is easier to read, with more room.", shows="#letters:checked")
def clear_letters(scene):
    scene.survey(at="one-change")
    scene.page.locator(".ways > summary").click()
    scene.page.locator("#letters").check()


@state("Easy words and clear letters", "Both at once, on a question with faces.", shows="#letters:checked")
def easy_and_clear(scene):
    scene.survey(at="bus-wait")
    scene.page.locator(".ways > summary").click()
    scene.page.locator("#easy").check()
    scene.page.locator("#letters").check()


@state(
    "Languages are open",
    "With a script answers stay; without one it is said first that they are wiped.",
    shows="#languages .panel",
    plain=True,
)
def languages(scene):
    scene.survey(at="go-where")
    scene.page.locator("#languages summary").click()


@state(
    "Help is open in the survey",
    "It opens in place: nothing that was typed is lost.",
    shows=".bar [open] > .panel",
    plain=True,
)
def help_open(scene):
    scene.survey(at="bus-wait")
    scene.page.locator(".bar details:last-of-type summary").click()


@state("The contact form in the survey", "It opens in place too.", shows=".bar #contact")
def contact_inside(scene):
    scene.survey(at="bus-wait")
    scene.page.locator(".bar details:last-of-type summary").click()
    scene.page.locator(".bar a[href$='/contact/']").click()
    scene.page.locator(".bar #contact").wait_for()


@state("Help beside a question", "An answer opened it; it does not say which.", shows=".panel.open")
def help_by_an_answer(scene):
    scene.survey(at="know-where")
    scene.choose("know-where", "disagree-lot")


@state("Why we ask", "One sentence, opened beside the question.", shows=".why[open] p")
def why(scene):
    scene.survey(at="place-feel")
    scene.page.locator(".now .why summary").first.click()


@state("A keyboard on a choice", "The focus can be seen on the whole card.", shows=".opt:focus-within")
def focus(scene):
    scene.survey(at="last-time", slug=TYPES)
    scene.page.keyboard.press("Tab")
    scene.page.locator(f'[name="{scene.key("last-time")}"]').first.focus()


@state("A choice that can be cleared", "With a script, one press takes a choice back.", shows=".now .clear")
def clear(scene):
    scene.survey(at="travel", slug=TYPES)
    scene.page.locator(".now .opt input").first.check()
