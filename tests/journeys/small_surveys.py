"""Small surveys for journeys on a live server, without the whole demo."""

from django.utils import timezone

from consultation.surveys.models import PublishedVersion
from tests.factories import consultation, content, question

URDU = {"en": "Where do you go?", "ur": "آپ کہاں جاتے ہیں؟"}


def bilingual(home, *, more=None, **fields):
    """Four questions in English and Urdu, one of them branched; (page, version). `more` {key: values of its item}."""
    items = [
        question(
            "a", "multiple", ["Parks", "Town", "None of these"], text=URDU, easy={"en": "Where do you go, easily?"}
        ),
        question("b", "single", ["Bus", "Walk"], show_if={"question": "q-a", "any_of": ["a-2"]}),
        question("c", "ranking", ["Lights", "Wardens", "Clubs"], rank=3),
        question("d", "long_text", text={"en": "What should change?", "ur": "کیا بدلنا چاہیے؟"}),
    ]
    items[0]["options"][2]["exclusive"] = True
    items = [item | (more or {}).get(item["key"], {}) for item in items]
    page, _ = consultation(home, items=items, **fields)
    asked = content(*items, languages=["en", "ur"], title={"en": "Parks", "ur": "پارک"})
    version = PublishedVersion.objects.create(page=page, number=2, content=asked, published_at=timezone.now())
    return page, version


def visit(chromium, address, width=320, **options):
    page = chromium.new_context(viewport={"width": width, "height": 640}, **options).new_page()
    page.goto(address)
    return page


def shown(page):
    """The ids of the steps on the screen."""
    return [step.get_attribute("id") for step in page.locator(".step").all() if step.is_visible()]


def ways_to_read(page):
    """The page with its switches unfolded."""
    if not page.locator("#easy").is_visible():
        page.locator(".ways > summary").click()
    return page


def press_next(page):
    """To the next question, past the rows that a phone shows one at a time."""
    before, link = shown(page), page.locator(".go a.btn:visible")
    link.click()
    while shown(page) == before and link.count() and not page.locator("#check").is_visible():
        link.click()


def to_check(page):
    page.get_by_role("link", name="Check your answers").locator("visible=true").click()
