"""Every page that links reach, in each role: no finding by axe, valid HTML, no sideways scrolling."""

import re
from urllib.parse import urldefrag, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.urls import Resolver404, resolve

from cms.operations.security.content_security_policy import STRICT_STAFF_PATHS
from tests.gallery.accessibility_scan import OF_LANGUAGE, findings, run_axe
from tests.journeys.conftest import pass_sign_in

pytestmark = [pytest.mark.journey, pytest.mark.slow]
FURTHER = [code for code, _ in settings.LANGUAGES if code not in ("en", "ur")]
# The rooms of an officer, beside those that others share.
OFFICERS_ROOMS = tuple(
    f"/staff/{name}/"
    for name in (
        "allow-list", "campaigns", "closing", "consultations", "copied-texts", "dates", "editor", "hear-by-right",
        "help-numbers", "hours", "invitation-codes", "languages", "launch", "panel", "promotion", "readers",
        "short-links", "tablets", "task-list", "translations", "validation",
    )
)  # fmt: skip
# Their pages are of one consultation each, whose home leads to them.
WITHOUT_A_LIST = {
    "/staff/editor/": ("{}/map/", "{}/voices/", "{}/changes/"),
    "/staff/validation/": ("{}/",),
    "/staff/invitation-codes/": ("{}/",),
    "/staff/promotion/": ("{}/",),
    "/staff/short-links/": ("{}/",),
    "/staff/tablets/": ("{}/",),
}
MOST = 120  # kinds of pages a face
# What ends the visit, and what is a file: paper forms are looked at in tests/consultation/channels/paper.
NO_PAGE = re.compile(r"logout|/paper/|/take/|/benchmarks/file/|\.(po|csv|docx|json|pdf|png|svg|txt|xlsx|yaml|zip)$")
# Pages of one kind differ in words alone: the number, slug or id in an address is its kind's placeholder.
KIND = re.compile(
    r"/(?:\d+|[0-9a-f]{8}-[0-9a-f-]{27})(?=/|$)|(?<=/staff/languages)/[a-z]{2}(?=/)|(?<=/words)/[\w.-]+(?=/$)|(?<=/staff/consultations)/[\w-]+(?=/)"
)
ROOMS = ("/insights/", "/staff/")  # of our own: their addresses say which kind a page is
# What each visit is given anew.
OF_A_VISIT = re.compile(r'<input type="hidden"[^>]*>')
# A page that a script wrote is there before its style.
STYLED = """new Promise(done => { const look = () =>
    [...document.querySelectorAll("link[rel=stylesheet]")].every(link => link.sheet) ? done() : setTimeout(look, 20);
    look(); })"""
# Every page of respondents has the ways to read and the picker of languages; every page of staff but the desks and what
# is printed has Wagtail's sidebar and one row of breadcrumbs.
OF_RESPONDENTS = ('id="easy"', 'id="letters"', 'id="aloud"', '<span class="own">')
# Forms of a page of respondents that leave easy words behind.
WITHOUT_EASY_WORDS = """() => { const easy = document.getElementById("easy"); if (!easy) return [];
    easy.checked = true;
    const lost = [...document.forms].filter(form => new FormData(form).get("easy") !== "1").map(form => form.outerHTML);
    easy.checked = false;
    return lost; }"""
SIDEBAR, BREADCRUMBS = 'aria-label="All rooms"', 'aria-label="Breadcrumb"'
DESK = re.compile(r"/staff/reading/|/insights/coding/[^/?]+/(\?|$)|.*/print/$")
SLUG = re.compile(r"(?<=/have-your-say/)[^/]+|(?<=/you-said-we-did/)[^/]+")


def sideways(page):
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def links(page, prefixes, base):
    found = page.evaluate("[...document.links].map(a => a.href)")
    paths = {urlsplit(urldefrag(url)[0]) for url in found if url.startswith(base)}
    led_to = {p for p in paths if p.path.startswith(prefixes) and not NO_PAGE.search(p.path)}
    return sorted({f"{p.path}?{p.query}" if p.query and p.path.startswith(ROOMS) else p.path for p in led_to})


