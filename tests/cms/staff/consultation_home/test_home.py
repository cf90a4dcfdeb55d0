"""The list of consultations and the home of one, as officers, leads and others see them."""

import re
from datetime import timedelta
from html import unescape

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from cms.staff.consultation_home.rooms import ROOMS, list_room_links, list_rooms
from cms.staff.consultation_home.views import describe_waiting_tasks, group_by_consultation, select_source_pages
from cms.staff.task_list.policies import DueTask
from consultation.channels.short_links import actions as links
from consultation.channels.short_links.models import Outlet
from consultation.domain.calendar import is_working_day
from consultation.surveys.models import ConsultationIndexPage, ConsultationPage
from insights.representation.models import EVERYONE, ReachPicture
from insights.representation.representation_overview import NOT_EXACT
from tests.factories import consultation, staff

TODAY = timezone.localdate()
DAY = timedelta(days=1)
LIST = "/staff/consultations/"


@pytest.fixture
def officer(client_as):
    return client_as("engagement_officer")


@pytest.fixture
def parks(home):
    return consultation(home, opens=TODAY - 9 * DAY, closes=TODAY + 5 * DAY)[0]


def main_text(answer):
    """The words of the page's own part, each space once."""
    html = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split()).replace(" .", ".").replace(" ,", ",")


def home_of(page):
    return reverse("consultations:home", args=[page.slug])


def draft(home, title="Buses", slug="buses", **fields):
    index = ConsultationIndexPage.objects.get(locale=home.locale)
    page = index.add_child(
        instance=ConsultationPage(title=title, slug=slug, summary="Tell us.", locale=home.locale, live=False, **fields)
    )
    page.save_revision()
    return page


@pytest.mark.slow
def test_a_stop_asks_once_and_keeps_its_reason_for_staff(officer, parks, client):
    stop = f"{reverse('close-survey')}?consultation={parks.slug}"
    consultation_beside = main_text(officer.get(stop))
    assert stop in officer.get(home_of(parks)).content.decode() and "Parks" in consultation_beside
    assert "Why it was stopped" not in main_text(officer.get(home_of(parks)))
    sent = {"page": parks.pk, "do": "survey", "said": "fault", "reason": "A question was wrong."}
    refused = officer.post(stop, sent | {"reason": " "})
    assert refused.status_code == 422 and "<details open>" in refused.content.decode()
    assert officer.post(stop, sent).url == home_of(parks), "back home, where it says so"
    said = f"Why it was stopped: “A question was wrong.” {officer.user}"
    assert said in main_text(officer.get(home_of(parks))) and said in main_text(officer.get(stop))
    assert "A question was wrong." not in client.get(parks.url).content.decode(), "people read the other one"


def test_an_empty_list_says_what_comes(officer, home):
    assert "There is no consultation yet." in main_text(officer.get(LIST))


def test_the_list_has_drafts_too_and_what_runs_first(officer, home, parks):
    draft(home)
    consultation(home, slug="old", title="Old", closes=TODAY - 30 * DAY)
    consultation(home, slug="soon", title="Soon", opens=TODAY + 30 * DAY)
    html = officer.get(LIST).content.decode()
    titles = re.findall(r'<h2><a href="/staff/consultations/[\w-]+/">([^<]+)', html)
    assert titles == ["Parks", "Soon", "Buses", "Old"]
    assert "Asked of: children and young people." in main_text(officer.get(LIST))


def test_the_list_is_searched_and_filtered(officer, home, parks):
    draft(home)
    assert "Buses" not in main_text(officer.get(LIST, {"words": "park"})) and "Parks" in main_text(
        officer.get(LIST, {"words": "park"})
    )
    shown = main_text(officer.get(LIST, {"state": "draft"}))
    assert "Buses" in shown and "Parks" not in shown and "1 consultation found" in shown
    assert "No consultation is like that." in main_text(officer.get(LIST, {"state": "closed"}))
    assert officer.get(LIST, {"state": "no such state"}).status_code == 200


