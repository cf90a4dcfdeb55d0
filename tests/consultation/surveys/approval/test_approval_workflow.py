"""From draft to live: a lead's safety check, another officer's approval, and nobody approves their own work."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPagePermissionError
from wagtail.models import Locale, Page, Workflow
from wagtail.signals import page_published
from wagtail_localize.models import Translation, TranslationSource

from consultation.access import NotAllowed
from consultation.reading.staffing.models import NamedReader
from consultation.surveys import approval_rules
from consultation.surveys.approval import models
from consultation.surveys.approval.actions import approve_draft
from consultation.surveys.approval.models import ApprovalTask, SafetyCheckTask
from consultation.surveys.approval_rules import PublicationBlocked
from consultation.surveys.closing.actions import close_survey
from consultation.surveys.models import ConsultationPage
from tests import factories

pytestmark = pytest.mark.any_database


@pytest.fixture
def people(person):
    return {
        "author": person("engagement_officer"),
        "officer": person("engagement_officer"),
        "lead": person("safeguarding_lead"),
        "both": person("engagement_officer", "safeguarding_lead"),
    }


@pytest.fixture(autouse=True)
def somebody_reads(person):
    return factories.somebody_reads(person)


@pytest.fixture
def submitted(parks, people):
    """The draft, written and handed on by its author."""
    parks.save_revision(user=people["author"])
    parks.get_workflow().start(parks, people["author"])
    return fresh(parks)


def fresh(page):
    return ConsultationPage.objects.get(pk=page.pk)


def approve(page, user):
    page = fresh(page)
    page.current_workflow_task.specific.on_action(page.current_workflow_task_state, user, "approve")
    return fresh(page)


def look_and_approve(page, user):
    page = fresh(page)
    seen_state = approval_rules.identify_draft_state(page.get_latest_revision())
    approve_draft(page=page, by=user, seen_state=seen_state)
    return fresh(page)


def may(page, user):
    page = fresh(page)
    return [name for name, _, _ in page.current_workflow_task.specific.get_actions(page, user)]


def test_two_steps_in_order_and_made_once(home):
    made = models.ensure_workflow()
    assert [type(task.specific) for task in made.tasks] == [SafetyCheckTask, ApprovalTask]
    assert [task.specific.groups.get().name for task in made.tasks] == ["safeguarding_lead", "engagement_officer"]
    models.ensure_workflow()
    assert Workflow.objects.filter(name=models.NAME).count() == 1 and SafetyCheckTask.objects.count() == 1


def test_lead_checks_and_another_officer_approves(submitted, people):
    checked = approve(submitted, people["lead"])
    assert not checked.live and checked.current_workflow_task.name == "Approval"
    live = approve(checked, people["officer"])
    assert live.live
    assert live.versions.get().published_by == people["officer"], "who approved it last"


def test_nobody_approves_their_own(submitted, people):
    checked = approve(submitted, people["lead"])
    assert "approve" not in may(checked, people["author"])
    with pytest.raises(PermissionDenied):
        approve(checked, people["author"])
    assert not fresh(submitted).live


def test_officer_does_not_make_the_safety_check(submitted, people):
    assert may(submitted, people["officer"]) == []


def test_lead_does_not_approve(submitted, people):
    checked = approve(submitted, people["lead"])
    assert may(checked, people["lead"]) == []


def test_one_person_with_both_roles_takes_one_step(submitted, people):
    checked = approve(submitted, people["both"])
    with pytest.raises(PermissionDenied):
        approve(checked, people["both"])
    assert approve(checked, people["officer"]).live


def test_two_officers_who_both_wrote_are_not_stuck(submitted, people):
    """A corrected word made the reviewer an author too, so that neither of the two could approve it."""
    checked = approve(submitted, people["lead"])
    checked.summary = "Tell us all."
    checked.save_revision(user=people["officer"])
    with pytest.raises(NotAllowed):
        look_and_approve(checked, people["officer"])
    again = look_and_approve(checked, people["author"])
    assert not again.live and again.current_workflow_task.name == "Safety check"
    live = look_and_approve(again, people["lead"])
    assert live.live and live.summary == "Tell us all."


def test_officer_who_edits_makes_it_their_own_and_needs_other_eyes(submitted, people, person):
    checked = approve(submitted, people["lead"])
    checked.summary = "Tell us all."
    checked.save_revision(user=people["officer"])
    with pytest.raises(PermissionDenied):
        approve(checked, people["officer"])
    # And the changed words go through the safety check again.
    again = approve(checked, person("engagement_officer"))
    assert not again.live and again.current_workflow_task.name == "Safety check"


def test_a_reviewers_small_correction_does_not_deadlock_with_two_officers(submitted, people, person):
    """The officer who corrected a space became an author, so neither of the two could approve. The lead sees it again."""
    checked = approve(submitted, people["lead"])
    checked.summary = "tell  us."
    checked.save_revision(user=people["officer"])
    again = look_and_approve(checked, people["officer"])
    assert not again.live and again.current_workflow_task.name == "Safety check"
    with pytest.raises(NotAllowed):
        look_and_approve(again, people["officer"])
    assert look_and_approve(again, people["lead"]).live


def test_a_small_correction_of_what_is_live_needs_one_second_person(submitted, people):
    live = approve(approve(submitted, people["lead"]), people["officer"])
    mail.outbox.clear()
    live.summary = "tell us."
    live.save_revision(user=people["author"])
    fresh(live).get_workflow().start(fresh(live), people["author"])
    with pytest.raises(PermissionDenied):
        approve(live, people["author"])
    done = approve(live, people["lead"])
    assert not done.workflow_in_progress and not done.has_unpublished_changes
    assert (done.summary, done.versions.current()[0].published_by) == ("tell us.", people["lead"])
    assert people["officer"].email not in [to for sent in mail.outbox for to in sent.to], "nothing waits for them"


@pytest.mark.slow
def test_who_makes_a_small_correction_and_checks_it_is_not_the_only_one_to_see_it(submitted, people):
    live = approve(approve(submitted, people["lead"]), people["officer"])
    live.summary = "tell us."
    live.save_revision(user=people["author"])
    fresh(live).get_workflow().start(fresh(live), people["author"])
    live.summary = "tell us. "
    live.save_revision(user=people["lead"])
    waiting = look_and_approve(live, people["lead"])
    assert waiting.current_workflow_task.name == "Approval" and fresh(live).summary == "Tell us."
    assert look_and_approve(waiting, people["officer"]).summary == "tell us. "


def test_a_draft_that_was_small_and_is_not_any_more_needs_two(submitted, people):
    live = approve(approve(submitted, people["lead"]), people["officer"])
    for summary in ("tell us.", "tell us all."):
        live.summary = summary
        live.save_revision(user=people["author"])
    fresh(live).get_workflow().start(fresh(live), people["author"])
    waiting = approve(live, people["lead"])
    assert waiting.current_workflow_task.name == "Approval" and fresh(live).summary == "Tell us."


def test_maker_may_ask_for_changes(submitted, people):
    checked = approve(submitted, people["lead"])
    assert may(checked, people["author"]) == ["reject"]


def test_no_one_publishes_past_the_workflow(parks, people):
    for user in people.values():
        revision = parks.save_revision(user=user)
        with pytest.raises(PublishPagePermissionError):
            revision.publish(user=user)
        assert not parks.permissions_for_user(user).can_publish()
    assert not fresh(parks).live and not parks.versions.exists()


def test_no_consultation_is_created_live(index, people):
    assert not index.permissions_for_user(people["officer"]).can_publish_subpage()
    assert index.permissions_for_user(people["officer"]).can_add_subpage()


def test_an_open_one_is_stopped_with_a_reason_before_an_officer_can_take_it_down(submitted, people, client):
    live = approve(approve(submitted, people["lead"]), people["officer"])
    assert not live.permissions_for_user(people["author"]).can_unpublish()
    client.force_login(people["author"], backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(f"/staff/pages/{live.pk}/unpublish/").status_code == 302 and fresh(live).live
    many = client.post(f"/staff/bulk/wagtailcore/page/unpublish/?id={live.pk}&next=/staff/")
    assert many.status_code in (200, 302, 403) and fresh(live).live
    close_survey(page=live, by=people["author"], reason="Too many harmful texts.")
    assert fresh(live).permissions_for_user(people["author"]).can_unpublish()
    client.post(f"/staff/pages/{live.pk}/unpublish/")
    assert not fresh(live).live


def test_edit_of_a_live_one_needs_the_workflow_again(submitted, people):
    live = approve(approve(submitted, people["lead"]), people["officer"])
    live.summary = "New words."
    with pytest.raises(PublishPagePermissionError):
        live.save_revision(user=people["author"]).publish(user=people["author"])
    live = fresh(live)
    live.get_workflow().start(live, people["author"])
    assert approve(approve(live, people["lead"]), people["officer"]).summary == "New words."


def test_go_live_date_waits_after_approval(parks, people, publish):
    parks.go_live_at = timezone.now() + timezone.timedelta(days=3)
    parks.save_revision(user=people["author"])
    parks.get_workflow().start(parks, people["author"])
    waiting = approve(approve(parks, people["lead"]), people["officer"])
    assert not waiting.live and not waiting.versions.exists()
    revision = waiting.scheduled_revision
    assert revision.approved_go_live_at
    ConsultationPage.objects.filter(pk=parks.pk).update(go_live_at=None)
    revision.content["go_live_at"] = None
    revision.save()
    revision.publish()
    assert fresh(parks).live and fresh(parks).versions.count() == 1


def test_nobody_approves_what_nobody_will_read(submitted, people):
    NamedReader.objects.all().delete()
    checked = approve(submitted, people["lead"])
    assert "approve" not in may(checked, people["officer"])
    with pytest.raises(PermissionDenied):
        approve(checked, people["officer"])
    assert not fresh(submitted).live


def test_what_was_approved_is_not_published_by_hand_when_the_readers_have_gone(submitted, people):
    live = approve(approve(submitted, people["lead"]), people["officer"])
    revision = live.live_revision
    ConsultationPage.objects.filter(pk=live.pk).update(live=False)
    NamedReader.objects.all().delete()
    with pytest.raises(PublicationBlocked):
        revision.publish(user=people["officer"])


def test_a_mended_text_of_an_open_one_is_not_held_up_by_a_gap(submitted, people):
    live = approve(approve(submitted, people["lead"]), people["officer"])
    NamedReader.objects.all().delete()
    live.summary = "Kinder words."
    live.save_revision(user=people["author"])
    fresh(live).get_workflow().start(fresh(live), people["author"])
    assert approve(approve(live, people["lead"]), people["officer"]).summary == "Kinder words."


@pytest.fixture
def in_urdu(parks, publish, home):
    """A live consultation, and the place where its Urdu translation would stand."""
    publish(parks)
    locale = Locale.objects.get_or_create(language_code="ur")[0]
    publish_plainly(home.copy_for_translation(locale))
    publish_plainly(parks.get_parent().specific.copy_for_translation(locale))
    models.ensure_workflow()
    return locale


def publish_plainly(page):
    page.save_revision().publish(skip_permission_checks=True)


def test_a_translation_begins_as_a_draft_though_its_source_is_live(
    parks, in_urdu, client_as, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        client_as("engagement_officer").post(
            reverse("wagtail_localize:submit_page_translation", args=[parks.pk]), {"locales": [in_urdu.pk]}
        )
    assert not parks.get_translation(in_urdu).live


def test_no_translation_goes_live_when_it_is_brought_up_to_date(
    parks, in_urdu, client_as, django_capture_on_commit_callbacks
):
    source, _ = TranslationSource.update_or_create_from_instance(parks)
    Translation.objects.create(source=source, target_locale=in_urdu).save_target(publish=False)
    address = reverse("wagtail_localize:update_translations", args=[source.pk])
    officer = client_as("engagement_officer")
    shown = officer.get(address).content.decode()
    assert "send it to its checker" in shown and "publish_translations" not in shown, (
        "nothing is offered that is refused"
    )
    with pytest.raises(PublishPagePermissionError), django_capture_on_commit_callbacks(execute=True):
        officer.post(address, {"publish_translations": "on"})
    assert not parks.get_translation(in_urdu).live and parks.versions.count() == 1


def test_nothing_goes_live_by_itself_that_nobody_approved(parks):
    with pytest.raises(PublishPagePermissionError):
        parks.save_revision().publish()
    assert not fresh(parks).live


def test_no_draft_goes_live_as_the_mirror_of_a_live_page(parks, in_urdu, client_as):
    source, _ = TranslationSource.update_or_create_from_instance(parks)
    Translation.objects.create(source=source, target_locale=in_urdu).save_target(publish=False)
    urdu = parks.get_translation(in_urdu)
    client_of_officer = client_as("engagement_officer")
    answer = client_of_officer.post(reverse("wagtail_localize:convert_to_alias", args=[urdu.pk]))
    assert (answer.status_code, answer.url) == (302, reverse("translations:page", args=[parks.pk]))
    assert "it mirrors no other. Change its words here." in client_of_officer.get(answer.url).content.decode()
    assert not fresh(urdu).live and fresh(urdu).alias_of_id is None
    with pytest.raises(PermissionDenied):
        page_published.send(ConsultationPage, instance=urdu, alias=True)


@pytest.mark.slow
def test_whoever_checked_checks_the_changed_words_again(submitted, people):
    checked = approve(submitted, people["lead"])
    checked.summary = "Tell us all."
    checked.save_revision(user=people["author"])
    again = approve(checked, people["officer"])
    assert not again.live and again.current_workflow_task.name == "Safety check"
    assert "approve" in may(again, people["lead"])
    assert approve(approve(again, people["lead"]), people["both"]).live


def test_the_page_of_consultations_is_not_copied_with_those_that_are_live(parks, publish, index, client_as):
    publish(parks)
    fields = {"new_title": "Again", "new_slug": "again", "new_parent_page": Page.get_first_root_node().pk}
    client_as("engagement_officer").post(
        reverse("wagtailadmin_pages:copy", args=[index.pk]), fields | {"copy_subpages": "on", "publish_copies": "on"}
    )
    assert ConsultationPage.objects.live().count() == 1


def test_wagtail_copies_none_with_its_ids_days_and_ticked_promises(parks, publish, index, client_as):
    """“Start a consultation” asks one again, with new ones."""
    publish(parks)
    fields = {"new_title": "Again", "new_slug": "again", "new_parent_page": index.pk}
    officer = client_as("engagement_officer")
    for more in ({}, {"publish_copies": "on"}, {"alias": "on"}):
        officer.post(reverse("wagtailadmin_pages:copy", args=[parks.pk]), fields | more)
    assert ConsultationPage.objects.count() == 1


def test_nothing_is_asked_of_the_checks_for_those_who_take_no_step(submitted, people, monkeypatch):
    monkeypatch.setattr(
        "consultation.surveys.approval.models.has_blocking_findings", lambda page: pytest.fail("looked at all of it")
    )
    assert may(submitted, people["officer"]) == []


def test_what_people_were_asked_is_taken_down_and_never_deleted(parks, publish, people, client_as):
    """To delete it ended in an error of the server."""
    assert parks.permissions_for_user(people["author"]).can_delete(), "a draft that nobody was asked goes"
    publish(parks)
    officer = client_as("engagement_officer")
    answer = officer.post(reverse("wagtailadmin_pages:delete", args=[parks.pk]), follow=True)
    assert "do not have permission" in answer.content.decode()
    officer.post(f"/staff/bulk/wagtailcore/page/delete/?id={parks.pk}&next=/staff/")
    assert fresh(parks).live
