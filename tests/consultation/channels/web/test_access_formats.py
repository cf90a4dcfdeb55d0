"""Easy read, large print, languages, audio, pictures and sign language: markup and bytes."""

import re
from html import unescape

import pytest
from django.utils.translation import override

from consultation.channels.web import form_tokens
from consultation.channels.web.access_formats import list_language_links
from consultation.channels.web.survey_rendering import render_survey
from consultation.interface_text import LANGUAGES, get_text
from consultation.surveys.models import ConsultationPage
from tests.consultation.channels.conftest import ADDRESS, all_types, token_in
from tests.factories import content

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]
SOUND, FILM, WORDS, STILL = (
    f"asked/{letter * 64}.{kind}" for letter, kind in zip("abcd", ("mp3", "mp4", "vtt", "webp"), strict=True)
)


def drawn(language="en", *, source_only=False, **first):
    items = all_types()
    items[0] |= first
    survey = content(*items, languages=["en"] if source_only else ["en", "ur", "pl"])
    return render_survey(survey, language, token="t", action=f"/{language}/have-your-say/parks/answer/")


def step(html, key):
    return re.search(rf'<section class="step[^>]*id="q{key}">.*?</section>', html, re.S)[0]


def test_sound_is_for_the_language_that_it_is_in_and_waits_to_be_asked():
    audio = {"en": SOUND}
    assert f'<audio src="/media/{SOUND}" preload="none" controls' in step(drawn(audio=audio), "a")
    assert "<audio" not in drawn("ur", audio=audio)


def test_sign_language_opens_in_place_with_captions_and_waits_to_be_asked():
    found = step(drawn(bsl={"src": FILM, "captions": WORDS, "poster": STILL}), "a")
    details = re.search(r"<details class=\"why bsl\">.*?</details>", found, re.S)[0]
    assert get_text("bsl.watch") in details
    assert f'<video src="/media/{FILM}" poster="/media/{STILL}" preload="none" controls playsinline' in details
    assert f'<track kind="captions" src="/media/{WORDS}" srclang="en" default>' in details


def test_a_part_of_the_survey_may_be_signed_too():
    items = all_types()
    items[6] |= {"bsl": {"src": FILM}}
    html = render_survey(content(*items), "en", token="t", action="/en/x/answer/")
    assert FILM in step(html, "g")


def test_a_picture_stands_beside_the_easy_words_alone_and_is_not_read_out():
    found = step(drawn(picture="bus", easy={"en": "Where?"}), "a")
    assert re.search(
        r'<span class="ez"><svg class="pic"[^>]*aria-hidden="true".*?</svg></span><span class="std">', found, re.S
    )
    found = step(drawn(picture={"src": STILL, "width": 480, "height": 320}), "a")
    assert (
        f'<span class="ez"><img class="pic" src="/media/{STILL}" width="480" height="320" alt="" loading="lazy"'
        in found
    )
    assert 'class="pic"' not in step(drawn(picture="gone-from-the-product"), "a")


def test_the_list_of_languages_is_the_surveys_and_leads_to_this_page_in_each():
    survey = content(languages=["en", "ur", "pl"])
    found = [(each.language.code, each.address, each.words) for each in list_language_links(survey, "/en/x/parks/y/")]
    assert found == [
        (code, f"/{code}/x/parks/y/", f"/{code}/have-your-say/parks/answer/") for code in ("en", "ur", "pl")
    ]
    assert list_language_links(survey, "") == [], "a preview is not at an address"


def test_a_survey_in_one_language_leads_to_the_home_of_each_other_and_warns():
    panel = re.search(r'<details id="languages".*?</details>', drawn(source_only=True), re.S)[0]
    own, elsewhere = panel.split("data-with-script hidden", 1)
    assert re.findall(r'<a href="([^"]+)"', own) == ["/en/have-your-say/parks/answer/"]
    assert re.findall(r'<a href="([^"]+)"[^>]*>', elsewhere) == [f"/{each.code}/" for each in LANGUAGES[1:]]
    assert "data-words" not in elsewhere and elsewhere.index(get_text("lang.wipes")) < elsewhere.index("<a ")
    assert get_text("lang.keeps") not in panel