def test_a_long_list_has_pages(officer, home, parks, monkeypatch):
    monkeypatch.setattr("cms.staff.consultation_home.views.LINES_A_PAGE", 1)
    draft(home)
    first, second = main_text(officer.get(LIST)), main_text(officer.get(LIST, {"page": 2}))
    assert "Page 1 of 2" in first and "Parks" in first and "Buses" not in first
    assert "Buses" in second and "Parks" not in second


def test_the_list_says_what_is_next(officer, parks):
    first = next(day for day in (TODAY + n * DAY for n in range(9)) if is_working_day(day))
    assert f"Next: name a reader, a lead and a backup, {first:%-d %B %Y}." in main_text(officer.get(LIST))


def test_what_is_past_its_day_is_called_late(officer, home):
    page, _ = consultation(home, opens=TODAY - 90 * DAY, closes=TODAY - 60 * DAY, feedback_date=TODAY - 9 * DAY)
    late = f"Late: our answer, due {TODAY - 9 * DAY:%-d %B %Y}."
    assert late in main_text(officer.get(LIST))
    assert late in main_text(officer.get(home_of(page)))


def test_an_open_one_is_live_with_link_code_and_posters(officer, parks):
    html = officer.get(home_of(parks)).content.decode()
    assert "It is live" in html and "Make links, posters and cards" in html
    address = re.search(r'<input id="address" value="([^"]+)" readonly', html)[1]
    assert address.endswith("/en/have-your-say/parks/")
    assert 'data-from="address"' in html and "voice/promotion.js" in html and "QR code of" in html
    links.make_links_for_channels(page=parks, channels=[Outlet.POSTER], language="en", by=staff())
    name = parks.printed_links.get().name
    assert f"/staff/promotion/{name}/poster-a4.pdf" in officer.get(home_of(parks)).content.decode()


@pytest.mark.slow
def test_its_dates_stand_in_the_list_and_on_its_home(officer, home, parks):
    first, last = TODAY + 9 * DAY, TODAY + 40 * DAY
    draft(home)
    dated = draft(home, "Trams", "trams", opens=first, closes=last)
    ConsultationPage.objects.filter(pk=dated.pk).update(opens=None, closes=None)
    endless = consultation(home, slug="soon", title="Soon", opens=first, closes=None)[0]
    written = [
        (parks, f"{parks.opens:%-d %B %Y} to {parks.closes:%-d %B %Y}."),
        (dated, f"{first:%-d %B %Y} to {last:%-d %B %Y}."),
        (endless, f"From {first:%-d %B %Y}, with no last day."),
    ]
    for page, dates in written:
        asked_of = f"Asked of: children and young people. {dates}"
        assert asked_of in main_text(officer.get(home_of(page))) and asked_of in main_text(officer.get(LIST))


def test_a_draft_shows_its_steps_and_no_link(officer, home):
    page = draft(home)
    shown = main_text(officer.get(home_of(page)))
    assert "A draft, not published yet." in shown and "Steps to publishing" in shown
    assert "It is live" not in shown and "Answers so far" not in shown


def test_no_step_leads_from_the_home_to_the_home(officer, home):
    """“Send for approval” led back to the page that it stands on."""
    page = draft(home)
    steps = BeautifulSoup(officer.get(home_of(page)).content, "html.parser").select("[data-step]")
    assert [step["data-step"] for step in steps if not step.find("a")] == ["approval"]
    assert reverse("consultations:number", args=[page.pk]) not in [step.a["href"] for step in steps if step.a]


def test_a_lead_sees_no_steps_of_a_draft(client_as, home):
    page = draft(home)
    shown = main_text(client_as("safeguarding_lead").get(home_of(page)))
    assert "Steps to publishing" not in shown and "Check" in shown