class Looking:
    """One visit to each page: its findings and its markup as served, once of what two roles see alike."""

    def __init__(self, page, language="", seen=None):
        self.page, self.language = page, language
        self.paths, self.problems, self.served, self.seen = [], [], [], set() if seen is None else seen

    def at(self, path):
        answer = self.page.goto(path)
        assert answer.status == 200, f"{path} answers {answer.status}"
        self.paths.append(path)
        if not self.is_new():
            return
        self.served.append((path, answer.text()))
        self.problems += [f"{path} {each}" for each in self.look()]
        self.problems += [f"{path} loses easy words in {each}" for each in self.page.evaluate(WITHOUT_EASY_WORDS)]
        for width, height in ((320, 640), (1280, 900)):
            self.page.set_viewport_size({"width": width, "height": height})
            if (wide := sideways(self.page)) > 0:
                self.problems.append(f"{path} scrolls sideways by {wide} px at {width}")

    def look(self):
        """In a further language only what a language changes: the rest is the same markup."""
        if not self.language:
            return findings(self.page)
        found = run_axe(self.page, OF_LANGUAGE)
        said = self.page.evaluate("document.documentElement.lang")
        return found + ([] if said == self.language else [f"says that it is in {said}"])

    def is_new(self):
        """Whether the page's content was not looked at before; the first page of each visit is, with its menus."""
        content = OF_A_VISIT.sub("", self.page.evaluate("document.querySelector('main').outerHTML"))
        known = content in self.seen and len(self.paths) > 1
        self.seen.add(content)
        return not known


def crawl(looking, starts, prefixes, base, spelling=KIND):
    """Look at one page of each kind, breadth first."""
    waiting, kinds = list(starts), set()
    while waiting:
        path = waiting.pop(0)
        kind = kind_of(path, spelling)
        if kind in kinds:
            continue
        kinds.add(kind)
        assert len(kinds) <= MOST, f"more kinds of pages than {MOST}: {kinds}"
        looking.at(path)
        waiting += [found for found in links(looking.page, prefixes, base) if kind_of(found, spelling) not in kinds]
    return looking


def kind_of(path, spelling):
    """Every decision is one kind, however its address is spelled; of a page that Wagtail serves its spelling must do."""
    try:
        return resolve(urlsplit(path).path).route if path.startswith(ROOMS) else spelling.sub("/N", path)
    except Resolver404:
        return path


@pytest.fixture(scope="module")
def page_of(site, chromium, kept_contexts):
    """page_of("planner"): the page of that member of staff, who signs in once for all rooms."""
    pages = {}

    def opened(who):
        if who not in pages:
            context = chromium.new_context(base_url=site.url, viewport={"width": 1280, "height": 900})
            kept_contexts.append(context)
            pages[who] = pass_sign_in(context.new_page(), f"{who}@example.org")
        return pages[who]

    yield opened
    for page in pages.values():
        page.context.close()


@pytest.mark.nu
@pytest.mark.parametrize("language", ["en", "ur"])
def test_public_pages(site, new_page, html_errors, language):
    looking = crawl(Looking(new_page()), [f"/{language}/"], (f"/{language}/",), site.url)
    assert len(looking.paths) >= 8, looking.paths
    assert looking.problems == []
    for path, html in looking.served:
        assert [part for part in OF_RESPONDENTS if html.count(part) != 1] == [], path
    assert html_errors(looking.served) == []


@pytest.mark.parametrize("language", FURTHER)
def test_each_kind_of_public_page_in_every_other_language(site, new_page, language):
    """That it is in that language, named in it, and has room for its longer words."""
    looking = crawl(Looking(new_page(), language), [f"/{language}/"], (f"/{language}/",), site.url, SLUG)
    assert len(looking.paths) >= 10, looking.paths
    assert looking.problems == []


@pytest.mark.nu
@pytest.mark.parametrize(
    ("who", "start"),
    [
        ("planner", "/insights/"),
        ("officer1", "/insights/"),
        ("reader1", "/staff/reading/"),
        ("reader1", "/staff/imports/"),
        ("reader1", "/staff/notifications/"),
        ("reader1", "/staff/guides/"),
        ("officer1", "/staff/start/"),
        ("officer1", "/staff/exchange/"),
        ("lead1", "/staff/safeguarding/"),
        ("lead1", "/staff/leave/"),
        ("lead1", "/staff/figures/"),
        ("administrator1", "/staff/running/"),
        ("auditor", "/staff/audit/"),
        ("auditor", "/staff/retention/"),
        ("administrator1", "/staff/people/"),
        ("reader1", "/staff/paper/"),
        ("reader1", "/staff/sessions/"),
        *(("officer1", start) for start in OFFICERS_ROOMS),
    ],
)
def test_staff_pages(site, page_of, html_errors, a_consultation, seen, who, start):
    looking = Looking(page_of(who), seen=seen)
    first = [start + path.format(a_consultation) for path in WITHOUT_A_LIST.get(start, ("",))]
    crawl(looking, first, (start,), site.url)
    assert looking.problems == []
    of_rooms = [(path, html) for path, html in looking.served if not DESK.match(path)]
    assert [path for path, html in of_rooms if SIDEBAR not in html] == []
    assert [path for path, html in of_rooms if html.count(BREADCRUMBS) != 1] == []
    assert [found for path, html in of_rooms if (found := list_other_names(path, html))] == []
    assert html_errors(looking.served) == []


