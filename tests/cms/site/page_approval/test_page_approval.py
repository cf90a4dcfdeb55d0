"""The words of the site's own pages are published by a second officer; a wrong number goes at once."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from wagtail.actions.publish_page_revision import PublishPagePermissionError

from cms.site.news.models import CampaignPage
from cms.site.page_approval.number_removals import removes_only_numbers
from cms.site.pages.models import FOOTER_SLUGS, HomePage, InformationPage
from cms.site.pages.site_setup import ensure_site
from cms.staff.task_list.due_task_sources import list_approval_tasks
from tests.factories import DAY

SAFER = '<p>Ring <a href="tel:0800 1111">0800 1111</a> or 01274 555 0100, day and night, every 24 hours.</p>'


@pytest.fixture
def site(db):
    ensure_site(["en", "ur"])


@pytest.fixture
def page(site):
    """The page on safer use, with two numbers."""
    page = InformationPage.objects.get(slug="safer", locale__language_code="en")
    page.body = SAFER
    page.save_revision().publish(skip_permission_checks=True)
    return page


def edit(page, user, **changed):
    """A draft of the page by this person, handed on for approval."""
    draft = page.get_latest_revision_as_object()
    for name, value in changed.items():
        setattr(draft, name, value)
    draft.save_revision(user=user)
    page = type(page).objects.get(pk=page.pk)
    return page.get_workflow().start(page, user)


def shown(page):
    return type(page).objects.get(pk=page.pk)


def act(state, user, name="approve"):
    state.refresh_from_db()
    state.current_task_state.task.specific.on_action(state.current_task_state, user, name)


@pytest.mark.parametrize("slug", ["home", "safer", "privacy", "privacy-adults", "accessibility", "about"])
@pytest.mark.parametrize("language", ["en", "ur"])
def test_one_officer_publishes_no_page_alone(site, person, slug, language):
    kind = HomePage if slug == "home" else InformationPage
    page = kind.objects.filter(locale__language_code=language).get(**({} if slug == "home" else {"slug": slug}))
    writer, colleague = person("engagement_officer"), person("engagement_officer")
    may = page.permissions_for_user(writer)
    assert may.can_edit() and not may.can_publish() and not may.can_publish_subpage()
    state = edit(page, writer, intro="Our own words.")
    with pytest.raises(PublishPagePermissionError):
        page.get_latest_revision().publish(user=writer)
    with pytest.raises(PermissionDenied):
        act(state, writer)
    assert shown(page).intro != "Our own words."
    act(state, colleague)
    assert shown(page).intro == "Our own words."


def test_home_and_footer_pages_stay_where_they_are_in_every_language(site, person):
    officer = person("engagement_officer")
    kept = [*HomePage.objects.all(), *InformationPage.objects.filter(slug__in=FOOTER_SLUGS)]
    assert len(kept) == 2 * (1 + len(FOOTER_SLUGS))
    InformationPage.objects.filter(locale__language_code="ur", slug="safer").update(slug="in-urdu")
    for page in [type(page).objects.get(pk=page.pk) for page in kept]:
        may = page.permissions_for_user(officer)
        assert not (may.can_delete() or may.can_unpublish() or may.can_move()), page.url_path
        assert isinstance(page, InformationPage) or not may.can_copy()


def test_what_is_handed_on_stands_on_the_list_of_who_may_approve(page, person):
    writer, colleague = person("engagement_officer"), person("engagement_officer")
    edit(page, writer, body="<p>Words.</p>")
    task = next(task for task in list_approval_tasks(DAY) if task.title == page.title)
    assert writer.pk in task.but_not and colleague.pk not in task.but_not


def test_the_second_person_sees_what_changed(page, person, client_as):
    client, writer = client_as("engagement_officer"), person("engagement_officer")
    edit(page, writer, body=SAFER.replace("555 0100", "555 0199"))
    newest = shown(page).get_latest_revision()
    address = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "live", newest.pk])
    assert address in client.get(reverse("wagtailadmin_home")).content.decode()
    html = client.get(address).content.decode()
    assert "0100" in html and "0199" in html and "deletion" in html


@pytest.mark.parametrize(
    "body",
    [
        '<p>Ring <a href="tel:0800 1111">0800 1111</a> or , day and night, every 24 hours.</p>',
        "<p>Ring or 01274 555 0100, day and night, every 24 hours.</p>",
        "<p>Ring or , day and night, every 24 hours.</p>",
    ],
)
def test_one_person_takes_a_number_down_at_once(page, person, body):
    state = edit(page, person("engagement_officer"), body=body)
    assert shown(page).body == body and shown(page).live
    state.refresh_from_db()
    assert state.status == state.STATUS_APPROVED and state.current_task_state.finished_by is not None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("body", SAFER.replace("555 0100", "555 0199")),  # another number
        ("body", SAFER.replace("01274 555 0100", "").replace("day and night", "by day")),
        ("body", SAFER.replace("24", "12")),
        ("body", '<p>Ring <a href="tel:0800 2222">0800 1111</a> or , day and night, every 24 hours.</p>'),
        ("body", f"{SAFER}<p>0800 1111</p>"),
        ("body", f'{SAFER}<p><a id="5" linktype="page">Here</a></p>'),
        ("body", ""),
        ("title", "Safe"),
        ("easy", "<p>More.</p>"),
        ("show_in_menus", True),
    ],
)
def test_any_other_change_waits(page, person, name, value):
    before = getattr(shown(page), name)
    state = edit(page, person("engagement_officer"), **{name: value})
    state.refresh_from_db()
    assert state.status == state.STATUS_IN_PROGRESS and getattr(shown(page), name) == before


def test_a_page_that_is_not_live_waits_even_without_its_number(page, person):
    InformationPage.objects.filter(pk=page.pk).update(live=False)
    state = edit(page, person("engagement_officer"), body=SAFER.replace("01274 555 0100", ""))
    state.refresh_from_db()
    assert state.status == state.STATUS_IN_PROGRESS


def test_no_link_leads_elsewhere_with_it():
    """A number goes, and a link to a page of the site must lead where it led."""

    def told(number, page):
        return InformationPage(title="A", body=f'<p>{number} <a id="{page}" linktype="page">Help</a></p>')

    assert removes_only_numbers(told("116 000", 5), told("", 5))
    assert not removes_only_numbers(told('116 000 <embed alt="A lamp"/>', 5), told('<embed alt="A bench"/>', 5))
    assert not removes_only_numbers(told("116 000", 5), told("", 6))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Childline: 0800 1111. Police: 101. Samaritans 116 123.", "Childline: 101. Police: 0800 1111. Samaritans ."),
        ("Childline: 0800 1111. Police: 101.", "Childline: 101. Police: ."),
    ],
)
def test_no_number_takes_the_place_of_another(before, after):
    assert not removes_only_numbers(*(InformationPage(title="A", body=f"<p>{told}</p>") for told in (before, after)))


@pytest.mark.django_db
def test_a_page_with_more_than_words_of_its_own_never_goes_live_by_one_person():
    assert not removes_only_numbers(
        CampaignPage(title="Week 2026", summary="A"), CampaignPage(title="Week", summary="B")
    )


words = st.lists(
    st.sampled_from(["ring", "us", "not", "now", "24", "0800 1111", "01274 555 0100", "116000"]), max_size=9
)


@given(words, words)
def test_only_numbers_may_go_alone(before, after):
    """Over random texts: what passes has the same words in the same order, and each of its numbers stood there before."""

    def told(parts):
        return InformationPage(title="A", body=f"<p>{', '.join(parts)}</p>")

    def is_number(word):
        return word[0].isdigit() and word != "24"

    if removes_only_numbers(told(before), told(after)):
        assert [word for word in before if not is_number(word)] == [word for word in after if not is_number(word)]
        stayed = iter(before)
        assert all(word in stayed for word in after) and len(after) < len(before), "in their order"
