"""A language goes live and back by two people, who approve exactly the text that they read."""

import pytest
from django.core import mail
from django.urls import reverse
from wagtail.models import Locale

from consultation.access import NotAllowed
from consultation.audit.models import AuditEntry
from consultation.surveys.models import ConsultationPage
from consultation.surveys.questionnaire_schema import Questionnaire
from consultation.surveys.translations import actions
from consultation.surveys.translations.models import LanguageCheck
from consultation.surveys.translations.policies import StringState
from consultation.surveys.translations.translation_rows import load_page_translation
from tests.consultation.surveys.conftest import asked, choice
from tests.consultation.surveys.translations.conftest import URDU, all_right, at, changed, put, put_live

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]


def raw(page):
    return [dict(block) for block in page.body.raw_data]


def text(version, question):
    return Questionnaire(version.content).by_id(question)["text"]


def test_a_translated_page_is_a_draft_until_its_checker_has_read_it(in_urdu, translator, checker):
    words = load_page_translation(in_urdu, "ur")
    assert not words.live and in_urdu.versions.count() == 1
    assert {row.state for row in words.rows if row.text} == {StringState.WAITING}
    actions.send_to_checker(page=in_urdu, language="ur", checker=checker, by=translator)
    assert load_page_translation(in_urdu, "ur").state.startswith("Waits for its checker")
    assert not load_page_translation(in_urdu, "ur").live


def test_what_is_checked_makes_a_version_of_words_alone(in_urdu, translator, checker):
    first = in_urdu.versions.get()
    second = put_live(in_urdu, translator, checker)
    assert second.number == 2 and second.content["languages"] == ["en", "ur"]
    assert text(second, "go")["ur"] == URDU["body.go.text"]
    for before, now in zip(first.content["items"], second.content["items"], strict=True):
        for name in ("id", "key", "type", "show_if", "also", "max_length"):
            assert before[name] == now[name]
        assert [option["key"] for option in before["options"]] == [option["key"] for option in now["options"]]
    assert second.published_by == checker
    assert AuditEntry.objects.filter(verb="translation.live").get().data == {"language": "ur", "strings": 6}


def test_a_question_without_words_falls_back_and_the_others_do_not(in_urdu, translator, checker):
    version = put_live(in_urdu, translator, checker)
    assert "ur" not in text(version, "feel") and "ur" in text(version, "why")


def test_a_question_of_which_one_choice_is_sent_back_is_asked_in_the_source(in_urdu, translator, checker):
    actions.send_to_checker(page=in_urdu, language="ur", checker=checker, by=translator)
    no = at(in_urdu, "body.go.options.no.text")
    actions.judge_strings(page=in_urdu, language="ur", said={no.digest: (False, "Too harsh.")}, by=checker)
    assert at(in_urdu, no.path).note == "Too harsh."
    all_right(in_urdu, checker)
    actions.publish_language(page=in_urdu, language="ur", by=checker)
    version = in_urdu.versions.current().first()
    options = Questionnaire(version.content).by_id("go")["options"]
    assert "ur" not in text(version, "go") and not any("ur" in option["text"] for option in options)
    assert text(version, "why")["ur"] == URDU["body.why.text"]


