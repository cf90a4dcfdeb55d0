"""States of other channels: shared tablet, invitation code, short link."""

from tests.gallery.gallery_data import BY_CODE
from tests.gallery.gallery_registry import FaceRegistry

state = FaceRegistry("other")
IDLE = "#still:not([hidden])"


@state("The tablet asks for its PIN", "All that a stranger sees at this address.", shows="#pin", plain=True)
def tablet_pin(scene):
    scene.open("kiosk/")


@state("Not its PIN", "Said the same way whatever was wrong.", shows=".warn")
def tablet_wrong_pin(scene):
    scene.open("kiosk/")
    scene.page.fill("#pin", "000 000 000")
    scene.page.locator("main form .btn").click()
    scene.page.locator(".warn").wait_for()


def _start_tablet(scene):
    scene.open("kiosk/")
    scene.page.fill("#pin", scene.ground.pin)
    scene.page.locator("main form .btn").click()
    if scene.language != "en":
        scene.page.locator(f".pick button[lang={scene.language}]").click()
        scene.page.locator(f"html[lang={scene.language}] .begin .btn").wait_for()
    scene.page.locator(".begin .btn").wait_for()


@state(
    "The tablet's first page",
    "Calm, large, in the tablet's language; others are offered.",
    shows=".begin .btn",
    plain=True,
)
def tablet_start(scene):
    _start_tablet(scene)


@state("For the worker", "Ending it takes the PIN.", shows=".worker[open] #pin")
def tablet_worker(scene):
    _start_tablet(scene)
    scene.page.locator(".worker summary").click()


def _open_tablet_landing(scene):
    _start_tablet(scene)
    scene.page.locator(".begin .btn").click()
    scene.page.locator("button[value=ask]").wait_for(state="attached")


@state("Before the first question, on a tablet", "Said as it is true on a tablet that others use.", shows=".told")
def tablet_before(scene):
    _open_tablet_landing(scene)


def _open_tablet_survey(scene):
    _open_tablet_landing(scene)
    scene.page.locator("main form .btn").first.click()
    scene.page.locator(".step:visible").first.wait_for()


@state("The survey on a tablet", "“Clear the screen” in the place of the exit.", shows=".step", plain=True)
def tablet_survey(scene):
    _open_tablet_survey(scene)


@state("Nobody is there", "A warning twenty seconds before the screen is cleared.", shows=IDLE)
def tablet_idle(scene):
    scene.page.clock.install()
    _open_tablet_survey(scene)
    for _ in range(30):  # the page's own watch may begin a moment after the page is there
        scene.page.clock.run_for(5_000)
        if scene.page.locator(IDLE).count():
            break


@state("The screen is cleared", "Back at the first page, and it says so.", shows="main .panel[role=status]")
def tablet_cleared(scene):
    _open_tablet_survey(scene)
    scene.page.locator("#clear button").click()
    scene.page.locator(".begin").wait_for()


def _send_from_tablet(scene):
    _open_tablet_survey(scene)
    first = scene.page.locator(".step.now .opt input, .step:target .opt input, .step .opt input").first
    first.check()
    scene.to_check()
    scene.send()
    scene.page.locator("[name=do][value=next]").wait_for()


@state("Sent from a tablet", "It goes back to the start by itself.", shows="[name=do][value=next]")
def tablet_thanks(scene):
    _send_from_tablet(scene)


@state("Four words on a tablet", "To be written on paper: the screen is cleared soon.", shows=".words")
def tablet_words(scene):
    _send_from_tablet(scene)
    scene.page.locator("[name=do][value=words]").click()
    scene.page.locator(".words").wait_for()


@state("A place for a code", "From a card; what it does and does not tell.", shows="#code")
def code(scene):
    scene.open(f"have-your-say/{BY_CODE}/code/")


def _enter_code(scene, typed):
    scene.open(f"have-your-say/{BY_CODE}/code/")
    scene.page.fill("#code", typed)
    scene.page.locator("main form .btn").click()
    scene.page.wait_for_load_state()


@state("Not a code of ours", "A slip: what was typed is still there.", shows=".warn")
def code_wrong(scene):
    _enter_code(scene, "CDF-HJK-LMM")


@state("A code that was used", "It worked once, and only once.", shows=".warn")
def code_used(scene):
    _enter_code(scene, scene.ground.codes[1])


@state("A code that opens", "The survey; the code is in no address and no history.", shows=".step")
def code_opens(scene):
    _enter_code(scene, scene.ground.codes[0])


@state("By a printed link", "A short address, counted by poster and never by person.", shows=".told")
def printed_link(scene):
    scene.go(f"/go/{scene.ground.link}/")


@state(
    "A draft, for the youth panel", "By a code of one’s own: what to tick, and a line to write.", shows="main textarea"
)
def panel(scene):
    scene.open("panel/")
    scene.page.fill("#code", scene.ground.panel_code)
    scene.page.locator("main form .btn").click()
    scene.page.locator("main textarea").first.wait_for()
