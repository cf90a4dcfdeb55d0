"""The editor under /staff/: form, plain refusals, and preview of the real survey."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from consultation.surveys.closing.actions import close_survey
from consultation.surveys.condition_blocks import build_rule
from consultation.surveys.condition_validation import NO_ANSWERS, NO_QUESTION
from consultation.surveys.forms import UNCHECKED, ConsultationForm
from consultation.surveys.id_blocks import CHOOSE_QUESTION, TICK_ANSWERS
from consultation.surveys.models import ConsultationIndexPage, ConsultationPage
from consultation.surveys.participation_plan.participation_promises import SHORT
from tests.consultation.surveys.conftest import PROMISES, asked, raw, when

pytestmark = pytest.mark.any_database

PAGE = {
    "title": "Parks",
    "slug": "parks",
    "summary": "Tell us.",
    "audience": "children-young-people",
    "minutes": "5",
    "level": "consulted",
    "codebook": "seed",
    "comments-TOTAL_FORMS": "0",
    "comments-INITIAL_FORMS": "0",
}
PAGE |= {name: "on" if value is True else value for name, value in PROMISES.items()}


def in_form(name, rows):
    """A stream or a list as its form sends it."""
    data = {f"{name}-count": str(len(rows))}
    for place, row in enumerate(rows):
        at = f"{name}-{place}"
        data |= {f"{at}-deleted": "", f"{at}-order": str(place), f"{at}-id": row["id"], f"{at}-type": row["type"]}
        data |= fields(f"{at}-value", row["value"])
    return data


def fields(at, value):
    data = {f"{at}-help_by_answer-count": "0"} | rule(f"{at}-show_if", value.get("show_if", []))
    for name, one in value.items():
        if name in ("help_by_answer", "options", "rows"):
            data |= in_form(f"{at}-{name}", one)
        elif name == "show_if":
            continue
        elif isinstance(one, list):
            data[f"{at}-{name}"] = ", ".join(one)
        elif one is not False:
            data[f"{at}-{name}"] = "on" if one is True else one
    return data


def rule(at, value):
    """A rule, or a group of one, as its form sends it; a plain list is "any of these"."""
    joined = {"join": "any", "of": value} if isinstance(value, list) else value
    data = {f"{at}-join": joined["join"], f"{at}-of-count": str(len(joined["of"]))}
    for place, row in enumerate(joined["of"]):
        inner = f"{at}-of-{place}"
        data |= {f"{inner}-deleted": "", f"{inner}-order": str(place), f"{inner}-id": row["id"]}
        data[f"{inner}-type"] = row["type"]
        if "of" in row["value"]:
            data |= rule(f"{inner}-value", row["value"])
        else:
            data |= condition(f"{inner}-value", **row["value"])
    return data


def condition(at, question, any_of, how="any_of"):
    return {f"{at}-question": question, f"{at}-how": how, f"{at}-any_of": ", ".join(any_of)}


def form(*blocks, **more):
    return PAGE | in_form("body", list(blocks)) | more


GO = asked("go", "Do you go?", choices=["Yes", "No"])
FEEL = asked("feel", "How is it?", "faces", show_if=when("go", "yes"))


def edit(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def draft_of(page):
    return ConsultationPage.objects.get(pk=page.pk).get_latest_revision_as_object()


def test_the_form_offers_no_publish_button(editor, parks):
    html = editor.get(edit(parks)).content.decode()
    assert 'name="action-submit"' in html and 'name="action-publish"' not in html
    assert "surveys/conditions.js" in html


def test_draft_keeps_ids_and_conditions(editor, parks):
    assert editor.post(edit(parks), form(GO, FEEL)).status_code == 302
    body = draft_of(parks).body
    assert [block.id for block in body] == ["go", "feel"]
    assert [option.id for option in body[0].value["options"].bound_blocks] == ["yes", "no"]
    assert body[1].value["show_if"]["of"][0].value["any_of"] == ["yes"]
    assert not ConsultationPage.objects.get(pk=parks.pk).live


def test_condition_on_a_missing_question_is_said_at_its_block(editor, parks):
    lost = asked("feel", "How is it?", "faces", show_if=when("gone", "yes"))
    response = editor.post(edit(parks), form(GO, lost))
    assert response.status_code == 200
    error = response.context["form"].errors.as_data()["body"][0].block_errors[1]
    at_field = error.block_errors["show_if"].block_errors["of"].block_errors[0].block_errors["question"]
    assert at_field.messages == [NO_QUESTION]
    assert "not in the survey any more" in response.content.decode()


YES, NO = ({"question": "go", "any_of": [answer]} for answer in ("yes", "no"))
BOTH = {"join": "all", "of": [raw(YES, id_="1"), raw(NO, id_="2")]}


@pytest.mark.parametrize("more", [{}, {"action-submit": "1"}], ids=["draft", "handed on"])
def test_a_question_that_no_answers_lead_to_is_said_at_its_block(editor, parks, more):
    lost = asked("feel", "How is it?", "faces", show_if=BOTH)
    response = editor.post(edit(parks), form(GO, lost, **more))
    error = response.context["form"].errors.as_data()["body"][0].block_errors[1].block_errors["show_if"]
    assert error.non_block_errors.as_data()[0].messages == [NO_ANSWERS.format(thing="question")]
    assert not ConsultationPage.objects.get(pk=parks.pk).workflow_in_progress


def test_a_group_of_conditions_is_kept(editor, parks):
    rule = {"join": "any", "of": [raw(NO, id_="1"), raw(BOTH | {"join": "any"}, "group", id_="2")]}
    assert editor.post(edit(parks), form(GO, asked("feel", "How is it?", "faces", show_if=rule))).status_code == 302
    assert build_rule(draft_of(parks).body[1].value["show_if"]) == {"any": [NO, {"any": [YES, NO]}]}


def test_moving_a_question_behind_its_follower_is_refused(editor, parks):
    response = editor.post(edit(parks), form(FEEL, GO))
    assert response.status_code == 200 and response.context["form"].errors


def test_submitting_sends_it_to_the_safety_check(editor, parks):
    assert editor.post(edit(parks), form(GO, FEEL, **{"action-submit": "1"})).status_code == 302
    assert ConsultationPage.objects.get(pk=parks.pk).current_workflow_task.name == "Safety check"


def test_publishing_by_a_forged_button_saves_a_draft(editor, parks):
    editor.post(edit(parks), form(GO, **{"action-publish": "1"}))
    page = ConsultationPage.objects.get(pk=parks.pk)
    assert not page.live and not page.versions.exists()


def test_machine_words_need_a_named_checker_before_they_are_handed_on(editor, parks):
    data = form(GO, machine_words="on", **{"action-submit": "1"})
    assert UNCHECKED in editor.post(edit(parks), data).content.decode()
    assert editor.post(edit(parks), data | {"words_checked_by": "A. Speaker"}).status_code == 302


def test_unchecked_machine_words_can_be_a_draft(editor, parks):
    assert editor.post(edit(parks), form(GO, machine_words="on")).status_code == 302


def test_a_survey_without_questions_is_not_handed_on(editor, parks):
    section = {"type": "section", "id": "s", "value": {"text": "Hello", "level": "1"}}
    response = editor.post(edit(parks), form(section, **{"action-submit": "1"}))
    assert "Ask at least one question" in response.content.decode()


def test_closing_before_opening_is_refused(editor, parks):
    response = editor.post(edit(parks), form(GO, opens="2027-02-01", closes="2027-01-01"))
    assert "The closing date is before the opening date." in response.content.decode()


@pytest.mark.slow
def test_one_that_was_stopped_on_its_first_day_is_saved_again_and_asks_for_no_days(editor, parks, publish):
    """A stop on the first day sets the last day before it, so a slip in its words could not be mended."""
    close_survey(page=publish(parks), by=editor.user, reason="A flood of links.")
    parks.refresh_from_db()
    stopped = {"closes": str(parks.closes), "action-submit": "1"}
    sooner, later = ({"closes": str(parks.closes + timedelta(days=days))} for days in (-1, 5))
    said = editor.post(edit(parks), form(GO, FEEL, **sooner)).content.decode()
    assert "The closing date is before the opening date." in said
    assert SHORT.format(days=5) in editor.post(edit(parks), form(GO, FEEL, **stopped | later)).content.decode()
    assert editor.post(edit(parks), form(GO, FEEL, **stopped)).status_code == 302
    assert ConsultationPage.objects.get(pk=parks.pk).current_workflow_task.name == "Safety check"


def test_preview_shows_the_real_survey(editor, parks):
    parks.save_revision()
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[parks.pk])
    assert editor.post(url, form(GO, FEEL)).json()["is_valid"]
    response = editor.get(url, {"mode": "survey"})
    html = response.content.decode()
    assert "Do you go?" in html and "How is it?" in html and 'type="radio"' in html
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]


def test_preview_of_the_page_before_it(editor, parks):
    parks.save_revision()
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[parks.pk])
    editor.post(url, form(GO, FEEL))
    html = editor.get(url, {"mode": "landing"}).content.decode()
    assert "Before you start" in html and "Parks" in html


def test_preview_while_it_is_created(editor, index):
    url = reverse("wagtailadmin_pages:preview_on_add", args=["consultation", "consultationpage", index.pk])
    assert editor.post(url, form(GO, slug="new")).json()["is_valid"]
    assert "Do you go?" in editor.get(url, {"mode": "survey"}).content.decode()


def test_a_preview_changes_nothing(editor, parks):
    parks.save_revision()
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[parks.pk])
    editor.post(url, form(GO))
    editor.get(url, {"mode": "survey"})
    page = ConsultationPage.objects.get(pk=parks.pk)
    assert page.revisions.count() == 1 and not page.versions.exists()


def test_the_address_of_what_was_published_stays(parks, publish, person):
    """Its posters led nowhere, and whoever pressed Send was told that there is no such page."""
    page, officer = publish(parks), person("engagement_officer")
    form_class = ConsultationPage.get_edit_handler().get_form_class()
    data = {"title": page.title, "slug": "moved", "summary": "x", "body-count": "0"}
    changed = form_class(data, instance=ConsultationPage.objects.get(pk=page.pk), for_user=officer)
    assert not changed.is_valid() and "It stays “parks”." in changed.errors["slug"][0]
    page.slug = "moved"
    page.save_revision()
    ConsultationPage.objects.get(pk=page.pk).get_latest_revision().publish(skip_permission_checks=True)
    assert ConsultationPage.objects.get(pk=page.pk).slug == "parks"
    assert "slug" not in ConsultationIndexPage.get_edit_handler().get_form_class().base_fields


def test_lead_opens_the_editor_only_for_the_check(client_as, parks, person):
    lead = client_as("safeguarding_lead")
    assert lead.get(edit(parks)).status_code == 302
    parks.save_revision(user=person("engagement_officer"))
    parks.get_workflow().start(parks, person("engagement_officer"))
    response = lead.get(edit(parks))
    assert response.status_code == 200
    assert re.search(r'data-workflow-action-name="approve"', response.content.decode())


def test_planner_has_no_editor(client_as, parks):
    assert client_as("planner").get(edit(parks)).status_code in (302, 403)
    assert not ConsultationIndexPage.objects.get().permissions_for_user(client_as("planner").user).can_add_subpage()


def test_an_unfinished_condition_can_be_a_draft_but_is_not_handed_on(editor, parks):
    unfinished = asked("feel", "How is it?", "faces", show_if=when(""))
    assert editor.post(edit(parks), form(GO, unfinished)).status_code == 302
    html = editor.post(edit(parks), form(GO, unfinished, **{"action-submit": "1"})).content.decode()
    assert CHOOSE_QUESTION in html and TICK_ANSWERS in html


def test_an_unfinished_condition_hides_nothing_in_the_preview(editor, parks):
    parks.save_revision()
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[parks.pk])
    editor.post(url, form(GO, asked("feel", "How is it?", "faces", show_if=when(""))))
    assert "How is it?" in editor.get(url, {"mode": "survey"}).content.decode()


@pytest.mark.parametrize("name", ["title", "slug"])
def test_a_loud_title_or_address_is_refused(editor, parks, name):
    loud = "Safeguarding in parks" if name == "title" else "parks-safeguarding"
    response = editor.post(edit(parks), form(GO, **{name: loud}))
    assert "Say it without “" in response.content.decode()


@pytest.fixture
def another_first(monkeypatch, index):
    """While the form is looked at, another request adds the same page."""
    saved = ConsultationForm.save

    def save(form, commit=True):
        if not index.get_children().filter(slug="parks").exists():
            index.add_child(instance=ConsultationPage(title="Parks", slug="parks", summary="Tell us.", live=False))
        return saved(form, commit)

    monkeypatch.setattr(ConsultationForm, "save", save)


@pytest.mark.each_on_postgresql
@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_the_second_of_two_at_once_is_told_that_the_address_is_taken(client_as, index, another_first, accept):
    address = reverse("wagtailadmin_pages:add", args=["consultation", "consultationpage", index.pk])
    answer = client_as("engagement_officer").post(address, PAGE | in_form("body", []), headers={"accept": accept})
    if accept == "text/html":
        assert answer.status_code == 200 and "is already in use" in answer.content.decode()
    else:
        assert answer.status_code == 400 and answer.json()["error_code"] == "validation_error"
    assert ConsultationPage.objects.filter(title="Parks").count() == 1


@pytest.mark.parametrize(
    ("mode", "shown"), [("easy", 'name="easy" value="1" form="answers" checked'), ("aloud", "Do you go?")]
)
def test_the_preview_has_each_voice_and_answers_nothing(editor, parks, mode, shown):
    parks.save_revision()
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[parks.pk])
    editor.post(url, form(GO, FEEL))
    html = editor.get(url, {"mode": mode}).content.decode()
    assert shown in html and 'name="token" value="' not in html.replace('name="token" value=""', "")


def test_the_preview_speaks_each_language_that_there_is(editor, parks):
    from wagtail.models import Locale

    urdu, _ = Locale.objects.get_or_create(language_code="ur")
    translated = parks.copy_for_translation(urdu, copy_parents=True)
    translated.body = [GO | {"value": GO["value"] | {"text": "کیا آپ جاتے ہیں؟"}}]
    translated.save_revision()
    assert ("ur.easy", "The survey, easy read, in Urdu") in parks.preview_modes
    parks.save_revision()
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[parks.pk])
    editor.post(url, form(GO, FEEL))
    html = editor.get(url, {"mode": "ur.survey"}).content.decode()
    assert "کیا آپ جاتے ہیں؟" in html and 'dir="rtl"' in html
