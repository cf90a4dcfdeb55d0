"""Officers write results beside the release's figures and quotes; what they pick is a reference, never a number."""

from bs4 import BeautifulSoup

from insights.publications import actions
from insights.publications.results_page import build_results_page
from insights.releases.actions import approve_quote, erase_quotes
from tests import factories
from tests.insights.publications.test_results import TODAY, WORDS, draft, release  # noqa: F401


def approve_for_everyone(*quotes):
    for number in range(2):
        reader = factories.staff(f"reader{number}@example.org", "insights.approve_quote")
        for quote in quotes:
            approve_quote(quote=quote, by=reader)


def open_page(client, address):
    return BeautifulSoup(client.get(address).content, "html.parser")


def test_figures_and_quotes_stand_beside_the_words_and_are_picked_by_a_tick(client, draft, officer, colleague):  # noqa: F811
    quote, waiting = draft.release.quotes.filter(theme__slug="lights").order_by("pk")[:2]
    approve_for_everyone(quote)
    client.force_login(officer)
    address = f"/insights/manage/results/{draft.pk}/"
    beside = open_page(client, address).find("aside", class_="picks")
    boxes = {box["value"]: beside.find("label", attrs={"for": box["id"]}).text.strip() for box in beside("input")}
    [yes] = [name for name, label in boxes.items() if " ".join(label.split()) == "Yes, about 70 people"]
    [lights] = [name for name, label in boxes.items() if " ".join(label.split()) == "Lights, about 50 people"]
    assert boxes[f"quote/{quote.pk}"] == quote.text and f"quote/{waiting.pk}" not in boxes
    assert "Rare" not in beside.text, "what the release hides is not offered"
    sent = {"heard": "It is dark.", "heard_easy": "It is dark.", "picked": [yes, lights, f"quote/{quote.pk}"]}
    assert client.post(address, sent).status_code == 302
    draft.refresh_from_db()
    assert draft.picked == [yes, lights, f"quote/{quote.pk}"] and "70" not in str(draft.picked)
    assert len(open_page(client, address).find_all("input", checked=True)) == 3
    public = actions.publish_results(draft, by=colleague, today=TODAY)
    page = open_page(client, f"/en/have-your-say/{public.consultation.slug}/results/")
    told = [" ".join(one.text.split()) for one in page.find("ul", class_="picked")("li")]
    assert told == ["Question a? Yes: About 70", "Lights: About 50", f"“{quote.text}”"]
    assert page.text.count(quote.text) == 1, "words stand once on a page"
    erase_quotes(text=quote.source_text)
    assert len(build_results_page(public).picked) == 2


def test_whoever_publishes_has_seen_the_picks(client, draft, officer, colleague):  # noqa: F811
    seen = draft.state_hash
    actions.write_results(draft, by=officer, words=WORDS, picked=[f"theme/{draft.release.theme_rows()[0]['id']}"])
    client.force_login(colleague)
    told = client.post(f"/insights/manage/results/{draft.pk}/publish/", {"seen_state": seen}, follow=True)
    assert "Someone wrote in this after you opened it" in told.content.decode()


def test_the_next_edition_keeps_picks_with_numbers_of_its_own_release(draft, officer, colleague):  # noqa: F811
    quote = draft.release.quotes.filter(theme__slug="lights").first()
    theme = f"theme/{quote.theme_id}"
    draft = actions.write_results(draft, by=officer, words=WORDS, picked=[theme, f"quote/{quote.pk}", "theme/0"])
    assert [item.reference for item in build_results_page(draft).picked] == [theme], "no quote that nobody approved"
    actions.publish_results(draft, by=colleague, today=TODAY)
    following = actions.begin_results(release=draft.release, by=officer)
    assert following.picked == [theme, "theme/0"], "another release has other quotes"


def test_an_easy_read_that_is_hard_is_published_for_a_reason_that_its_page_shows(client, draft, officer, colleague):  # noqa: F811
    hard = "Considerable apprehension characterises the accessibility of transportation."
    actions.write_results(draft, by=officer, words=WORDS | {"heard_easy": hard})
    client.force_login(colleague)
    address = f"/insights/manage/results/of/{draft.consultation.slug}/"
    assert "Hard to read." in client.get(address).content.decode()
    actions.publish_results(draft, by=colleague, hard_because="It is the name of a law.")
    assert "Harder than the reading age, because: It is the name of a law." in client.get(address).content.decode()
