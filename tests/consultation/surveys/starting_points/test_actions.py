"""Starting a consultation and adding questions to a draft: copied parts, omitted parts, undo."""

import json

import pytest

from consultation.access import NotAllowed
from consultation.audit.models import AuditEntry
from consultation.surveys.closing.actions import close_survey
from consultation.surveys.models import ConsultationPage
from consultation.surveys.starting_points import actions, question_bank
from consultation.surveys.starting_points.consultation_templates import load_templates
from consultation.surveys.starting_points.last_published import last_published_blocks
from consultation.surveys.translations import actions as translating
from consultation.surveys.translations.translation_rows import load_page_translation
from consultation.surveys.validation.findings import build_findings_report
from tests import factories
from tests.consultation.surveys.conftest import PROMISES, asked

pytestmark = pytest.mark.django_db
MORE = [asked("a", "How was it?", "faces"), asked("b", "What else?", "short_text", max_length=100)]


def draft_of(page):
    return ConsultationPage.objects.get(pk=page.pk).get_latest_revision_as_object()


def words(page):
    return [block.value["text"] for block in draft_of(page).body]


def test_a_template_becomes_a_draft_with_nothing_to_mend_but_its_promises(index, officer):
    page = actions.start_from_template(template=load_templates()["parent-view"], title="What would help?", by=officer)
    assert not page.live and page.owner == officer and page.audience == "parents-carers"
    assert {one.finding.linter.key for one in build_findings_report(page).all} == {"participation"}
    assert AuditEntry.objects.get(verb="consultation begun").data == {"source": "template parent-view"}


def test_a_past_one_comes_without_days_promises_or_ids(parks, publish, officer):
    publish(parks, officer)
    page = actions.start_from_past(past=parks, title="Parks again", by=officer)
    assert words(page) == words(parks) and page.slug == "parks-again" and not page.live
    assert not {block.id for block in page.body} & {"go", "feel", "why"}
    left = {name: value for name in PROMISES if (value := getattr(page, name))}
    assert left == {"ways": ["own"], "formats": ["standard"]}, "which hold of every survey"
    assert not page.versions.exists() and page.body[1].value["show_if"]["of"][0].value["question"] == page.body[0].id


def test_a_past_one_that_was_taken_down_comes_as_it_was_asked_and_not_as_someone_edits_it(parks, publish, officer):
    publish(parks, officer)
    asked_then = words(parks)
    parks.refresh_from_db()
    parks.unpublish()
    parks.body = [asked("new", "Not asked yet?", "faces")]
    parks.save()  # as the editor does where nothing is live
    assert words(actions.start_from_past(past=parks, title="Parks again", by=officer)) == asked_then
    assert "Not asked yet?" not in {entry.text for entry in question_bank.build_question_bank().values()}


@pytest.mark.slow
def test_translations_of_a_past_one_come_along_and_wait_for_a_check_of_their_own(parks, publish, officer, person):
    publish(parks)
    translating.begin_translation(page=parks, language="ur", by=officer)
    for path, text in {"body.go.text": "کیا آپ جاتے ہیں؟", "body.go.options.yes.text": "ہاں", "title": "پارک"}.items():
        row = next(row for row in load_page_translation(parks, "ur").rows if row.path == path)
        translating.save_string(
            page=parks, language="ur", place=row.place, text=text, by=officer, machine=path == "title"
        )
    translating.send_to_checker(page=parks, language="ur", checker=person("engagement_officer"), by=officer)
    page = actions.start_from_past(past=parks, title="Parks again", by=person("engagement_officer"))
    came = load_page_translation(page, "ur")
    said = {(row.source.text, row.text, row.by, row.machine) for row in came.rows if row.text}
    assert said == {("Do you go?", "کیا آپ جاتے ہیں؟", officer.pk, False), ("Yes", "ہاں", officer.pk, False)}
    assert came.waiting == 2 and not came.begun and came.target is None and came.check is None
    assert load_page_translation(parks, "ur").said == 3
    assert not load_page_translation(page, "pl").said