def list_other_names(path, html):
    """What names this page otherwise than its first heading: its title, and the entries of menus that are this page."""
    page = BeautifulSoup(html, "html.parser")
    heading = simplify_name(page.h1)
    named = [page.title, *page.select('nav [aria-current="page"]')]
    entries = [one for one in named if one is page.title or is_address_of(one.get("href"), path)]
    return [(path, heading, name) for one in entries if not is_one_name(heading, name := simplify_name(one))]


def is_address_of(href, path):
    return href is None or urlsplit(href).path == urlsplit(path).path


def is_one_name(heading, name):
    return heading in name or name in heading


def simplify_name(tag):
    """Its words, without the room at a title's end."""
    words = " ".join(tag.get_text().split()).casefold()
    return words.rpartition(" - ")[0] if tag.name == "title" else words


@pytest.fixture(scope="module")
def seen():
    """The contents of pages that axe has looked at."""
    return set()


@pytest.fixture(scope="module")
def a_consultation(site):
    """The number of a consultation that officers see."""
    model = "consultation.surveys.models"
    pages = "ConsultationPage.objects.live().filter(locale__language_code='en')"
    return site.shell(f"from {model} import ConsultationPage; print({pages}.first().pk)")


def test_no_room_of_ours_is_left_out():
    """Every page of our own under /staff/ begins with one of the addresses that are looked at above."""
    marks = next(mark for mark in test_staff_pages.pytestmark if mark.name == "parametrize")
    looked_at = {start for _, start in marks.args[1]}
    assert {room for room in STRICT_STAFF_PATHS if room not in looked_at} == set()


@pytest.mark.parametrize("language", ["ur", *FURTHER])
def test_what_comes_of_a_form_in_every_other_language(site, new_page, language):
    """Filled in, with an error, sent, with four words, and each form that needs mending."""
    page, problems = new_page(width=320), []

    def look(state):
        page.evaluate(STYLED)
        page.evaluate("scrollTo(0, 0)")  # the bar that stays in sight covers nothing here
        found = findings(page, contrast=False)
        wide = [f"{sideways(page)} px sideways"] if sideways(page) > 0 else []
        problems.extend(f"{state}: {each}" for each in found + wide)

    def send():
        page.locator(".go a[href='#check']:visible").last.click()
        page.locator(".end .btn:visible").click()

    page.goto(f"/{language}/have-your-say/somewhere-to-go/answer/")
    send()
    page.locator("#check [role=alert]").wait_for()
    look("an error")
    page.locator(".change").first.click()
    page.locator(".step.now input").first.check()
    page.locator(".go a[href='#check']:visible").last.click()
    look("filled in")
    page.locator(".end .btn:visible").click()
    words = page.locator("form[action*='/receipt/words/'] button")
    words.wait_for()
    look("sent")
    words.click()
    page.locator("ol.words").wait_for()
    look("four words")
    for form in ("receipt/", "contact/", "kiosk/"):
        page.goto(f"/{language}/{form}")
        page.locator("main .text").first.evaluate("field => field.required = false")
        page.locator("main form button:visible").last.click()
        page.locator("main [role=alert]").wait_for()
        look(f"{form} with an error")
    assert problems == []


@pytest.mark.parametrize("step", ["", "#check", "#q3"])
def test_the_survey_in_urdu_and_in_the_dark(site, new_page, step):
    """In English the gallery looks at each of its states, light and dark, and at its pages in Urdu by day the crawl."""
    page, home = new_page(width=320, color_scheme="dark"), new_page()
    home.goto("/ur/")
    landing = next(path for path in links(home, ("/ur/have-your-say/",), site.url) if path.count("/") == 4)
    page.goto(f"{landing}answer/{step}")
    assert findings(page) == []
    assert sideways(page) == 0
