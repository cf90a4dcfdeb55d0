"""What somebody else wrote down, for a group or for one person, reaches planners: marked, counted apart, and quoted only
with the yes of everyone who spoke and after two people."""

import pytest
from django.template.loader import render_to_string

from consultation import handover
from consultation.responses.models import Channel, Response
from insights.coding.desk.actions import confirm_many_texts
from insights.coding.models import Theme
from insights.corpus.actions import take_released_texts
from insights.corpus.models import Text
from insights.releases.actions import approve_quote, create_release
from insights.releases.chosen_quotes.arrangement import arrange_quotes
from insights.releases.models import Quote
from insights.search.search_scopes import QuoteSearch
from insights.search.search_terms import parse_terms
from tests import factories
from tests.insights.releases.test_release import TODAY

SAID = "lights by the bus stop, said a group"


def hold_session(page, officer, *, may_quote, words=SAID):
    """A session whose notes a reader cleared and a person coded with lights; its figures come from nobody in it."""
    version = page.versions.get()
    factories.response(
        version, texts={"q-c": words}, reader=officer, channel=Channel.GROUP, excluded_from_figures=True,
        may_quote=may_quote,
    )  # fmt: skip
    take_released_texts()
    text = Text.objects.get(text=words)
    confirm_many_texts(consultation=page, choices=[(text, [Theme.objects.get(slug="lights")])], by=officer)
    return text


READS = ("insights.approve_quote", "consultation.read_cleared", "insights.view_reports")


@pytest.fixture
def approver():
    return factories.staff("approver@example.org", *READS)


@pytest.fixture
def second():
    return factories.staff("second@example.org", *READS)


def published(page, officer):
    release = create_release(consultation=page, by=officer, today=TODAY)
    release.status, release.published_on = "published", TODAY
    release.save()
    arrange_quotes(release)
    return release


def group_quotes(release):
    return Quote.objects.filter(release=release, audience=handover.GROUP)


def test_without_everyones_yes_a_group_is_coded_and_not_quoted(answered, officer):
    assert not hold_session(answered, officer, may_quote=False).quotable
    assert not group_quotes(published(answered, officer)).exists()


def test_a_group_changes_no_figure_and_no_number_of_quotes(answered, officer, monkeypatch):
    before = create_release(consultation=answered, by=officer, today=TODAY)
    figures = [(one.kind, one.key, one.table) for one in before.figures.order_by("order", "pk")]
    quotes = before.quotes.count()
    assert before.coding["groups"] == ""
    before.delete()
    hold_session(answered, officer, may_quote=True)
    after = create_release(consultation=answered, by=officer, today=TODAY)
    assert [(one.kind, one.key, one.table) for one in after.figures.order_by("order", "pk")] == figures
    assert after.quotes.exclude(audience=handover.GROUP).count() == quotes
    assert after.coding["groups"] == "fewer than 5"
    told = render_to_string("insights/workspace/sure.html", {"codes": after.coding, "release": after})
    assert "Heard through others, and counted apart: fewer than 5 group sessions." in " ".join(told.split())


def test_planners_see_a_groups_words_marked_after_two_people_and_not_before(
    answered, officer, planner, approver, second
):
    hold_session(answered, officer, may_quote=True)
    release = published(answered, officer)
    quote = group_quotes(release).get()
    assert quote.is_from_group and not quote.featured

    def seen(user):
        return Quote.objects.filter(pk=quote.pk).seen_by(user).exists()

    assert seen(approver) and not seen(planner) and not Quote.objects.filter(pk=quote.pk).for_the_public().exists()
    for by, enough in ((approver, False), (second, True)):
        approve_quote(quote=quote, by=by)
        assert seen(planner) is enough
    assert Quote.objects.filter(pk=quote.pk).for_the_public().exists()
    html = render_to_string("components/quote.html", {"quote": quote})
    assert "A group, as a facilitator wrote it down" in html
    public = render_to_string("components/group_mark.html", {"quote": quote, "language": "en"})
    assert "A group said this. Someone else wrote it down." in public
    other = release.quotes.exclude(pk=quote.pk).first()
    assert "group" not in render_to_string("components/group_mark.html", {"quote": other, "language": "en"})


