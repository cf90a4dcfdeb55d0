"""States of the error pages."""

from consultation.receipts.models import Receipt
from tests.gallery.gallery_data import fail_inserts
from tests.gallery.gallery_registry import FaceRegistry

state = FaceRegistry("quiet")


@state("Not there", "404: an old or mistyped address.")
def not_there(scene):
    scene.open("not-here/", status=404)


@state("Not from here", "403: another site tried to send a form in someone's name.")
def not_from_here(scene):
    form = f'<form method="post" action="{scene.base}/{scene.language}/receipt/"><button>Send</button></form>'
    scene.page.set_content(form)
    scene.page.click("button")
    scene.page.wait_for_url("**/receipt/")


@state("Broken", "500: our fault, said so, with a way on.")
def broken(scene):
    scene.answered()
    scene.meanwhile.enter_context(fail_inserts(Receipt))
    scene.page.locator("form[action$='/receipt/words/'] button").click()
    scene.page.wait_for_url("**/receipt/words/")


@state("Words that are too late", "The thank-you page was open for hours: it cannot show words any more.")
def too_late(scene):
    scene.answered()
    scene.page.locator("[name=reference]").evaluate("field => { field.value = 'old' }")
    scene.page.locator("form[action$='/receipt/words/'] button").click()
    scene.page.wait_for_url("**/receipt/words/")
