"""Officers' translation pages: waiting texts, side by side, review, files."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail_localize.models import Translation

from consultation.surveys.translations import actions, page_po_files
from consultation.surveys.translations.models import TranslatorsFile
from consultation.surveys.translations.translation_rows import load_page_translation
from consultation.surveys.translations.views import list_translatable_pages
from tests import factories
from tests.consultation.surveys.translations.conftest import URDU, at, changed, put, put_live

pytestmark = pytest.mark.django_db


def address(name, page, *more):
    return reverse(f"translations:{name}", args=[page.pk, "ur", *more])


def html(answer):
    return answer.content.decode()


@pytest.fixture
def signed_in(client_as):
    return client_as("engagement_officer")


@pytest.fixture
def sent(in_urdu, translator, signed_in):
    """Its checker is the one who is signed in."""
    actions.send_to_checker(page=in_urdu, language="ur", checker=signed_in.user, by=translator)
    return in_urdu


@pytest.mark.slow
def test_every_language_of_a_page_stands_there_with_its_state(in_urdu, signed_in):
    page = html(signed_in.get(reverse("translations:page", args=[in_urdu.pk])))
    assert f"6 of {len(load_page_translation(in_urdu, 'ur').rows)} texts" in page and page.count("Not begun") == 6


def test_what_waits_for_me_comes_first(sent, signed_in):
    page = html(signed_in.get(reverse("translations:list")))
    assert "Parks, Urdu" in page and "Waits for a checker: Urdu" in page
    assert "No translation waits for your check." not in page


def test_the_list_asks_the_same_few_questions_however_many_pages_there_are(
    sent, home, signed_in, django_assert_max_num_queries
):
    listing = list_translatable_pages(signed_in.user)
    assert [(row["page"].pk, [each.code for each in row["waiting"]]) for row in listing["consultations"]] == [
        (sent.pk, ["ur"])
    ]
    for number in range(4):
        factories.consultation(home, slug=f"more-{number}")
    with django_assert_max_num_queries(6):
        assert len(list_translatable_pages(signed_in.user)["consultations"]) == 5


def test_begin_opens_the_language_and_the_translation_editor(live_parks, signed_in):
    page = html(signed_in.get(address("language", live_parks)))
    assert "Begin Urdu" in page
    signed_in.post(address("begin", live_parks))
    page = html(signed_in.get(address("language", live_parks)))
    assert "Open the translation editor" in page and "No words yet: people read the source." in page


def test_source_and_translation_stand_side_by_side_in_their_directions(sent, signed_in):
    page = html(signed_in.get(address("language", sent)))
    assert '<div lang="ur" dir="rtl"> <p>کیا آپ جاتے ہیں؟</p>' in page
    assert page.count("Send back") > 5
    assert "Question 1, choice 1: Text" in page


def test_only_the_named_checker_is_asked_for_answers(sent, client_as):
    other = client_as("engagement_officer")
    assert "Keep my answers" not in html(other.get(address("language", sent)))
    row = at(sent, "title")
    answer = other.post(address("judge", sent), {f"d-{row.place}": row.digest, f"v-{row.place}": "right"})
    assert answer.status_code == 422 and "named checker" in html(answer)


def test_a_checker_sends_one_back_and_puts_the_rest_live(sent, signed_in):
    rows = [row for row in load_page_translation(sent, "ur").rows if row.text]
    said = {f"d-{row.place}": row.digest for row in rows} | {"do": "live"}
    bad = next(row for row in rows if row.path == "summary")
    said |= {f"v-{bad.place}": "back"}
    refused = signed_in.post(address("judge", sent), said)
    assert refused.status_code == 422 and "Say what is wrong" in html(refused)
    assert 'value="back" checked' in html(refused)
    assert sent.versions.count() == 1 and not load_page_translation(sent, "ur").right, "nothing was kept of it"
    done = signed_in.post(address("judge", sent), said | {f"n-{bad.place}": "Kinder, please."}, follow=True)
    assert "Urdu is live: 5 texts." in html(done)
    assert sent.versions.current().first().content["summary"] == {"en": "Tell us."}


def test_what_was_sent_back_and_not_changed_is_not_let_through_with_the_rest(sent, signed_in):
    row = at(sent, "summary")
    actions.judge_strings(page=sent, language="ur", said={row.digest: (False, "Too cold.")}, by=signed_in.user)
    page = html(signed_in.get(address("language", sent)))
    assert f'name="v-{row.place}" value="back" checked' in page and 'value="Too cold."' in page


def test_a_string_is_written_here_too_and_what_would_break_it_is_said(in_urdu, signed_in):
    row = at(in_urdu, "body.go.options.no.text")
    answer = signed_in.post(address("words", in_urdu, row.place), {"text": "ن" * 121})
    assert answer.status_code == 422 and "121 letters, and there is room for 120" in html(answer)
    signed_in.post(address("words", in_urdu, row.place), {"text": "بالکل نہیں"})
    assert at(in_urdu, row.path).text == "بالکل نہیں"
    assert at(in_urdu, row.path).by == signed_in.user.pk


def test_an_approval_is_taken_back_with_a_reason(in_urdu, translator, signed_in):
    put_live(in_urdu, translator, signed_in.user)
    assert signed_in.post(address("withdraw", in_urdu), {"reason": ""}).status_code == 422
    signed_in.post(address("withdraw", in_urdu), {"reason": "Wrong dialect."})
    assert not load_page_translation(in_urdu, "ur").live


def test_a_file_is_looked_at_then_taken_then_undone(in_urdu, signed_in):
    content = signed_in.get(address("download", in_urdu)).content
    content = content.replace(URDU["title"].encode(), "باغ".encode()).replace(b"body.feel.text", b"body.nowhere.text")
    file = SimpleUploadedFile("parks-ur.po", content)
    looked = html(signed_in.post(address("dry-run", in_urdu), {"file": file, "machine": "on"}))
    assert "1 text would change" in looked and "There is no text of this name here." in looked
    assert at(in_urdu, "title").text == URDU["title"]
    signed_in.post(address("take", in_urdu), {"content": content.decode(), "machine": "1"})
    assert at(in_urdu, "title").text == "باغ" and at(in_urdu, "title").machine
    signed_in.post(address("undo", in_urdu, TranslatorsFile.objects.get().pk))
    assert at(in_urdu, "title").text == URDU["title"]
    assert page_po_files.parse_page_po_file(content, load_page_translation(in_urdu, "ur").rows)


def test_the_translation_editor_leads_here(in_urdu, signed_in):
    urdu = in_urdu.get_translations().get(locale__language_code="ur")
    page = html(signed_in.get(reverse("wagtailadmin_pages:edit", args=[urdu.pk])))
    assert f'href="{address("language", in_urdu)}#send"' in page
    translation = Translation.objects.get(target_locale=urdu.locale, source__object_id=in_urdu.translation_key)
    editors = "/staff/localize/translate/{}/pofile/{}/"
    assert signed_in.get(editors.format(translation.pk, "download")).url == address("download", in_urdu)
    assert signed_in.post(editors.format(translation.pk, "upload")).url == f"{address('language', in_urdu)}#files"


@pytest.mark.slow
def test_a_changed_source_shows_old_and_new_and_its_words_can_stay(in_urdu, translator, signed_in, publish):
    put_live(in_urdu, translator, signed_in.user)
    in_urdu.refresh_from_db()
    in_urdu.title = "Parks and paths"
    publish(in_urdu)
    page = html(signed_in.get(address("language", in_urdu) + "?show=behind"))
    assert "<del>Parks</del>" in page and "Parks and paths" in page and "Source now" in page
    todo = html(signed_in.get(address("language", in_urdu) + "?show=todo"))
    waits = [row for row in load_page_translation(in_urdu, "ur").rows if not row.text or row.path == "title"]
    assert "<del>Parks</del>" in todo and f"{len(waits)} of " in todo, "what is missing, and what has changed"
    signed_in.post(address("keep", in_urdu, at(in_urdu, "title").place))
    assert at(in_urdu, "title").text == URDU["title"]


@pytest.mark.slow
def test_pages_of_the_site_are_translated_the_same_way(home, client_as, translator, signed_in):
    from cms.site.pages.models import InformationPage

    page = InformationPage.objects.filter(locale=home.locale).first()
    actions.begin_translation(page=page, language="sk", by=translator)
    row = next(row for row in load_page_translation(page, "sk").rows if row.path == "title")
    put(page, {"title": "Súkromie"}, translator, language="sk")
    assert row.source.text == page.title
    signed_in.get(reverse("translations:page", args=[page.pk]))
    actions.send_to_checker(page=page, language="sk", checker=signed_in.user, by=translator)
    signed_in.post(reverse("translations:judge", args=[page.pk, "sk"]), _rest(page, "sk"))
    assert page.get_translations().get(locale__language_code="sk").title == "Súkromie"


def _rest(page, language):
    rows = load_page_translation(page, language).rows
    return {f"d-{row.place}": row.digest for row in rows if row.state == "waits for a check"} | {"do": "live"}


def test_two_who_write_one_string_at_once_both_learn_of_it(in_urdu, signed_in, translator):
    row = at(in_urdu, "body.why.text")
    url = address("words", in_urdu, row.place)
    assert f'name="seen" value="{row.digest}"' in html(signed_in.get(url))
    put(in_urdu, {"body.why.text": "اور کیا؟"}, translator)
    refused = signed_in.post(url, {"text": "کیا بہتر ہوگا؟", "seen": row.digest})
    assert (
        refused.status_code == 422 and "It says now: “اور کیا؟”" in html(refused) and "کیا بہتر ہوگا؟" in html(refused)
    )
    now = at(in_urdu, "body.why.text")
    assert now.text == "اور کیا؟" and f'name="seen" value="{now.digest}"' in html(refused)
    signed_in.post(url, {"text": "کیا بہتر ہوگا؟", "seen": now.digest})
    assert at(in_urdu, "body.why.text").text == "کیا بہتر ہوگا؟"


def test_words_for_a_source_that_changed_meanwhile_are_given_back(in_urdu, signed_in, publish):
    url = address("words", in_urdu, at(in_urdu, "body.why.text").place)
    changed(in_urdu, "why", publish, text="What else would help?")
    answer = signed_in.post(url, {"text": "کیا بہتر ہوگا؟"})
    assert answer.status_code == 422 and "Your words were: “کیا بہتر ہوگا؟”" in html(answer)
    assert signed_in.get(url).status_code == 404
