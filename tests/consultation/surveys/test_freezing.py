"""Publishing freezes the questionnaire: complete, in every language, under permanent keys."""

import json

import pytest
from django.db import DatabaseError, connection, transaction
from wagtail.models import Locale
from wagtail_localize.models import Translation, TranslationSource

from consultation.audit.models import AuditEntry
from consultation.surveys.actions import freeze_version
from consultation.surveys.models import ConsultationPage, PublishedVersion
from consultation.surveys.questionnaire_schema import Questionnaire, localised_text
from consultation.surveys.stable_keys import KeyRegistry, spell_letters, spell_number
from tests.consultation.surveys.conftest import asked, choice


def raw(page):
    return [dict(block) for block in page.body.raw_data]


def keys_of(version):
    return {item["id"]: item["key"] for item in version.content["items"]}


def translate(page, code, **texts):
    """A translated page whose questions say `texts` {question id: text}."""
    translated = page.copy_for_translation(Locale.objects.get_or_create(language_code=code)[0], copy_parents=True)
    body = raw(translated)
    for block in body:
        if block["id"] in texts:
            block["value"] = block["value"] | {"text": texts[block["id"]]}
    translated.body = body
    return translated


def test_draft_freezes_nothing(parks):
    parks.save_revision()
    assert not parks.versions.exists()


def test_publishing_freezes_every_question(parks, publish, officer):
    version = publish(parks, officer).versions.get()
    assert version.number == 1 and version.published_by == officer
    questionnaire = Questionnaire(version.content)
    assert [(item["id"], item["key"], item["type"]) for item in questionnaire.items] == [
        ("go", "a", "single"),
        ("feel", "b", "faces"),
        ("why", "c", "long_text"),
    ]
    assert [(o["id"], o["key"], o["text"]["en"]) for o in questionnaire.by_id("go")["options"]] == [
        ("yes", "1", "Yes"),
        ("no", "2", "No"),
    ]
    assert questionnaire.by_id("feel")["show_if"] == {"question": "go", "any_of": ["yes"]}
    assert questionnaire.by_id("why")["max_length"] == 500
    assert questionnaire.by_id("why")["also"] == ["rather-not"]


def test_content_is_the_same_before_and_after_the_database(parks, publish):
    version = publish(parks).versions.get()
    assert json.loads(json.dumps(version.content)) == PublishedVersion.objects.get(pk=version.pk).content


def test_publishing_leaves_an_audit_entry(parks, publish, officer):
    publish(parks, officer)
    entry = AuditEntry.objects.get(verb="consultation published")
    assert entry.actor == str(officer.pk) and entry.object_id == str(parks.pk)
    assert entry.data == {"version": 1, "new": True}


def test_publishing_again_unchanged_makes_no_version(parks, publish):
    publish(parks)
    parks.minutes = 9
    publish(parks)
    assert parks.versions.count() == 1


def test_changed_words_make_the_next_version(parks, publish):
    publish(parks)
    body = raw(parks)
    body[0]["value"] = body[0]["value"] | {"text": "Do you go to parks?"}
    parks.body = body
    publish(parks)
    first, second = parks.versions.order_by("number")
    assert Questionnaire(first.content).by_id("go")["text"]["en"] == "Do you go?"
    assert Questionnaire(second.content).by_id("go")["text"]["en"] == "Do you go to parks?"
    assert keys_of(first) == keys_of(second)


def test_keys_stay_through_moving_removing_and_adding(parks, publish):
    publish(parks)
    go, feel, why = raw(parks)
    parks.body = [asked("new", "What else?", choices=["One", "Two"]), why, go]
    publish(parks)
    parks.body = [feel, asked("newer", "And now?", choices=["One", "Two"]), go]
    publish(parks)
    second, third = parks.versions.order_by("number")[1:]
    assert keys_of(second) == {"new": "d", "why": "c", "go": "a"}
    assert keys_of(third) == {"feel": "b", "newer": "e", "go": "a"}


def test_option_keys_stay_and_a_removed_one_is_never_given_again(parks, publish):
    publish(parks)
    body = raw(parks)
    body[0]["value"] = body[0]["value"] | {"options": [choice("some", "Sometimes"), choice("no", "No")]}
    parks.body = body
    publish(parks)
    options = Questionnaire(parks.versions.get(number=2).content).by_id("go")["options"]
    assert [(option["id"], option["key"]) for option in options] == [("some", "3"), ("no", "2")]