def test_many_that_were_taken_down_ask_the_database_as_often_as_two(
    parks, publish, officer, django_assert_max_num_queries
):
    others = [actions.start_from_past(past=parks, title=f"Parks {number}", by=officer) for number in range(3)]
    for page in [parks, *others]:
        page.save_revision(user=officer).publish(user=officer, skip_permission_checks=True)
        page.refresh_from_db()
        page.unpublish()
        page.body = []
        page.save()  # as the editor does where nothing is live
    with django_assert_max_num_queries(2):
        found = last_published_blocks([parks, *others])
    assert {tuple(block["value"]["text"] for block in blocks) for blocks in found.values()} == {
        ("Do you go?", "How is it?", "What would help?")
    }


@pytest.mark.parametrize("title", ["", "  ", "Child abuse"])
def test_a_title_is_there_and_neutral(index, officer, title):
    with pytest.raises(NotAllowed):
        actions.start_blank(title=title, by=officer)
    assert not ConsultationPage.objects.exists()


def test_two_of_one_title_have_addresses_of_their_own(index, officer):
    assert [actions.start_blank(title="Parks", by=officer).slug for _ in range(2)] == ["parks", "parks-2"]


def test_questions_are_added_in_order_and_taken_out_again(parks, officer):
    parks.save_revision(user=officer)
    added = actions.add_questions(page=parks, questions=reversed(MORE), by=officer)
    assert words(parks) == ["Do you go?", "How is it?", "What would help?", "What else?", "How was it?"]
    actions.undo_added_questions(page=parks, added=added, by=officer)
    assert words(parks) == ["Do you go?", "How is it?", "What would help?"]
    assert [entry.verb for entry in AuditEntry.objects.order_by("seq")][-2:] == [
        "questions added",
        "questions taken out again",
    ]


def test_a_survey_that_was_closed_at_once_meanwhile_stays_closed_in_the_draft(parks, publish, officer):
    page = publish(parks)
    added = actions.add_questions(page=page, questions=MORE, by=officer)
    close_survey(page=page, by=officer, reason="Too much came in.")
    closed = ConsultationPage.objects.get(pk=page.pk).closes
    actions.undo_added_questions(page=page, added=added, by=officer)
    assert draft_of(page).closes == closed and words(page) == [block.value["text"] for block in page.body]


def test_they_are_not_taken_out_with_somebody_elses_work(parks, officer, person):
    parks.save_revision(user=officer)
    added = actions.add_questions(page=parks, questions=MORE, by=officer)
    draft_of(parks).save_revision(user=person("engagement_officer"))
    with pytest.raises(NotAllowed, match="saved this draft since"):
        actions.undo_added_questions(page=parks, added=added, by=officer)
    assert len(words(parks)) == 5


def test_who_may_not_edit_adds_nothing(parks, person):
    with pytest.raises(NotAllowed):
        actions.add_questions(page=parks, questions=MORE, by=person("planner"))


def test_it_is_sent_once_and_only_when_nothing_stops_it(parks, officer, person):
    factories.somebody_reads(person)
    parks.told_how = ""
    parks.save_revision(user=officer)
    with pytest.raises(NotAllowed, match="Something still stops it"):
        actions.send_for_approval(page=parks, by=officer)
    parks.told_how = "On this site."
    parks.save_revision(user=officer)
    actions.send_for_approval(page=parks, by=officer)
    assert ConsultationPage.objects.get(pk=parks.pk).current_workflow_task.name == "Safety check"
    with pytest.raises(NotAllowed, match="sent already"):
        actions.send_for_approval(page=parks, by=officer)


def test_an_unfinished_question_is_not_sent(parks, officer):
    parks.save_revision(user=officer)
    revision = parks.get_latest_revision()
    body = json.loads(revision.content["body"])
    body[0]["value"]["options"] = body[0]["value"]["options"][:1]
    revision.content["body"] = json.dumps(body)
    revision.save()
    with pytest.raises(NotAllowed, match="still stops it"):
        actions.send_for_approval(page=parks, by=officer)
    (left,) = build_findings_report(parks).missing
    assert (left.finding.spot.block, left.finding.spot.field) == ("go", "options") and "Choices" in left.finding.fix
    assert not ConsultationPage.objects.get(pk=parks.pk).workflow_in_progress


def test_a_blank_one_has_its_questions_and_its_summary_to_write(index, officer):
    page = actions.start_blank(title="Parks", by=officer)
    found = {one.finding.linter.key for one in build_findings_report(page).stopping}
    assert found == {"participation", "nothing-asked", "no-summary"}
