"""States of the check page: every error, and sending over a weak network."""

from consultation.responses.models import Response
from tests.gallery.gallery_data import MAIN, OVER, TYPES, fail_inserts
from tests.gallery.gallery_registry import FaceRegistry

state = FaceRegistry("sending")
CHECK = "#check:target, #check.on"
ERROR = "#check .warn[role=alert]"
LOUD = ".signal.warn"


@state("Check, nothing answered", "Nothing is needed; each question can be changed.", shows=CHECK, plain=True)
def check_empty(scene):
    scene.survey(at="place-feel")
    scene.to_check()


@state("Check, filled in", "Only what was chosen, with a way back to each.", shows=CHECK, plain=True, prints=True)
def check_filled(scene):
    scene.survey()
    scene.fill_in()
    scene.to_check()


@state("Check, every type", "Each type of question, folded.", shows=CHECK)
def check_every_type(scene):
    scene.survey(slug=TYPES)
    scene.choose("near", "no")
    scene.choose("where", "park", "other")
    scene.write_beside("where", "At my aunt's")
    scene.write("hours", "12")
    scene.choose("last-time", "4")
    scene.choose("asked", "disagree-bit")
    scene.write("called", "ABC")
    scene.choose("want", "8")
    scene.choose("inside", "books", "kitchen")
    scene.choose("open", "often", row="evening")
    scene.choose("travel", "bus")
    scene.to_check()


@state("Change one answer", "From the check page back to one question.", shows=".step.now")
def change(scene):
    scene.survey()
    scene.fill_in()
    scene.to_check()
    scene.page.locator(".change:visible").nth(1).click()


@state("Nothing was answered", "Send with an empty form.", shows=ERROR, plain=True)
def error_empty(scene):
    scene.survey(at="one-change")
    scene.to_check()
    scene.send()


@state("Too many picked", "The summary leads to the question.", shows=ERROR, plain=True)
def error_too_many(scene):
    scene.survey(at="where", slug=TYPES)
    scene.choose("where", "home", "park", "town", "online")
    scene.to_check()
    scene.send()


@state(
    "Too many picked, at the question",
    "The same words beside it; the choices are still there.",
    shows=".now .you.warn, :target .you.warn",
)
def error_too_many_at_it(scene):
    error_too_many(scene)
    scene.page.locator(ERROR + " a").first.click()


@state("Too long, and a number that is none", "Two at once; what was typed is still there.", shows=ERROR)
def error_too_long(scene):
    scene.survey(at="called", slug=TYPES)
    scene.write("called", "somewhere " * 12)
    scene.write("hours", "three")
    scene.to_check()
    scene.send()


@state("The text that is too long", "How many letters to take out.", shows=".now .you.warn, :target .you.warn")
def error_too_long_at_it(scene):
    error_too_long(scene)
    scene.page.locator(ERROR + " a").last.click()


@state("The page was open too long", "One more press of Send; nothing is lost.", shows=ERROR, plain=True)
def error_old(scene):
    scene.open_with(scene.ground.aged(MAIN, 8), MAIN)
    scene.fill_in()
    scene.to_check()
    scene.send()


@state("It closed long ago", "What was typed comes back, with what to do.", shows=ERROR, plain=True)
def error_gone(scene):
    scene.open_with(scene.ground.aged(OVER, 8), OVER)
    scene.choose("near", "no")
    scene.write("idea", "A warm place, please.")
    scene.to_check()
    scene.send()


@state(
    "Our fault, without a script",
    "The server could not keep it: the form comes back, filled in.",
    shows=ERROR + ", " + LOUD,
    plain=True,
)
def error_ours(scene):
    scene.meanwhile.enter_context(fail_inserts(Response))
    scene.survey(at="one-change")
    scene.page.route("**/answer/", _serve_bad_gateway if scene.script else _serve_unchanged)
    scene.fill_in()
    scene.to_check()
    scene.send()


def _serve_unchanged(route):
    route.continue_()


def _serve_bad_gateway(route):
    route.fulfill(status=403, body="") if route.request.method == "POST" else route.continue_()


def _send_over_network(scene, route):
    """Fill in and press Send while `route` handles the request."""
    scene.page.clock.install()
    scene.survey(at="one-change")
    scene.fill_in()
    scene.page.route("**/answer/", lambda one: route(one) if one.request.method == "POST" else one.continue_())
    scene.to_check()
    scene.send()


def _advance_clock_until(scene, selector):
    """Advance the page's fake clock until the selector is there."""
    for _ in range(40):
        if scene.page.locator(selector).count():
            return
        scene.page.clock.run_for(8_000)
        scene.page.wait_for_timeout(40)


@state("Sending", "It says so at once.", shows=".signal.panel")
def signal_sending(scene):
    _send_over_network(scene, lambda route: None)


@state("The signal is slow", "It tries again by itself, and says so.", shows=".signal.panel")
def signal_slow(scene):
    _send_over_network(scene, lambda route: route.abort())
    before = scene.page.locator(".signal").inner_text()
    for _ in range(20):
        scene.page.clock.run_for(500)
        scene.page.wait_for_timeout(40)
        if scene.page.locator(".signal").inner_text() != before:
            return


@state("It has not been sent", "It cannot be missed; it goes on trying; nothing is lost.", shows=LOUD + " button")
def signal_failed(scene):
    _send_over_network(scene, lambda route: route.abort())
    _advance_clock_until(scene, LOUD + " button")


@state("No signal, in the middle", "Going on needs none.", shows=".signal.panel")
def signal_lost(scene):
    scene.survey(at="bus-wait")
    scene.page.context.set_offline(True)


@state("Changed while it tries", "A half-written answer is not sent.", shows=LOUD)
def signal_edit(scene):
    _send_over_network(scene, lambda route: route.abort())
    scene.page.locator(".change:visible").nth(2).click()
    scene.choose("bus-wait", "3")


@state("A link that leads away", "It asks first: what is not sent would be wiped.", shows=LOUD + " a")
def leaving(scene):
    scene.survey()
    scene.fill_in()
    scene.page.locator(".foot a").first.click()
