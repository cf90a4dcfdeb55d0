"""Shared steps of officers' journeys: counted presses, the publishing guide, the participation plan."""

from playwright.sync_api import expect

from tests.consultation.surveys.conftest import PROMISES


def write_title(page, title):
    """Fill in the title of a new page. Its address is made from it by the editor's script, which may not be there yet
    when the browser is fast: then it is filled in again."""
    field, address = page.locator("[name=title]"), page.locator("[name=slug]")
    for _ in range(20):
        field.fill("")
        field.fill(title)
        field.press("Tab")
        if address.input_value():
            return
        page.wait_for_timeout(500)
    expect(address).not_to_have_value("")


class Hands:
    """A browser that counts presses and filled fields."""

    def __init__(self, page):
        self.page, self.pressed, self.filled = page, 0, 0

    def press(self, role, name, within=None, **more):
        (within or self.page).get_by_role(role, name=name, **more).first.click()
        self.pressed += 1

    def fill(self, name, value):
        self.page.fill(f"[name={name}]", str(value))
        self.filled += 1

    def tick(self, selector):
        """Tick a box by keyboard, since panels above it may move it under a pointer."""
        box = self.page.locator(selector)
        box.focus()
        if not box.is_checked():
            self.page.keyboard.press("Space")
            self.pressed += 1
        expect(box).to_be_checked()


def step(page, key):
    return page.locator(f"[data-step={key}]")


def open_tab_of(hands, key, field):
    """Follow a step of the publishing guide into the editor, to its field."""
    hands.press("link", None, within=step(hands.page, key))
    expect(hands.page.locator(f"[name={field}]")).to_be_visible()


def make_the_promises(hands):
    """Fill in the participation plan: all fields of one tab."""
    for name, value in PROMISES.items():
        if isinstance(value, list):
            for key in value:
                hands.tick(f"[name={name}][value={key}]")
        elif value is True:
            hands.tick(f"[name={name}]")
        else:
            hands.fill(name, value)
    save(hands)
    expect(step(hands.page, "listens")).to_have_attribute("data-state", "Done")


def unfold(hands, place):
    """Open the line of the question at this place, unless it is open."""
    if not hands.page.locator(f"[name=body-{place}-value-text]").count():
        block = hands.page.locator(f"[name=body-{place}-id]").input_value()
        hands.page.locator(f"#block-{block}-section [data-panel-toggle]").first.click()
        hands.pressed += 1


def save(hands):
    """Save, and wait for the new page: text typed into the old one would be lost."""
    with hands.page.expect_navigation():
        hands.press("button", "Save draft")
