"""The codebook's owner drafts, previews a merge of two themes, gets a second approval, and sees the record."""

import pytest

from insights.coding.codebooks import approve_version, load_codebook
from insights.coding.codebooks.models import Recoding
from insights.coding.desk.actions import confirm_codes
from insights.coding.models import Theme
from insights.corpus.actions import take_released_texts
from insights.corpus.models import Text
from tests import factories

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WIDE, NARROW = 1280, 320


@pytest.fixture
def coded(home, person):
    """Twelve answers on parks that a person coded as “Lamps”, and one as “Dark paths”."""
    first, second = person("engagement_officer"), person("engagement_officer")
    themes = [{"slug": slug, "label": label, "family": "places", "definition": f"About {label.lower()}."}
              for slug, label in (("lamps", "Lamps"), ("dark", "Dark paths"), ("staff", "Staff"))]  # fmt: skip
    version = load_codebook(slug="seed", name="Seed", themes=themes, by=first)
    for one in (first, second):
        approve_version(version=version, by=one)
    page, asked = factories.consultation(home, items=[factories.question("c", "long_text")], by=first)
    for n in range(13):
        factories.response(asked, texts={"q-c": f"the lamps are out, number {n}"}, reader=first)
    take_released_texts()
    known = {theme.slug: theme for theme in Theme.objects.all()}
    for n, text in enumerate(Text.objects.order_by("text")):
        confirm_codes(text=text, themes=[known["dark" if n == 0 else "lamps"]], by=first)
    return page


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_an_owner_merges_two_themes_and_a_second_person_puts_it_in_force(coded, signed_in, live_server):
    owner = signed_in("engagement_officer", width=NARROW, java_script_enabled=False)
    owner.goto(f"{live_server.url}/insights/codebooks/")
    owner.get_by_role("link", name="Seed").click()
    owner.get_by_role("button", name="Draft the next version").click()
    owner.get_by_text("This draft says what the version in force says").wait_for()
    owner.locator("summary", has_text="for Lamps").click()
    owner.get_by_role("link", name="Merge Lamps into another").click()
    owner.get_by_text("People coded some answers with it.").wait_for()
    assert fits(owner)
    owner.get_by_label("Into which theme").select_option("dark")
    owner.get_by_label("Why they are one").fill("People say both of the same paths.")
    owner.get_by_role("button", name="Merge in this draft").click()
    owner.get_by_role("heading", name="“Lamps” is merged into “Dark paths”").wait_for()
    assert fits(owner)
    assert not Recoding.objects.exists()
    owner.get_by_role("button", name="Approve version 2").click()
    owner.get_by_role("status").get_by_text("It waits for a second person").wait_for()

    second = signed_in("engagement_officer", width=WIDE)
    second.goto(f"{live_server.url}/insights/codebooks/seed/versions/2/")
    second.get_by_text("They become “Dark paths”").wait_for()
    second.get_by_role("button", name="Approve version 2").focus()
    second.keyboard.press("Enter")
    second.get_by_role("status").get_by_text("This version is in force").wait_for()
    second.get_by_text("Some answers that people had coded as “Lamps” became “Dark paths”").wait_for()
    assert Recoding.objects.count() == 12

    second.goto(f"{live_server.url}/insights/codebooks/seed/themes/lamps/")
    second.get_by_role("link", name="Dark paths").first.click()
    second.get_by_role("heading", name="Dark paths", level=1).wait_for()
    text = Text.objects.get(text__endswith="number 7")
    second.goto(f"{live_server.url}/insights/coding/texts/{text.pk}/")
    second.get_by_text("It became “Dark paths” with version 2").wait_for()
    assert second.get_by_role("checkbox", name="Dark paths").is_checked()
