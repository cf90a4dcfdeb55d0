"""Links, pictures and recordings that somebody chose for a language go live by a second person who saw them."""

import pytest
from django.urls import reverse
from wagtail_localize.models import OverridableSegment, SegmentOverride, Translation

from cms.site.pages.models import InformationPage
from cms.site.pages.site_setup import ensure_site
from consultation.access import NotAllowed
from consultation.surveys.translations import actions, own_files
from consultation.surveys.translations.translation_rows import load_page_translation
from tests.consultation.surveys.translations.conftest import at, put

OURS, OTHER = "https://example.org/help", "https://example.org/other"


@pytest.fixture
def safer(db, translator, checker):
    """“Stay safer online”, live in Urdu with our link."""
    ensure_site(["en", "ur"])
    page = InformationPage.objects.get(slug="safer", locale__language_code="en")
    page.body = f'<p>See <a href="{OURS}">this page</a>.</p>'
    page.save_revision().publish(skip_permission_checks=True)
    actions.begin_translation(page=page, language="ur", by=translator)
    put(page, {"title": "محفوظ", "intro": "محفوظ رہیں"}, translator)
    actions.send_to_checker(page=page, language="ur", checker=checker, by=translator)
    said = {at(page, path).digest: (True, "") for path in ("title", "intro")}
    actions.judge_strings(page=page, language="ur", said=said, by=checker)
    actions.publish_language(page=page, language="ur", by=checker)
    return page


def read_in_urdu(page):
    return InformationPage.objects.get(
        translation_key=page.translation_key, locale__language_code="ur", live=True
    ).body


@pytest.fixture
def choose(safer, client):
    """choose(user): this officer chooses another link for Urdu in the translation editor."""

    def put_link(user):
        client.force_login(user)
        found = Translation.objects.get(source__object_id=safer.translation_key, target_locale__language_code="ur")
        segment = OverridableSegment.objects.get(source=found.source)
        address = reverse("wagtail_localize:edit_override", args=[found.pk, segment.pk])
        form = "application/x-www-form-urlencoded"
        assert client.put(address, f"value={OTHER}", content_type=form).status_code == 201

    return put_link


def withdraw(page, by, path="title"):
    actions.withdraw_approval(page=page, language="ur", reason="Wrong.", by=by, digest=at(page, path).digest)


@pytest.mark.slow
def test_one_officer_alone_puts_no_link_on_a_live_page(safer, choose, person):
    """To take one text's approval back, which each officer may, put the link on “Stay safer online”."""
    officer = person("engagement_officer")
    choose(officer)
    withdraw(safer, officer)
    assert OURS in read_in_urdu(safer) and OTHER not in read_in_urdu(safer)
    assert SegmentOverride.objects.exists(), "it waits"


@pytest.mark.slow
def test_its_checker_sees_it_and_puts_it_live_and_it_stays(safer, choose, checker, translator, client):
    choose(translator)
    client.force_login(checker)
    page = client.get(reverse("translations:language", args=[safer.pk, "ur"]))
    assert f"Page: Body: <b>{OTHER}</b>" in page.content.decode()
    live = reverse("translations:live", args=[safer.pk, "ur"])
    assert client.post(live, {"own_files": page.context["files_seen"]}).status_code == 302
    assert OTHER in read_in_urdu(safer)
    withdraw(safer, translator)
    assert OTHER in read_in_urdu(safer), "what two people put there stays"


@pytest.mark.slow
def test_what_was_chosen_after_the_checker_looked_does_not_go_live(safer, choose, checker, translator):
    choose(translator)
    with pytest.raises(NotAllowed, match="changed while you read"):
        actions.publish_language(page=safer, language="ur", by=checker, files="")
    assert OURS in read_in_urdu(safer)


@pytest.mark.slow
def test_what_the_checker_chose_waits_for_another(safer, choose, checker):
    choose(checker)
    seen = own_files.digest_own_files(own_files.list_own_files(safer, "ur"))
    actions.publish_language(page=safer, language="ur", by=checker, files=seen)
    assert OURS in read_in_urdu(safer)


@pytest.mark.slow
def test_the_last_approval_of_a_page_that_must_stay_is_taken_back_and_it_says_the_source(safer, translator, client):
    """It was refused, since such a page is never taken down: a harmful text stayed."""
    client.force_login(translator)
    address = reverse("translations:withdraw", args=[safer.pk, "ur"])
    assert client.post(address, {"reason": "Wrong."}).status_code == 302
    target = InformationPage.objects.get(translation_key=safer.translation_key, locale__language_code="ur")
    assert target.live and (target.title, target.intro) == (safer.title, safer.intro)
    assert not load_page_translation(safer, "ur").readable
