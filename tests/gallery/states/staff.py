"""Pages of staff, in English, signed in as the role that uses them: those that are one address (staff_pages.yaml), and
those that take a step more."""

from pathlib import Path

import yaml

from tests.gallery.gallery_data import COMING, MAIN, PAST, TYPES
from tests.gallery.gallery_registry import FaceRegistry

state = FaceRegistry("staff")
CASES = ".board .item a[href*='/staff/safeguarding/']"


def add_page(name, at, title, about, **more):
    """Add a state that is one address."""

    def drive(scene):
        main, types = (scene.ground.surveys[slug].page for slug in (MAIN, TYPES))
        scene.go(at.format(page=main, types=types, main=MAIN, past=PAST))

    drive.__name__ = name
    state(title, about, **more)(drive)


def open_report(scene):
    """The newest report of a consultation that has ended."""
    scene.go(f"/insights/consultations/{PAST}/")
    scene.first_link("main .acts a.btn.one")


for rows in yaml.safe_load(Path(__file__).with_name("staff_pages.yaml").read_text(encoding="utf-8")).values():
    for name, row in rows.items():
        add_page(name, **row)

# Readers.


@state("Typing a form", "The fast page for readers, question by question.", who="reader1")
def paper_typing(scene):
    scene.go("/staff/paper/")
    scene.first_link("main a[href*='/staff/paper/type/']")


@state("Practice, and what a trained reader does", "Each answer beside one’s own decision, and why.", who="reader1")
def practice_result(scene):
    scene.go("/staff/reading/practice-desk/")
    scene.page.locator("button[value=triage]").first.click()
    scene.page.wait_for_url("**/practice-desk/2/")
    scene.go("/staff/reading/practice-desk/result/")


# Safeguarding leads.


@state("A case", "What a lead needs to choose, before the words are opened.", who="lead1")
def case(scene):
    scene.go("/staff/safeguarding/")
    scene.first_link(CASES)


@state("Links between cases", "The same person or place, with a note, and taken apart with a reason.", who="lead1")
def case_links(scene):
    scene.go("/staff/safeguarding/")
    others = [scene.page.locator(CASES).nth(place).get_attribute("href") for place in (0, 1)]
    other = "Item " + others[1].rstrip("/").rpartition("/")[2][:6]
    scene.go(f"{others[0]}links/")
    if not scene.page.locator("main .referrals").count():
        scene.page.locator("main input[type=text]").first.fill(other)
        scene.page.locator("main input[type=radio]").first.check()
        scene.page.locator("main textarea").last.fill("Both write of the same bus stop.")
        scene.page.locator("main form .btn").last.click()
        scene.go(f"{others[0]}links/")


@state("Search in cases", "By words, for a reason that is kept.", who="lead1")
def case_search(scene):
    scene.go("/staff/safeguarding/search/")
    for field, words in (("words", "home"), ("reason", "A second report.")):
        scene.page.locator(f"main form [name$={field}]").fill(words)
    scene.page.locator("main form button.one").click()


# Officers.


@state("Codes for the panel", "Shown once, to hand out; nobody notes who gets which.", who="officer1", alike=True)
def panel_codes(scene):
    scene.go(f"/staff/panel/{scene.ground.surveys[COMING].page}/")
    scene.page.locator("main [name=number]").fill("3")
    scene.page.locator("main button[value=begin]").click()
    scene.page.locator("main code").first.wait_for()


@state("One answer on the coding desk", "The question, what is proposed and why, themes by key.", who="officer1")
def coding_text(scene):
    scene.go(f"/insights/coding/{MAIN}/begin/?show=all")


@state("What few people said", "In words, without a number, approved by two.", who="officer1")
def few(scene):
    open_report(scene)
    scene.first_link("main a[href*='/manage/minority-views/']")


# Planners and partners.


@state(
    "A theme",
    "Its words, one question at a time, for and against, over time.",
    who="planner",
    prints=True,
    crawled=True,
)
def theme(scene):
    scene.go("/insights/saved/")
    scene.first_link("main a[href*='/releases/'][href*='/themes/']")


@state("Who differs", "Themes by groups, and the differences that are more than chance.", who="planner", prints=True)
def compare(scene):
    scene.go("/insights/compare/")


@state("Who differs by whom we asked", "One question, in the reports of two audiences.", who="planner", alike=True)
def compare_audiences(scene):
    scene.go("/insights/consultations/signs-parents/")
    scene.first_link("main .acts a.btn.one")
    report = scene.page.locator("main .acts a[href*='/insights/compare/']").first.get_attribute("href")
    scene.go(f"{report}&by=audience")


@state("What changed", "An evaluation before, after and three months on, by group.", who="planner", prints=True)
def evaluation(scene):
    scene.go("/insights/evaluations/what-is-ok-between-people-our-age-before/")


@state("A report", "Figures, themes, people’s words, decisions.", who="planner", prints=True, crawled=True)
def report(scene):
    open_report(scene)


@state("A report without themes", "Where too few wrote words.", who="planner", alike=True)
def report_without_themes(scene):
    scene.go("/insights/consultations/somewhere-to-go/")
    scene.first_link("main .acts a.btn.one")


@state("What came of these words?", "A quote, its theme, its question, and the decisions that cite it.", who="planner")
def words(scene):
    scene.go("/insights/search/?q=lights")
    scene.first_link("main .said a[href^='/insights/quotes/']")


@state("Words like these", "Those that share its rarer words.", who="planner", crawled=True)
def alike(scene):
    scene.go("/insights/search/?q=lights")
    scene.first_link("main a[href$='/like/']")


@state("Write a note on a report", "One’s own until it is shared.", who="planner", crawled=True)
def note(scene):
    open_report(scene)
    scene.first_link("main a[href*='/saved/notes/of/']")


@state("Record a decision", "Its evidence comes along from the theme.", who="planner")
def record(scene):
    scene.go("/insights/")
    scene.first_link("main a[href*='/decisions/record/']")
