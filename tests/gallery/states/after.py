"""States after sending: thank-you page, receipt, withdrawal, results."""

from tests.gallery.gallery_data import MAIN, OVER, PAST
from tests.gallery.gallery_registry import FaceRegistry

state = FaceRegistry("after")
WRONG = "lamp lamp lamp lamp"
MOST_TRIES = 14


@state("We have your answers", "What happens next, when people hear, and four words.", plain=True, prints=True)
def thanks(scene):
    scene.answered()


def _send_late_answer(scene, days):
    scene.open_with(scene.ground.aged(OVER, days), OVER)
    scene.choose("near", "no")
    scene.to_check()
    scene.send()
    scene.page.locator("form[action$='/receipt/words/']").wait_for(state="attached")


@state("Sent after it closed, begun before", "It still counts, and that is said.")
def thanks_late(scene):
    _send_late_answer(scene, 2)


@state("Sent and begun after it closed", "A person reads it; it is in no figure.")
def thanks_uncounted(scene):
    _send_late_answer(scene, 0)


@state("Your four words", "Shown when they are asked for; written down by hand.", shows=".words", prints=True)
def words(scene):
    scene.answered()
    scene.four_words()


@state("Sent again after it was taken back", "An old page cannot bring answers back.", shows="main h1")
def thanks_withdrawn(scene):
    scene.survey()
    scene.fill_in()
    token = scene.page.locator("[name=token]").get_attribute("value")
    scene.to_check()
    scene.send()
    scene.page.locator("form[action$='/receipt/words/']").wait_for(state="attached")
    _withdraw_answers(scene, scene.four_words())
    scene.open_with(token, MAIN)
    scene.fill_in()
    scene.to_check()
    scene.send()
    scene.page.locator("form[action$='/receipt/words/']").wait_for(state="attached")


@state("Coming back", "A place for four words.", shows="#words", crawled=True)
def look_up(scene):
    scene.open("receipt/")


@state("Not the words of anybody", "No hint of which word is wrong.", shows=".warn", plain=True)
def not_found(scene):
    scene.come_back(WRONG)


@state("Nobody has read it yet", "The first stop on the way.", shows=".way .now")
def status_not_read(scene):
    scene.answered()
    scene.come_back(scene.four_words())


@state("It was read", "Read, and not counted yet.", shows=".way .now, .way .done:last-child")
def status_read(scene):
    scene.come_back(scene.ground.words["read"])


@state("It was counted", "With every decision of the consultation.", shows=".way .done:last-child", prints=True)
def status_counted(scene):
    scene.come_back(scene.ground.words["counted"])


@state("Take my answers back", "What it does, what it cannot undo, and a way out.", shows="[name=back][value=yes]")
def take_back(scene):
    scene.answered()
    scene.come_back(scene.four_words())
    scene.page.locator("main form:has([name=back]) button").first.click()


def _withdraw_answers(scene, words):
    scene.come_back(words)
    scene.page.locator("main form:has([name=back]) button").first.click()
    scene.page.locator("[name=back][value=yes]").click()
    scene.page.locator("main .panel[role=status]").wait_for()


@state("Taken back", "They are gone, and when the last copies go.", shows="main .panel[role=status]")
def taken_back(scene):
    scene.answered()
    _withdraw_answers(scene, scene.four_words())


@state("The words are wiped", "A figure stays; nobody can read the words any more.", shows="main .panel[role=status]")
def words_wiped(scene):
    scene.come_back(scene.ground.words["wiped"])
    scene.page.locator("main form:has([name=back]) button").first.click()


@state(
    "What people said",
    "Results, folded; what became of it, and what is not shown.",
    english=True,
    prints=True,
    crawled=True,
)
def results(scene):
    scene.open(f"have-your-say/{PAST}/results/")


@state("Did we hear you right?", "A theme in short words, and four answers to it.", shows="[name=heard]", english=True)
def right(scene):
    results(scene)
    scene.first_link("main a[href*='/right/']")


@state("Too many tries", "A wait of ten minutes, said in plain words.", shows=".warn", last=True)
def wait(scene):
    scene.open("receipt/")
    for _ in range(MOST_TRIES):
        scene.page.fill("#words", WRONG)
        with scene.page.expect_navigation() as went:
            scene.page.locator("main form .btn").first.click()
        if went.value.status == 429:
            return