def test_a_taken_back_yes_takes_the_words_out_of_quoting(answered, officer):
    from consultation.responses.signals import quoting_refused

    text = hold_session(answered, officer, may_quote=True)
    quote = group_quotes(published(answered, officer)).get()
    quoting_refused.send(sender=Response, respondent=text.respondent)
    text.refresh_from_db()
    assert not text.quotable
    assert not Quote.objects.filter(pk=quote.pk, erased=False, featured=True).exists()


def test_search_finds_a_groups_words_only_after_two_people(answered, officer, planner, approver, second):
    """Of nobody else is it known that they exist: the number found says nothing of them either."""
    hold_session(answered, officer, may_quote=True)
    quote = group_quotes(published(answered, officer)).get()

    def found(user):
        return [one.pk for row in QuoteSearch.of(user).find(parse_terms("bus stop")).rows for one in row]

    assert (found(approver), found(planner)) == ([quote.pk], [])
    for by in (approver, second):
        approve_quote(quote=quote, by=by)
    assert found(planner) == [quote.pk]


def answer_with_helpers(page, officer, number, *, may_quote=True):
    """So many people by phone or with a helper, each with words on lights that a person coded."""
    version = page.versions.get()
    people = [({"a": "1"}, {"q-c": f"lights, a helper wrote {one}"}) for one in range(number)]
    factories.responses(version, people, reader=officer, channel=Channel.HELPED, may_quote=may_quote)
    take_released_texts()
    lights = [Theme.objects.get(slug="lights")]
    texts = Text.objects.filter(audience=handover.HELPED)
    confirm_many_texts(consultation=page, choices=[(text, lights) for text in texts], by=officer)


def recount_people(page, **of):
    """From the rows of the database, by no function of the product."""
    return Response.objects.filter(version__page=page, excluded_from_figures=False, withdrawn=False, **of).count()


def test_helped_people_are_in_each_figure_and_counted_apart(answered, officer):
    answer_with_helpers(answered, officer, 14)
    release = create_release(consultation=answered, by=officer, today=TODAY)
    assert recount_people(answered, channel="helped") == 14
    by_channel = release.figures.get(kind="channel").table
    assert by_channel["base"] == recount_people(answered)
    told = {row["id"]: row["value"] for row in by_channel["rows"]}
    assert told == {channel: recount_people(answered, channel=channel) for channel in ("web", "helped")}
    html = render_to_string("insights/workspace/sure.html", {"codes": release.coding, "release": release})
    assert "“How people answered” counts them apart" in " ".join(html.split())


@pytest.mark.parametrize(("number", "may_quote", "quoted"), [(14, True, True), (14, False, False), (9, True, False)])
def test_helped_words_are_quoted_with_a_yes_where_ten_people_answered_so(answered, officer, number, may_quote, quoted):
    answer_with_helpers(answered, officer, number, may_quote=may_quote)
    release = create_release(consultation=answered, by=officer, today=TODAY)
    assert release.quotes.filter(audience=handover.HELPED).exists() is quoted
    assert ("helped" in release.coding) is (number >= 10), "nothing tells of fewer than ten"


def test_planners_see_helped_words_marked_after_two_people_and_not_before(
    answered, officer, planner, approver, second
):
    answer_with_helpers(answered, officer, 14)
    release = published(answered, officer)
    quote = release.quotes.filter(audience=handover.HELPED).first()
    assert not quote.featured and not quote.is_chosen
    for by, enough in ((approver, False), (second, True)):
        approve_quote(quote=quote, by=by)
        assert Quote.objects.filter(pk=quote.pk).seen_by(planner).exists() is enough
        found = QuoteSearch.of(planner).find(parse_terms("helper")).rows
        assert [one.pk for row in found for one in row] == ([quote.pk] if enough else [])
    assert "One person, as a helper wrote it down" in render_to_string("components/quote.html", {"quote": quote})
    public = render_to_string("components/group_mark.html", {"quote": quote, "language": "en"})
    assert "Someone else wrote this down for them." in public
