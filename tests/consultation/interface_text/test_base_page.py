import re

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override

from consultation.respondent_pages.public_context import build_public_context


def page(language="en"):
    with override(language):
        return render_to_string("components/base_public.html", request=RequestFactory().get("/"))


def test_the_exit_is_the_first_link_after_the_skip_link(settings):
    settings.EXIT_URL = "https://weather.example/"
    links = re.findall(r"<a [^>]+>", page())
    assert 'href="#main"' in links[0]
    assert 'class="exit" href="https://weather.example/" rel="nofollow noreferrer"' in links[1]


def test_the_page_says_its_language_and_direction():
    assert '<html lang="ur" dir="rtl">' in page("ur")
    assert '<html lang="pl" dir="ltr">' in page("pl")


@pytest.mark.parametrize("language", ["en", "ur"])
def test_nothing_in_the_page_needs_an_unsafe_policy(language):
    html = page(language)
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:|data:", html)
    assert re.findall(r"<script[^>]*>(.*?)</script>", html, re.S) == ["", ""]
    hosts = set(re.findall(r'(?:src|href)="(https?://[^"/]+)', html))
    assert hosts == {"https://www.bbc.co.uk"}


def test_help_is_inside_the_page_and_can_be_pressed():
    panel = re.search(r"<details>.*?</details>", page(), re.S)[0]
    assert "Get help now" in panel
    assert {"tel:999", "tel:08001111", "sms:85258"} <= set(re.findall(r'href="(\w+:\d+)"', panel))


def test_no_page_is_for_search_engines():
    assert '<meta name="robots" content="noindex">' in page()


def test_machine_words_are_marked_until_someone_has_checked_them():
    assert '<p class="panel mt">' in page("ur")
    assert '<p class="panel mt">' not in page("en")


def test_the_frame_has_no_english_left_in_any_language(settings):
    for code, _ in settings.LANGUAGES[1:]:
        assert 'lang="en"' not in page(code), code


def test_context_gives_the_exit_and_the_languages(settings):
    with override("ar"):
        given = build_public_context(RequestFactory().get("/"))
    assert given["exit_url"] == settings.EXIT_URL
    assert (given["direction"], given["home_path"]) == ("rtl", "/ar/")
    assert "Polski" in {language.native for language in given["languages"]}