def test_answers_are_the_number_of_the_page_of_reach_and_never_of_few(officer, parks):
    shown = main_text(officer.get(home_of(parks)))
    assert "Not counted yet: the site counts once a day." in shown and NOT_EXACT not in shown
    figure = {
        "key": EVERYONE, "question": "", "title": "Everyone", "total": None,
        "groups": [{"id": "all", "label": "Everyone", "value": None, "symbol": "c"}],
    }  # fmt: skip
    picture = ReachPicture.objects.create(consultation=parks, as_of=TODAY - DAY, figures=[figure])
    assert "Too few people to say yet." in main_text(officer.get(home_of(parks)))
    figure["total"] = figure["groups"][0]["value"] = 47
    picture.figures = [figure]
    picture.save()
    assert f"About 47 people, as of {TODAY - DAY:%-d %B %Y}. {NOT_EXACT}" in main_text(officer.get(home_of(parks)))
    reach = reverse("insights:representation-of", args=[parks.slug])
    assert "About 47 people" in main_text(officer.get(reach))


@pytest.mark.slow
def test_an_answer_that_comes_in_changes_nothing_on_the_home(officer, home):
    from tests.factories import question, response

    page, version = consultation(
        home, items=[question("a", options=["Yes", "No"])], opens=TODAY - 9 * DAY, closes=TODAY + 5 * DAY
    )
    before = main_text(officer.get(home_of(page)))
    response(version, closed={"a": "1"}, texts={})
    assert main_text(officer.get(home_of(page))) == before


def test_what_waits_says_for_whom(officer, parks, person):
    shown = main_text(officer.get(home_of(parks)))
    assert (
        "Name a reader, a lead and a backup" in shown
        and "For: engagement officer or safeguarding lead (you can do it)." in shown
    )
    owner = person("engagement_officer")
    ConsultationPage.objects.filter(pk=parks.pk).update(owner=owner)
    tasks = group_by_consultation(TODAY)[parks.pk]
    assert [task.day for task in tasks] == sorted(task.day for task in tasks)
    assert {each.whom for each in describe_waiting_tasks(tasks, owner)} == {str(owner)}


def test_who_made_something_is_told_that_another_must_do_it(officer, home):
    made_by = frozenset({officer.user.pk})
    task = DueTask("Second person", "Release 1", LIST, "", permission="insights.publish_release", but_not=made_by)
    [told] = describe_waiting_tasks([task], officer.user)
    assert (told.whom, told.is_yours, told.may_open) == ("engagement officer, but not you", False, True)


def test_what_is_alike_is_said_once(officer, home):
    alike = [DueTask("Translation", title, LIST, "Nobody has checked.") for title in ("Urdu", "Polish")]
    [told] = describe_waiting_tasks(alike, officer.user)
    assert [task.title for task in told.tasks] == ["Urdu", "Polish"]


def test_what_another_role_does_is_said_without_a_way_there(client_as, home):
    task = DueTask("Second person", "Release 1", LIST, "", permission="insights.publish_release")
    [told] = describe_waiting_tasks([task], client_as("safeguarding_lead").user)
    assert (told.whom, told.is_yours, told.may_open) == ("engagement officer", False, False)


@pytest.mark.slow
def test_each_link_leads_to_a_page_and_that_back_home(officer, parks):
    """One crawl over every room: each page opens, names the home, and the home's name is the same."""
    rooms = list_rooms(parks, parks.state, officer.user)
    assert [room.title for room in rooms] == [title for title, _ in ROOMS]
    elsewhere = {"Edit", "Questionnaire as a file"}
    for page_link in (page_link for room in rooms for page_link in room.pages):
        answer = officer.get(page_link.url)
        assert answer.status_code == 200, page_link
        if page_link.label not in elsewhere:
            html = answer.content.decode()
            crumb = re.search(r'<nav class="crumb".*?</nav>', html, re.S)
            assert crumb and home_of(parks) in crumb[0] and LIST in crumb[0] and parks.title in crumb[0], page_link
            assert f'aria-current="page">{page_link.label}<' in crumb[0], "one name for one room"
            ways = BeautifulSoup(html, "html.parser").find("nav", attrs={"aria-label": "Rooms of this consultation"})
            assert {one.text: one["href"] for one in ways.find_all("a")} == {
                one.title: one.pages[0].url for one in rooms
            }
            here = [one.text for one in ways.find_all("a", attrs={"aria-current": "true"})]
            assert here == [room.title for room in rooms if page_link in room.pages], page_link
    assert home_of(parks) in officer.get(reverse("wagtailadmin_pages:edit", args=[parks.pk])).content.decode()