def test_the_warning_is_there_until_a_script_hides_it():
    panel = re.search(r'<details id="languages".*?</details>', drawn(), re.S)[0]
    assert f"<p data-without-script>{get_text('lang.wipes')}</p>" in panel
    assert "<p data-with-script hidden>" in panel
    assert panel.index(get_text("lang.wipes")) < panel.index("<a ")


def test_the_button_to_read_out_loud_is_hidden_until_the_device_has_a_voice():
    assert re.search(r'<details id="aloud" data-part="[^"]+aloud[^"]*\.js" hidden>', drawn())


def test_an_open_form_gets_the_words_of_its_own_version_and_keeps_its_token(client, published):
    token = token_in(client.get(ADDRESS))
    ConsultationPage.objects.update(closes="2020-01-01")
    page = client.get("/ur/have-your-say/parks/answer/", headers={"form-token": token})
    assert token_in(page) == token
    assert '<html lang="ur" dir="rtl">' in page.content.decode()


@pytest.mark.parametrize("forged", ["x", "", "1.AAAA:1:x"])
def test_a_token_that_is_not_ours_shows_what_every_visitor_sees(client, published, forged):
    ConsultationPage.objects.update(closes="2020-01-01")
    assert "<form class" not in client.get(ADDRESS, headers={"form-token": forged}).content.decode()


def test_switches_come_with_the_address_and_with_a_form_that_comes_back(client, send, published):
    assert re.search(r'id="easy"[^>]* checked>', client.get(f"{ADDRESS}?easy=1").content.decode())
    assert not re.search(r'id="easy"[^>]* checked>', client.get(ADDRESS).content.decode())
    back = send({"easy": "1", "letters": "1"}).content.decode()
    assert re.search(r'id="easy"[^>]* checked>', back)
    assert re.search(r'id="letters"[^>]* checked>', back)


def test_what_is_wrong_stands_ready_in_every_language_of_the_survey(client, published):
    from consultation.channels.web.form_parsing import AnswerProblem

    items = all_types()
    survey = content(*items, languages=["en", "ur"])
    problem = AnswerProblem(items[0], "error.many", {"n": 2})
    html = render_survey(survey, "en", token="t", action="/en/x/answer/", errors=[problem])
    ready = dict(re.findall(r'<template data-problems="(\w+)">(.*?)</template>', html, re.S))
    with override("ur"):
        assert get_text("error.many", n=2) in ready["ur"]
    assert get_text("error.many", n=2) in ready["en"]


def test_nothing_of_a_switch_is_kept(send):
    from consultation.responses.models import Response

    send({"a": "1", "easy": "1", "letters": "1"})
    assert Response.objects.get().closed == {"a": ["1"]}
    assert form_tokens.read_form_token("easy") is None


def test_a_choice_has_its_pictogram_beside_the_easy_words():
    options = all_types()[0]["options"]
    for option, name in zip(options, ("park", "shop", "bus", "cross-out"), strict=True):
        option["picture"] = name
    html = step(drawn(options=options), "a")
    assert html.count('<span class="ez"><svg class="pic"') == len(options)


@pytest.mark.parametrize("language", ["en", "ur", "pl"])
def test_long_words_can_be_spoken_and_where_the_voice_goes_is_said(language):
    with override(language):
        said = get_text("q.dictate")
    html = drawn(language)
    assert said in step(html, "i") and html.count(said) == 1, "beside a long text alone"
    hint = re.search(r'class="hint" id="[^"]+">(.*?)</p>', step(html, "i"))[1]
    assert said not in hint and len(re.findall(r"[.۔]", unescape(re.sub("<[^>]+>", "", hint)))) <= 3, "three sentences"
    assert "999" in hint
    assert language != "en" or "Your phone may send your voice to its maker." in said
