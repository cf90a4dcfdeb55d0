"""A report is read in ten minutes: in short, themes and questions take about four screens, and who differs is folded.
However much there is to tell, the whole page has an end: what is long is folded."""

import pytest

from tests.gallery.accessibility_scan import TEXT_OUTSIDE_ITS_BOX

pytestmark = [pytest.mark.journey, pytest.mark.slow]
SCREEN, SCREENS = 800, 4.3
ALL_SCREENS = 9
SECTIONS = ("short", "th", "q", "differs", "who", "sure", "hid", "dec")


@pytest.fixture
def report(sign_in):
    page = sign_in("planner@example.org")
    page.set_viewport_size({"width": 1280, "height": SCREEN})
    page.goto("/insights/")
    page.get_by_role("link", name="Safe in Bradford", exact=True).first.click()
    page.wait_for_url("**/releases/*/")
    return page


@pytest.fixture
def tops(report):
    folded = report.locator("section[aria-labelledby=differs] details")
    assert folded.count() and not report.locator("section[aria-labelledby=differs] details[open]").count()
    return {
        name: report.locator(f"#{name}").evaluate("found => found.getBoundingClientRect().top + scrollY")
        for name in SECTIONS
    }


def test_what_matters_takes_about_four_screens(tops):
    screens = {name: round((top - tops["short"]) / SCREEN, 2) for name, top in tops.items()}
    assert tops["short"] < SCREEN / 2, "the first line is on the first screen"
    assert screens["th"] < 1 and screens["differs"] <= SCREENS, screens


def test_the_sections_stand_in_their_order(tops):
    assert list(tops.values()) == sorted(tops.values())


def test_the_contents_stay_in_view(report):
    contents = report.locator(".toc")
    for name in ("q", "sure"):
        report.locator(f"#{name}").evaluate("found => found.scrollIntoView()")
        assert 0 <= contents.bounding_box()["y"] < SCREEN / 4, name


@pytest.mark.parametrize("width", [320, 768, 1024, 1280])
def test_no_chart_is_wider_than_its_card_and_every_theme_has_its_bar(sign_in, width):
    page = sign_in("planner@example.org")
    page.set_viewport_size({"width": width, "height": SCREEN})
    for path in ("/insights/consultations/safe-in-bradford/", ""):
        if path:
            page.goto(path)
        else:
            page.get_by_role("link", name="Read the report").click()
            page.wait_for_url("**/releases/*/")
        assert page.evaluate(TEXT_OUTSIDE_ITS_BOX) == [], (width, page.url)
        bars = page.locator(".ranked:visible .b .fig").evaluate_all("all => all.map(one => one.clientWidth)")
        assert len(bars) > 4 and min(bars) >= 60, (width, page.url, bars)


MUCH_TO_TELL = """
from datetime import date
from cms.accounts.models import User
from insights.decisions.models import Decision
from insights.releases.minority_views.models import MinorityVoice
from insights.releases.models import Figure, Release
from insights.workspace.saved.models import Note

release = Release.objects.filter(consultation__slug="getting-about-after-dark").latest("number")
asked = release.figures.filter(kind="question").exclude(key__contains=":").first()
Figure.objects.bulk_create(
    Figure(release=release, kind="question", key=f"more-{n}", order=500 + n, title=f"More {n}?", table=asked.table)
    for n in range(40)
)
planner = User.objects.get(email="planner@example.org")
Note.objects.bulk_create(
    Note(owner=planner, release=release, words="Ask again in spring.", written_on=date(2026, 12, 1)) for n in range(20)
)
cited = Decision.objects.filter(citations__release=release).first()
citation = cited.citations.first()
for n in range(20):
    cited.pk, cited.slug, cited.title = None, f"more-{n}", f"More {n}"
    cited.save()
    citation.pk, citation.decision = None, cited
    citation.save()
print(release.pk)
"""


@pytest.fixture
def long_report(site, sign_in):
    page = sign_in("planner@example.org")
    page.set_viewport_size({"width": 1280, "height": SCREEN})
    page.goto(f"/insights/releases/{site.shell(MUCH_TO_TELL)}/")
    return page


def test_a_report_with_much_to_tell_has_an_end_and_hides_nothing(long_report):
    height = long_report.evaluate("document.documentElement.scrollHeight")
    assert height / SCREEN <= ALL_SCREENS, height / SCREEN
    for folded, within in (("more questions", "q"), ("more", "dec"), ("more notes", "notes")):
        section = long_report.locator(f"section[aria-labelledby={within}]")
        section.locator("summary", has_text=folded).last.click()
    for told in ("More 39?", "More 19"):
        assert long_report.get_by_text(told, exact=True).first.is_visible(), told
    assert long_report.get_by_text("Ask again in spring.").count() == 20
