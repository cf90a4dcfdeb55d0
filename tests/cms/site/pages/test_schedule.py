from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from wagtail.models import Page

from cms.site.news.models import NewsIndexPage, NewsPage
from cms.site.pages.models import HomePage, InformationPage
from cms.site.pages.scheduled_publishing import publish_and_expire_due
from consultation.audit.models import AuditEntry
from consultation.notifications.notify import write_message
from consultation.surveys.models import ConsultationIndexPage, ConsultationPage, PublishedVersion
from tests import factories
from tests.consultation.surveys.conftest import PROMISES


def scheduled(home, seconds, slug="parks"):
    """A consultation that is down and approved to go live in so many seconds; nothing new is frozen for it yet."""
    page, _ = factories.consultation(home, items=[], slug=slug)
    page.body = [
        {"type": "long_text", "id": "one-change", "value": {"text": "What would you change?", "rather_not": True}}
    ]
    for name, value in PROMISES.items():
        setattr(page, name, value)
    page.go_live_at = timezone.now() + timedelta(seconds=seconds)
    page.live = False
    page.save()
    page.save_revision().publish(skip_permission_checks=True)
    return page


def its_time_comes(page):
    revision, past = page.get_latest_revision(), timezone.now() - timedelta(minutes=1)
    revision.content["go_live_at"], revision.approved_go_live_at = past.isoformat(), past
    revision.save()


def test_a_scheduled_consultation_waits_for_its_time(home):
    page = scheduled(home, 3600)
    publish_and_expire_due()
    assert not ConsultationPage.objects.get(pk=page.pk).live
    assert PublishedVersion.objects.filter(page=page).count() == 1


def test_a_scheduled_consultation_goes_live_and_is_frozen(home, person):
    factories.somebody_reads(person)
    page = scheduled(home, 3600)
    assert not ConsultationPage.objects.get(pk=page.pk).live
    its_time_comes(page)
    publish_and_expire_due()
    assert ConsultationPage.objects.get(pk=page.pk).live
    newest = PublishedVersion.objects.filter(page=page).order_by("-number").first()
    assert newest.number == 2
    assert [item["id"] for item in newest.content["items"]] == ["one-change"]


def is_live(page):
    return ConsultationPage.objects.get(pk=page.pk).live


@pytest.fixture
def one_breaks(monkeypatch):
    """one_breaks(page): whatever publishes this page raises, after it has begun."""

    def made(bad):
        publish = ConsultationPage.publish

        def broken(self, *args, **kwargs):
            if self.pk == bad.pk:
                ConsultationPage.objects.filter(pk=self.pk).update(title="half done")
                raise RuntimeError("a bad page")
            return publish(self, *args, **kwargs)

        monkeypatch.setattr(ConsultationPage, "publish", broken)

    return made


def test_a_bad_page_does_not_stop_the_next_and_its_people_are_told_once_a_day(home, person, one_breaks):
    factories.somebody_reads(person)
    bad, good = scheduled(home, 3600), scheduled(home, 3600, slug="good")
    ConsultationPage.objects.filter(pk=bad.pk).update(owner=person("engagement_officer", email="owner@staff.test"))
    for page in (bad, good):
        its_time_comes(page)
    one_breaks(bad)
    publish_and_expire_due()
    publish_and_expire_due()
    assert is_live(good) and not is_live(bad)
    assert ConsultationPage.objects.get(pk=bad.pk).title == "Parks", "all of it or nothing"
    told = [address for message in mail.outbox for address in message.to]
    assert "owner@staff.test" in told and any(address.startswith("safeguarding_lead") for address in told)
    assert len(told) == len(set(told)) and {message.body for message in mail.outbox} == {write_message()}
    entry = AuditEntry.objects.get(verb="scheduled page broke")
    assert (entry.object_id, entry.data) == (str(bad.pk), {"error": "RuntimeError"})


def test_news_goes_on_its_day_and_a_bad_page_does_not_keep_another(home, monkeypatch):
    index = NewsIndexPage.objects.first() or home.add_child(instance=NewsIndexPage(title="News", slug="news"))
    past = timezone.now() - timedelta(minutes=1)
    bad, good = (
        index.add_child(instance=NewsPage(title=slug, slug=slug, summary="A day.", expire_at=past))
        for slug in ("bad", "good")
    )
    down = NewsPage.unpublish
    monkeypatch.setattr(NewsPage, "unpublish", lambda self, **said: 1 / (self.pk != bad.pk) and down(self, **said))
    publish_and_expire_due()
    assert set(NewsPage.objects.live()) == {bad}


def test_no_date_takes_down_what_people_are_led_to(home):
    """An open survey was gone on a day that no checker had seen, without a reason and with the answers just begun."""
    factories.consultation(home, items=[])
    kinds = ConsultationPage, ConsultationIndexPage, NewsIndexPage, HomePage, InformationPage
    live = Page.objects.live().type(kinds)
    before = set(live)
    Page.objects.update(expire_at=timezone.now() - timedelta(minutes=1))
    publish_and_expire_due()
    assert set(live.all()) == before and {type(page.specific) for page in before} >= {ConsultationPage, HomePage}
    for kind in kinds:
        asked = kind.get_edit_handler().get_form_class().base_fields
        assert "go_live_at" in asked and "expire_at" not in asked, kind