def test_keys_spell_like_columns_of_a_sheet():
    assert [spell_letters(place) for place in (0, 25, 26, 51, 52, 702)] == ["a", "z", "aa", "az", "ba", "aaa"]
    given = KeyRegistry(spell_number)
    given.by_id["old"] = "2"
    assert [given.key("x"), given.key("y"), given.key("old"), given.key("x")] == ["1", "3", "2", "1"]


def test_a_version_never_changes(parks, publish):
    version = publish(parks).versions.get()
    version.content = {}
    with pytest.raises(TypeError):
        version.save()
    with pytest.raises(TypeError):
        version.delete()
    with pytest.raises(TypeError):
        PublishedVersion.objects.update(number=9)
    with pytest.raises(TypeError):
        PublishedVersion.objects.all().delete()
    assert PublishedVersion.objects.get(pk=version.pk).content["items"]


def test_translation_published_later_makes_a_version_with_the_same_keys(parks, publish, officer):
    publish(parks)
    publish(translate(parks, "ur", go="کیا آپ جاتے ہیں؟"), officer)
    first, second = parks.versions.order_by("number")
    assert first.content["languages"] == ["en"] and second.content["languages"] == ["en", "ur"]
    assert second.published_by == officer
    assert keys_of(first) == keys_of(second)
    text = Questionnaire(second.content).by_id("go")["text"]
    assert text == {"en": "Do you go?", "ur": "کیا آپ جاتے ہیں؟"}


def test_words_without_translation_fall_back_and_are_counted(parks, publish):
    publish(parks)
    publish(translate(parks, "ur", go="کیا آپ جاتے ہیں؟"))
    content = parks.versions.get(number=2).content
    text = Questionnaire(content).by_id("why")["text"]
    assert "ur" not in text and localised_text(text, "ur") == "What would help?"
    # Title, summary, two questions and two choices.
    assert content["missing"] == {"ur": 6}


def test_translation_of_a_draft_freezes_nothing(parks, publish):
    publish(translate(parks, "ur"))
    assert not PublishedVersion.objects.exists()


def test_a_language_taken_down_is_no_longer_offered(parks, publish):
    publish(parks)
    urdu = publish(translate(parks, "ur", go="کیا آپ جاتے ہیں؟"))
    urdu.unpublish()
    newest = parks.versions.current().first()
    assert newest.content["languages"] == ["en"] and "ur" not in newest.content["items"][0]["text"]


def test_unchecked_machine_words_are_marked(parks, publish):
    publish(parks)
    urdu = translate(parks, "ur", go="کیا آپ جاتے ہیں؟")
    urdu.machine_words = True
    publish(urdu)
    assert parks.versions.current().first().content["machine"] == ["ur"]
    urdu.words_checked_by = "A. Speaker"
    publish(urdu)
    assert parks.versions.current().first().content["machine"] == []


def test_freezing_a_translation_freezes_its_source(parks, publish, officer):
    publish(parks)
    urdu = publish(translate(parks, "ur", go="کیا آپ جاتے ہیں؟"))
    version = freeze_version(page=ConsultationPage.objects.get(pk=urdu.pk), by=officer)
    assert version.page == parks and version.number == 2


def test_the_database_refuses_a_change_past_the_model(parks, publish):
    version = publish(parks).versions.get()
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE consultation_publishedversion SET content = '{}'")
    assert PublishedVersion.objects.get(pk=version.pk).content["items"]


def test_wagtail_localize_keeps_ids_and_offers_only_words(parks, publish, home):
    publish(parks)
    source, _ = TranslationSource.update_or_create_from_instance(parks)
    paths = {segment.context.path: segment.string.data for segment in source.stringsegment_set.all()}
    assert paths["body.go.text"] == "Do you go?" and paths["body.go.options.yes.text"] == "Yes"
    assert not any("show_if" in path or path.startswith(("slug", "codebook")) for path in paths)
    locale = Locale.objects.get_or_create(language_code="ur")[0]
    home.copy_for_translation(locale)
    parks.get_parent().specific.copy_for_translation(locale)
    translation = Translation.objects.create(source=source, target_locale=locale)
    translation.save_target(publish=False)
    urdu = parks.get_translation(locale)
    assert urdu.slug == "parks"
    urdu.title = "پارک"
    publish(urdu)
    version = parks.versions.current().first()
    assert version.number == 2 and version.content["title"]["ur"] == "پارک"
    assert [item["id"] for item in version.content["items"]] == ["go", "feel", "why"]
