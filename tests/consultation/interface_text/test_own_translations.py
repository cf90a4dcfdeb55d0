"""The partnership's name in the language of the page: its usual name at once, another one once officers translated it."""

import re

import pytest
from django.utils.translation import override

from consultation.interface_text import LANGUAGES
from consultation.interface_text.actions import confirm_texts, correct_text
from consultation.interface_text.own_texts import build_own_key
from consultation.interface_text.own_translations import say_partnership_name
from consultation.interface_text.translation_corrections import cached_corrections, digest_correction
from consultation.interface_text.translation_review import list_review_rows

pytestmark = pytest.mark.django_db
OWN = "Bradford Children & Families Trust"


def run_by(client, language):
    foot = client.get(f"/{language}/help/").content.decode().partition('<footer class="foot">')[2]
    return re.search(r"<p>(.*Bradford.*)</p>", foot)[1]


@pytest.mark.parametrize("language", [each.code for each in LANGUAGES if each.code != "en"])
def test_a_partnership_called_after_its_district_has_a_name_in_every_language(client, home, language):
    assert "partnership" not in run_by(client, language) and 'lang="en"' not in run_by(client, language)


def test_another_name_is_marked_as_english_until_two_people_gave_it_in_the_language(
    client, home, person, settings, django_capture_on_commit_callbacks
):
    settings.PARTNERSHIP = OWN
    key, writer, reader = build_own_key(OWN), person("engagement_officer"), person("engagement_officer")
    assert [row.english for row in list_review_rows("ur") if row.key == key] == [OWN]
    assert f'<span lang="en" dir="ltr">{OWN.replace("&", "&amp;")}</span>' in run_by(client, "ur")
    assert "run by Bradford Children &amp; Families Trust." in run_by(client, "en")
    with django_capture_on_commit_callbacks(execute=True):
        row = correct_text(language="ur", key=key, text="Bradford ٹرسٹ & خاندان", checker="Asma", by=writer)
        confirm_texts(language="ur", seen={key: digest_correction(row)}, by=reader)
    cached_corrections.clear()
    assert "Bradford ٹرسٹ &amp; خاندان" in run_by(client, "ur")


def test_without_a_name_nothing_is_asked_of_translators(settings):
    settings.PARTNERSHIP = ""
    assert not [row for row in list_review_rows("ur") if row.key == build_own_key("")]
    with override("ur"):
        assert say_partnership_name() == ""
