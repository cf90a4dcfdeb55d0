"""States of the pages before the first question."""

from tests.gallery.gallery_data import BY_CODE, COMING, MAIN, OVER, PAST, TYPES, hide_consultations
from tests.gallery.gallery_registry import FaceRegistry

state = FaceRegistry("before")


@state("Home", "What can be answered now, what comes, and what is over.", plain=True, crawled=True)
def home(scene):
    scene.open()


@state("Home, nothing open", "No consultation is shown: it says so, and what else there is.", shows="#open + .ask-us")
def home_none_open(scene):
    scene.meanwhile.enter_context(hide_consultations())
    scene.page.wait_for_timeout(1100)
    scene.open()


@state("All consultations", "The list that the name of the site leads to.", crawled=True)
def list_of_all(scene):
    scene.open("have-your-say/")


@state(
    "The page before question 1",
    "Who asks, who reads it, what cannot be done, what Exit does.",
    prints=True,
    crawled=True,
)
def landing(scene):
    scene.open(f"have-your-say/{MAIN}/")


@state("The page before question 1, easy words", "The same in easy words, switched in place.", shows="#easy:checked")
def landing_easy_words(scene):
    scene.open(f"have-your-say/{MAIN}/")
    scene.page.locator(".ways > summary").click()
    scene.page.locator("#easy").check()


@state(
    "How we will listen",
    "What was promised: who is asked, who decides, what can change, by when.",
    prints=True,
    crawled=True,
)
def listening(scene):
    scene.open(f"have-your-say/{MAIN}/listening/")


@state("How we will listen, closed", "The days are over: it leads to what was done.", english=True, crawled=True)
def listening_closed(scene):
    scene.open(f"have-your-say/{PAST}/listening/")


@state("Another consultation", "With pictures, a slider, a number: every type of question.", crawled=True)
def landing_every_type(scene):
    scene.open(f"have-your-say/{TYPES}/")


@state("Not open yet", "When it opens, and what it will be about.")
def landing_coming(scene):
    scene.open(f"have-your-say/{COMING}/")


@state("Closed", "When people hear what happened.")
def landing_closed(scene):
    scene.open(f"have-your-say/{OVER}/")


@state("Closed long ago", "With decisions to read.", english=True, crawled=True)
def landing_past(scene):
    scene.open(f"have-your-say/{PAST}/")


@state("With a code alone", "This one opens with a code from a card.")
def landing_by_code(scene):
    scene.open(f"have-your-say/{BY_CODE}/")


@state("The survey's address before it opens", "An old or early link leads to words, not to an error.")
def survey_coming(scene):
    scene.open(f"have-your-say/{COMING}/answer/")


@state("The survey's address after it closed", "It says when it closed and where answers go.")
def survey_closed(scene):
    scene.open(f"have-your-say/{OVER}/answer/")


@state(
    "Help is open on a quiet page",
    "The same help, in the same place, on each page.",
    shows=".bar [open] > .panel",
    plain=True,
)
def help_open(scene):
    scene.open()
    scene.page.locator(".bar details:last-of-type summary").click()


@state("The way past the bar", "The first thing that a keyboard reaches: a link to the text.", shows=".skip:focus")
def skip_link(scene):
    scene.open(f"have-your-say/{MAIN}/")
    scene.page.keyboard.press("Tab")