def test_the_checker_is_told_in_plain_words_once_it_holds(
    in_urdu, translator, checker, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        actions.send_to_checker(page=in_urdu, language="ur", checker=checker, by=translator)
        assert not mail.outbox
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == ([checker.email], "“Parks” in Urdu waits for your check")
    assert f"{translator} asks you to check" in sent.body and f"/staff/translations/{in_urdu.pk}/ur/" in sent.body
    assert URDU["body.why.text"] not in sent.body


def test_nobody_checks_their_own_words(in_urdu, translator, checker):
    with pytest.raises(NotAllowed, match="wrote none"):
        actions.send_to_checker(page=in_urdu, language="ur", checker=translator, by=checker)
    with pytest.raises(NotAllowed, match="not you"):
        actions.send_to_checker(page=in_urdu, language="ur", checker=checker, by=checker)
    actions.send_to_checker(page=in_urdu, language="ur", checker=checker, by=translator)
    with pytest.raises(NotAllowed, match="named checker"):
        all_right(in_urdu, translator)
    put(in_urdu, {"body.go.text": "کیا آپ پارک جاتے ہیں؟"}, checker)
    with pytest.raises(NotAllowed, match="never of their own"):
        all_right(in_urdu, checker)


def test_an_approval_is_of_exactly_what_was_looked_at(in_urdu, translator, checker):
    actions.send_to_checker(page=in_urdu, language="ur", checker=checker, by=translator)
    seen = at(in_urdu, "body.why.text").digest
    put(in_urdu, {"body.why.text": "اور کیا؟"}, translator)
    with pytest.raises(NotAllowed, match="changed while you read"):
        actions.judge_strings(page=in_urdu, language="ur", said={seen: (True, "")}, by=checker)
    assert at(in_urdu, "body.why.text").state == StringState.WAITING


def test_words_that_change_after_approval_wait_again_and_what_was_approved_stays_live(in_urdu, translator, checker):
    version = put_live(in_urdu, translator, checker)
    put(in_urdu, {"body.why.text": "اور کیا؟"}, translator)
    row = at(in_urdu, "body.why.text")
    assert (row.state, row.was) == (StringState.WAITING, URDU["body.why.text"])
    assert in_urdu.versions.current().first() == version


@pytest.mark.slow
def test_what_was_approved_is_read_on_while_someone_writes_it_anew_and_the_page_is_published(
    in_urdu, translator, checker, publish
):
    put_live(in_urdu, translator, checker)
    put(in_urdu, {"body.why.text": "اور کیا؟"}, translator)
    page = changed(in_urdu, "feel", publish, text="How does it feel?")
    assert text(page.versions.current().first(), "why")["ur"] == URDU["body.why.text"]
    row = at(page, "body.why.text")
    assert (row.state, row.held) == (StringState.WAITING, URDU["body.why.text"])
    version = put_live(page, translator, checker)
    assert text(version, "why")["ur"] == "اور کیا؟" and at(page, "body.why.text").held == ""


@pytest.mark.slow
def test_what_is_read_on_can_be_taken_back_like_anything_approved(in_urdu, translator, checker, publish):
    put_live(in_urdu, translator, checker)
    put(in_urdu, {"body.why.text": "اور کیا؟"}, translator)
    digest = at(in_urdu, "body.why.text").approved.digest
    actions.withdraw_approval(
        page=in_urdu, language="ur", reason="It means something else.", by=checker, digest=digest
    )
    assert "ur" not in text(in_urdu.versions.current().first(), "why")
    page = changed(in_urdu, "feel", publish, text="How does it feel?")
    assert "ur" not in text(page.versions.current().first(), "why")


@pytest.mark.slow
def test_a_changed_source_falls_back_shows_old_and_new_and_loses_nothing(in_urdu, translator, checker, publish):
    put_live(in_urdu, translator, checker)
    page = changed(in_urdu, "why", publish, text="What else would help?")
    row = at(page, "body.why.text")
    assert row.state == StringState.BEHIND
    assert row.older == ("What would help?", URDU["body.why.text"])
    assert "ur" not in text(page.versions.current().first(), "why")
    assert "Behind the source by 1 text" in load_page_translation(page, "ur").state
    actions.keep_older_words(page=page, language="ur", place=row.place, by=translator)
    assert at(page, "body.why.text").state == StringState.WAITING
    version = put_live(page, translator, checker)
    assert text(version, "why")["ur"] == URDU["body.why.text"]


@pytest.mark.slow
def test_what_a_draft_changes_is_translated_and_checked_before_people_read_it(
    client, in_urdu, translator, checker, publish
):
    put_live(in_urdu, translator, checker)
    page = ConsultationPage.objects.get(pk=in_urdu.pk)
    said = next(one for one in page.body.raw_data if one["id"] == "why")
    said["value"] = said["value"] | {"text": "What else would help?"}
    page.save_revision()
    page.refresh_from_db()
    words = load_page_translation(page, "ur")
    assert [(row.path, row.source.text, row.state) for row in words.ahead] == [
        ("body.why.text", "What else would help?", StringState.BEHIND)
    ]
    assert words.ahead[0].older == ("What would help?", URDU["body.why.text"])
    assert at(page, "body.why.text").state == StringState.RIGHT, "what people read stands"
    actions.save_string(
        page=page, language="ur", place=words.ahead[0].place, text="اور کیا مدد کرے گا؟", by=translator
    )
    words = load_page_translation(page, "ur")
    assert not words.gone and at(page, "body.why.text").state == StringState.RIGHT
    client.force_login(translator)
    url = reverse("translations:language", args=[page.pk, "ur"])
    html = client.get(url).content.decode()
    assert "Coming with the next publication" in html and "What else would help?" in html
    assert (
        "What else would help?" in client.get(reverse("translations:download", args=[page.pk, "ur"])).content.decode()
    )
    assert "brings 1 new or changed text:" in client.get(reverse("translations:page", args=[page.pk])).content.decode()
    actions.send_to_checker(page=page, language="ur", checker=checker, by=translator)
    with pytest.raises(NotAllowed):
        actions.judge_strings(page=page, language="ur", said={words.ahead[0].digest: (True, "")}, by=translator)
    actions.judge_strings(page=page, language="ur", said={words.ahead[0].digest: (True, "")}, by=checker)
    assert not load_page_translation(page, "ur").count_to_check
    before = page.versions.count()
    actions.withdraw_approval(page=page, language="ur", digest=words.ahead[0].digest, reason="A slip.", by=checker)
    assert load_page_translation(page, "ur").ahead[0].note == "A slip." and page.versions.count() == before
    actions.judge_strings(page=page, language="ur", said={words.ahead[0].digest: (True, "")}, by=checker)
    version = publish(page.get_latest_revision_as_object()).versions.current().first()
    assert text(version, "why") == {"en": "What else would help?", "ur": "اور کیا مدد کرے گا؟"}
    page.refresh_from_db()
    assert not load_page_translation(page, "ur").ahead


@pytest.mark.slow
def test_words_of_a_question_that_is_gone_come_back_with_it(in_urdu, translator, checker, publish):
    put_live(in_urdu, translator, checker)
    page = ConsultationPage.objects.get(pk=in_urdu.pk)
    whole = raw(page)
    page.body = [one for one in whole if one["id"] != "why"]
    publish(page)
    gone = load_page_translation(page, "ur").gone
    assert [(one.path, one.text) for one in gone] == [("body.why.text", URDU["body.why.text"])]
    page.body = whole
    publish(page)
    assert load_page_translation(page, "ur").gone == []
    assert text(page.versions.current().first(), "why")["ur"] == URDU["body.why.text"]


@pytest.mark.slow
def test_a_new_question_is_in_the_source_alone_at_first(in_urdu, translator, checker, publish):
    put_live(in_urdu, translator, checker)
    page = ConsultationPage.objects.get(pk=in_urdu.pk)
    page.body = [
        *raw(page),
        asked("more", "What else?", "single", options=[choice("a", "Lamps"), choice("b", "Bins")]),
    ]
    publish(page)
    assert page.versions.count() == 3, "one version for the new question, whatever the languages"
    version = page.versions.current().first()
    assert "ur" not in text(version, "more") and "ur" in text(version, "go")
    assert at(page, "body.more.text").state == StringState.EMPTY


def test_withdrawing_one_string_takes_its_question_back(in_urdu, translator, checker):
    put_live(in_urdu, translator, checker)
    digest = at(in_urdu, "body.go.options.yes.text").digest
    with pytest.raises(NotAllowed, match="why"):
        actions.withdraw_approval(page=in_urdu, language="ur", reason=" ", by=checker, digest=digest)
    actions.withdraw_approval(
        page=in_urdu, language="ur", reason="It means something else.", by=checker, digest=digest
    )
    version = in_urdu.versions.current().first()
    assert version.number == 3 and "ur" in version.content["languages"]
    assert "ur" not in text(version, "go") and "ur" in text(version, "why")
    assert at(in_urdu, "body.go.options.yes.text").note == "It means something else."


def test_withdrawing_all_takes_the_language_away(in_urdu, translator, checker):
    put_live(in_urdu, translator, checker)
    actions.withdraw_approval(page=in_urdu, language="ur", reason="Wrong dialect.", by=checker)
    assert in_urdu.versions.current().first().content["languages"] == ["en"]
    assert not load_page_translation(in_urdu, "ur").live
    assert at(in_urdu, "title").text == URDU["title"], "nothing is lost"


def test_a_machine_marks_its_words_and_a_person_makes_them_their_own(in_urdu, translator, checker):
    put(in_urdu, {"body.feel.text": "کیسا ہے؟"}, translator, machine=True)
    assert at(in_urdu, "body.feel.text").machine
    put(in_urdu, {"body.feel.text": "کیسا ہے؟"}, translator)
    assert at(in_urdu, "body.feel.text").machine, "the same words are still the machine's"
    version = put_live(in_urdu, translator, checker)
    assert version.content["machine_checked"] == ["ur"] and version.content["machine"] == []
    put(in_urdu, {"body.feel.text": "یہ کیسا ہے؟"}, translator)
    assert not at(in_urdu, "body.feel.text").machine
    assert "machine_checked" not in put_live(in_urdu, translator, checker).content


def test_words_that_were_on_a_page_of_their_own_are_taken_in_and_marked(live_parks, publish, translator):
    urdu = live_parks.copy_for_translation(Locale.objects.get_or_create(language_code="ur")[0], copy_parents=True)
    urdu.title, urdu.machine_words = URDU["title"], True
    publish(urdu)
    assert load_page_translation(live_parks, "ur").is_written_separately
    assert actions.begin_translation(page=live_parks, language="ur", by=translator) == 1
    assert (at(live_parks, "title").text, at(live_parks, "title").machine) == (URDU["title"], True)
    assert (
        actions.begin_translation(page=live_parks, language="ur", by=translator) == 1
        and load_page_translation(live_parks, "ur").said == 1
    )


def test_nothing_goes_live_before_anything_is_right(in_urdu, translator, checker):
    actions.send_to_checker(page=in_urdu, language="ur", checker=checker, by=translator)
    with pytest.raises(NotAllowed, match="Nothing is checked"):
        actions.publish_language(page=in_urdu, language="ur", by=checker)
    with pytest.raises(NotAllowed, match="named checker"):
        actions.publish_language(page=in_urdu, language="ur", by=translator)


@pytest.mark.slow
def test_a_language_checked_before_its_source_is_live_comes_with_it(parks, publish, translator, checker):
    parks.save_revision()
    actions.begin_translation(page=parks, language="ur", by=translator)
    put(parks, URDU, translator)
    actions.send_to_checker(page=parks, language="ur", checker=checker, by=translator)
    all_right(parks, checker)
    actions.publish_language(page=parks, language="ur", by=checker)
    assert not parks.versions.exists()
    publish(ConsultationPage.objects.get(pk=parks.pk))
    version = parks.versions.get()
    assert version.content["languages"] == ["en", "ur"] and text(version, "go")["ur"] == URDU["body.go.text"]


def test_whoever_has_no_right_to_approve_is_no_checker(in_urdu, translator, person):
    with pytest.raises(NotAllowed):
        actions.send_to_checker(page=in_urdu, language="ur", checker=person("moderator"), by=translator)
    assert not LanguageCheck.objects.exists()