def test_the_home_of_one_that_is_scheduled_leads_to_who_will_be_reached(officer, home):
    page = draft(home)
    type(page.latest_revision).objects.filter(pk=page.latest_revision.pk).update(
        approved_go_live_at=timezone.now() + 9 * DAY
    )
    reach = reverse("insights:representation-of", args=[page.slug])
    assert reach in officer.get(home_of(page)).content.decode() and officer.get(reach).status_code == 200
    assert reach not in officer.get(home_of(draft(home, "Trams", "trams"))).content.decode()


@pytest.mark.slow
@pytest.mark.parametrize("role", ["engagement_officer", "safeguarding_lead"])
@pytest.mark.any_database
def test_no_link_is_shown_to_whom_its_page_is_refused(client_as, parks, home, role):
    client = client_as(role)
    closed = consultation(home, slug="old", title="Old", closes=TODAY - 30 * DAY)[0]
    for page in (parks, closed, draft(home)):
        for room in list_rooms(page, page.state, client.user):
            for page_link in room.pages:
                assert client.get(page_link.url).status_code == 200, (page.slug, page_link)


@pytest.mark.slow
def test_posters_are_offered_until_it_is_over(officer, parks, home):
    closed = consultation(home, slug="old", title="Old", closes=TODAY - 30 * DAY)[0]
    assert "Make links, posters and cards" in main_text(officer.get(home_of(parks)))
    assert "Make links, posters and cards" not in main_text(officer.get(home_of(closed)))


def test_an_unknown_one_is_not_found_and_a_number_leads_to_its_name(officer, parks):
    assert officer.get(f"{LIST}none/").status_code == 404
    assert officer.get(f"{LIST}number/{parks.pk}/").url == home_of(parks)
    assert officer.get(f"/staff/start/{parks.pk}/").url == f"{LIST}number/{parks.pk}/"


def test_a_room_leads_home_whatever_the_draft_is_called_now(officer, home, parks):
    parks.slug = "renamed"
    parks.save_revision()
    parks = ConsultationPage.objects.get(pk=parks.pk)
    html = officer.get(reverse("validation:one", args=[parks.pk])).content.decode()
    assert home_of(parks) in html and officer.get(home_of(parks)).status_code == 200


@pytest.mark.parametrize("role", ["moderator", "planner"])
def test_others_are_led_to_the_list_of_their_own_room(client_as, parks, role):
    client = client_as(role)
    assert client.get(home_of(parks)).status_code == 403
    url = reverse("imports:consultation", args=[parks.pk]) if role == "moderator" else "/insights/consultations/parks/"
    html = client.get(url).content.decode()
    assert LIST not in html and re.search(
        r'class="crumb"[^>]*><a\s+href="/(staff/imports|insights/consultations)/"', html
    )


@pytest.mark.slow
def test_few_questions_for_the_list(officer, home, parks, django_assert_max_num_queries):
    for number in range(6):
        consultation(home, slug=f"p{number}", title=f"P {number}", closes=TODAY - 40 * DAY)
    officer.get(LIST)
    with django_assert_max_num_queries(80):
        officer.get(LIST)


def test_the_rooms_below_the_crumb_ask_nothing_while_it_runs_and_one_thing_else(
    officer, home, parks, django_assert_num_queries
):
    officer.user.has_perm("consultation.edit_consultation")
    for made, queries in ((parks, 0), (draft(home), 1)):
        page = select_source_pages().get(pk=made.pk)
        with django_assert_num_queries(queries):
            assert len(list_room_links(page, page.slug, page.state, officer.user, "Check")) > 3
