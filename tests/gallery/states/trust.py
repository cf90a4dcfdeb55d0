"""States of help, contact request, privacy and "you said, we did" pages."""

from tests.gallery.gallery_registry import FaceRegistry

state = FaceRegistry("trust")


@state("Help", "Who to call, by what is needed; quiet and complete.", prints=True, crawled=True)
def help_page(scene):
    scene.open("help/")


@state("Ask someone to contact me", "A form and a store of their own.", prints=True, crawled=True)
def contact(scene):
    scene.open("contact/")


@state("Contact, with four words", "Sends the answers' words along.", shows="[name=attach]:checked")
def contact_attach(scene):
    scene.open("contact/")
    scene.page.locator("[name=attach]").check()


@state("Contact, no way to reach them", "The only thing that is needed.", shows=".warn", plain=True)
def contact_error(scene):
    scene.open("contact/")
    scene.page.fill("#name", "Sam")
    scene.page.click("#send")
    scene.page.wait_for_selector(".warn")


@state("Contact, the last letters", "Room is counted, and nothing is cut.", shows=".left")
def contact_counted(scene):
    scene.open("contact/")
    scene.page.fill("#not_say", "Please. " * 55)
    scene.page.wait_for_selector(".left")


@state("Contact, sent", "When someone will be in touch, and what to do until then.", shows="main [role=status] h1")
def contact_sent(scene):
    scene.open("contact/")
    scene.page.locator("[name=way][value=text]").check()
    scene.page.fill("#how", "07700 900123")
    scene.page.fill("#when", "After four")
    scene.page.click("#send")
    scene.page.wait_for_selector("main [role=status] h1")


@state("Contact, four words", "Who has no safe phone comes back with words made for this.", shows="ol.words")
def contact_words(scene):
    scene.open("contact/")
    scene.page.locator("[name=way][value=mailbox]").check()
    scene.page.fill("#message", "Whom can I talk to?")
    scene.page.click("#send")
    scene.page.wait_for_selector("ol.words")


@state("Messages, with the four words", "What we wrote, and a box to write again.", shows="#message")
def mailbox(scene):
    contact_words(scene)
    words = scene.page.locator("ol.words li").all_inner_texts()
    scene.open("receipt/")
    scene.page.fill("#words", " ".join(words))
    scene.page.press("#words", "Enter")
    scene.page.wait_for_selector("#message")


@state("Stay safer online", "What a browser keeps, and how to wipe it.", prints=True, crawled=True)
def safer(scene):
    scene.open("safer/")


@state("What we keep and who sees it", "Privacy, in plain words.", prints=True, crawled=True)
def privacy(scene):
    scene.open("privacy/")


@state("Help to use this site", "Accessibility: what works, what does not yet.", prints=True, crawled=True)
def accessibility(scene):
    scene.open("accessibility/")


@state("You said, we did", "Every outcome weighs the same; late is said.", prints=True, crawled=True)
def you_said(scene):
    scene.open("you-said-we-did/")


@state("You said, we did: some of them", "Chosen by the answer; the choice stands in the address.", shows="#found")
def you_said_chosen(scene):
    scene.open("you-said-we-did/?answer=no")


@state("You said, we did: nothing like that", "An empty choice, and the way back.", shows="main .panel")
def you_said_nothing(scene):
    scene.open("you-said-we-did/?survey=nothing")


@state(
    "One decision", "How we know, what came of it, and a poll.", shows="#change", plain=True, prints=True, crawled=True
)
def decided(scene):
    scene.open("you-said-we-did/lights-at-three-bus-stops/")


@state("Its place was taken", "An old answer leads to the new one.", shows="main .old")
def decided_old(scene):
    scene.open("you-said-we-did/no-night-bus-this-year/")


@state("The poll was not answered", "Nothing was sent: pick one first.", shows="main .panel[role=alert]")
def decided_nothing_picked(scene):
    decided(scene)
    scene.page.locator("form.heard button").first.click()


@state("The poll was answered", "A choice, and nothing beside it.", shows="main .panel[role=status]")
def decided_sent(scene):
    decided(scene)
    scene.page.locator("form.heard [name=heard]").first.evaluate("choice => { choice.checked = true }")
    scene.page.locator("form.heard button").first.click()
