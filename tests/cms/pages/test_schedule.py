from datetime import timedelta

from django.utils import timezone

from cms.pages.tasks import publish_scheduled
from consultation.questionnaires.models import ConsultationPage, PublishedVersion
from tests import factories


def scheduled(home, seconds):
    """A consultation that is down and approved to go live in so many seconds; nothing new is frozen for it yet."""
    page, _ = factories.consultation(home, items=[])
    page.body = [{"type": "long_text", "id": "one-change", "value": {"text": "What would you change?"}}]
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
    publish_scheduled.func()
    assert not ConsultationPage.objects.get(pk=page.pk).live
    assert PublishedVersion.objects.filter(page=page).count() == 1


def test_a_scheduled_consultation_goes_live_and_is_frozen(home, person):
    factories.somebody_reads(person)
    page = scheduled(home, 3600)
    assert not ConsultationPage.objects.get(pk=page.pk).live
    its_time_comes(page)
    publish_scheduled.func()
    assert ConsultationPage.objects.get(pk=page.pk).live
    newest = PublishedVersion.objects.filter(page=page).order_by("-number").first()
    assert newest.number == 2
    assert [item["id"] for item in newest.content["items"]] == ["one-change"]
