"""Officers' pages: codes, models and releases."""

from tests.gallery.gallery_data import MAIN
from tests.gallery.states.staff_pages import StaffRegistry, open_report

state = StaffRegistry()
add_page = state.add_page

add_page(
    "make_release",
    "Make a release",
    "The rules to choose from, and which numbers would be hidden.",
    f"/insights/manage/releases/{MAIN}/make/",
    "officer1",
)
add_page(
    "coding", "The coding desk", "Like answers together, no count of anybody.", f"/insights/coding/{MAIN}/", "officer1"
)
add_page(
    "confirmation_sample",
    "Read a sample",
    "Why, which sizes, and how far it is read.",
    f"/insights/coding/{MAIN}/sample/",
    "officer1",
)
add_page("codebooks", "Codebooks", "Versions, approved by two.", "/insights/codebooks/", "officer1")
add_page(
    "discovery",
    "What the codebook misses",
    "Groups of answers that no theme fits.",
    f"/insights/discovery/of/{MAIN}/",
    "officer1",
)
add_page("agreement", "Coded twice", "How far two people agree.", "/insights/agreement/", "officer1")
add_page("models", "Models", "What each saw, its figures, and the way back.", "/insights/models/", "officer1")
add_page(
    "search_answers",
    "Search in answers",
    "Cleared words, for those who code.",
    "/insights/search/answers/?q=lights",
    "officer1",
)


@state("One answer on the coding desk", "The question, what is proposed and why, themes by key.", who="officer1")
def coding_text(scene):
    scene.go(f"/insights/coding/{MAIN}/begin/?show=all")


add_page(
    "releases",
    "Releases",
    "Made by one officer, published by another.",
    "/insights/manage/releases/",
    "officer2",
)


@state("What few people said", "In words, without a number, approved by two.", who="officer1")
def few(scene):
    open_report(scene)
    scene.first_link("main a[href*='/manage/minority-views/']")
