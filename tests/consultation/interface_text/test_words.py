import re
from datetime import date

import pytest
from django.conf import settings
from django.template import Context, engines
from django.utils.safestring import mark_safe
from django.utils.translation import override

from consultation.interface_text import (
    LANGUAGES,
    UnknownTextKey,
    get_both_texts_html,
    get_easy_text,
    get_language_coverage,
    get_text,
    get_text_html,
    text_direction,
)
from consultation.interface_text.gettext_catalogue import load_interface_strings
from consultation.interface_text.text_table import WORDS, InterfaceString
from consultation.surveys.readability import grade_sentences, is_label

HARDEST_SENTENCE = 4.0  # the guide's grade for children: every string alone, beyond labels of three words
UNTRANSLATED = "new.words"
NO_EASY_TRANSLATION = "start.readers.body"


@pytest.fixture(autouse=True)
def words_that_no_translator_has_seen(monkeypatch):
    monkeypatch.setitem(
        WORDS, UNTRANSLATED, InterfaceString("Said on {date}: we do this as a task.", "We may do this.")
    )
    monkeypatch.setitem(WORDS, NO_EASY_TRANSLATION, InterfaceString(WORDS[NO_EASY_TRANSLATION].text, "Newly simple."))


def rendered(source, **context):
    return engines["django"].from_string("{% load words %}" + source).render(context)


def test_words_come_by_key_with_their_values():
    assert get_text("nav.progress", n=3, total=12) == "Question 3 of 12"


def test_words_follow_the_active_language():
    with override("ur"):
        assert get_text("nav.progress", n=3, total=12) == "سوال 3، کل 12"
    with override("pl"):
        assert get_text("nav.next") == "Dalej"


def test_easy_read_has_its_own_words():
    assert get_easy_text("start.hours.body").endswith("Not safe now? Call 999.")
    assert get_easy_text("nav.next") == get_text("nav.next")


def test_easy_read_without_translation_falls_back_to_the_same_language():
    with override("ur"):
        assert get_easy_text(NO_EASY_TRANSLATION) == get_text(NO_EASY_TRANSLATION) != "Newly simple."


def test_words_without_translation_fall_back_to_english():
    with override("ur"):
        assert get_text(UNTRANSLATED, date="x").startswith("Said on")
        assert get_easy_text(UNTRANSLATED) == "We may do this."


def test_english_on_another_page_says_that_it_is_english():
    with override("ur"):
        assert get_text_html(UNTRANSLATED, date="x").startswith('<span lang="en" dir="ltr">Said')
        assert "<span" not in get_text_html("nav.next")
    assert "<span" not in get_text_html(UNTRANSLATED, date="x")


def test_an_unknown_key_is_loud_while_we_build():
    with pytest.raises(UnknownTextKey):
        get_text("nav.nonsense")
    with pytest.raises(UnknownTextKey):
        get_text("nav.progress", n=3)


def test_an_unknown_key_never_breaks_a_page_in_production(settings, caplog):
    settings.WORDS_STRICT = False
    assert get_text("outcome.something-{new}") == "something new"
    assert get_text("My name is Sam") == "My name is Sam"
    assert get_text("nav.progress", n=3) == "Question 3 of "
    assert "Sam" not in caplog.text
    assert "UnknownWord in group outcome" in caplog.text


def test_values_are_escaped_and_markup_of_ours_is_kept():
    assert "&lt;b&gt;" in get_text_html("foot.run", partnership="<b>")
    assert '<a href="#">us</a>' in get_text_html("foot.run", partnership=mark_safe('<a href="#">us</a>'))


def test_a_day_is_written_out_in_the_language():
    assert get_text("home.open", date=date(2026, 12, 4)) == "Open until 4 December 2026"
    with override("pl"):
        assert "4 grudnia 2026" in get_text("closed.gone", date=date(2026, 12, 4))
        assert "4 December 2026" in get_text(UNTRANSLATED, date=date(2026, 12, 4))


def test_a_spaced_number_keeps_its_order_between_right_to_left_words():
    with override("ur"):
        assert "\u2066" + "0800 1111" + "\u2069" in get_text("help.childline")
        assert "\u2068" + "01274 433999" + "\u2069" in get_text("home.intro", district="01274 433999")
    assert "\u2068" not in get_text("home.intro", district="01274 433999")


def test_both_shows_two_spans_only_where_they_differ():
    assert get_both_texts_html("nav.next") == "Next"
    assert get_both_texts_html("exit.keys") == (
        '<span class="std">With a keyboard, you can press Shift three times to leave.</span>'
        '<span class="ez">You can press Shift three times. Then you leave.</span>'
    )
    with override("ur"):
        assert "<span" not in get_both_texts_html(NO_EASY_TRANSLATION)


def test_the_tag_takes_keys_and_values_from_the_context():
    assert rendered("{% word key n=n total=2 %}", key="nav.progress", n=1) == "Question 1 of 2"
    assert rendered('{% word "nav.next" as next %}[{{ next }}]') == "[Next]"
    assert rendered("<p>{% easyword 'closed.gone' date='Friday' %}</p>").startswith("<p>It closed on Friday.")


def test_the_tag_puts_no_markup_where_only_text_fits():
    with override("ur"):
        assert "<span" not in rendered(f'<nav aria-label="{{% word "{UNTRANSLATED}" date=1 %}}">')
        assert "<span" not in rendered(
            f'<title>{{% block title %}}{{% word "{UNTRANSLATED}" date=1 %}}{{% endblock %}}</title>'
        )
        assert "<span" not in rendered(f'<option>{{% word "{UNTRANSLATED}" date=1 %}}</option>')
        assert "<span" not in rendered(
            f'<p title="{{% if a %}}{{% word "{UNTRANSLATED}" date=1 %}}{{% else %}}-{{% endif %}}">', a=True
        )
        assert '<p><span lang="en"' in rendered(f'<p>{{% word "{UNTRANSLATED}" date=1 %}}</p>')


def test_the_tag_escapes_what_it_says():
    assert rendered("{% word 'q.dontknow' %}") == "I don&#x27;t know"
    assert rendered("{% word 'foot.run' partnership=name %}", name="<i>") == "This site is run by &lt;i&gt;."
    template = engines["django"].from_string("{% load words %}{% word 'q.dontknow' %}").template
    assert template.render(Context(autoescape=False)) == "I don't know"


@pytest.mark.parametrize(("demo", "key"), [(False, "lang.machine"), (True, "lang.unchecked")])
def test_the_readers_of_languages_of_the_demo_have_checked_nothing(demo, key, settings):
    settings.DEMO = demo
    assert rendered("{% checked_machine_words %}") == get_text(key)


def test_help_numbers_can_be_pressed():
    assert '<a href="tel:999" dir="ltr">999</a>' in rendered("{% dial 'help.danger' %}")
    assert '<a href="tel:08001111" dir="ltr">0800 1111</a>' in rendered("{% dial 'help.childline' %}")
    assert '<a href="sms:85258" dir="ltr">85258</a>' in rendered("{% dial 'help.shout' %}")


@pytest.mark.parametrize("language", [code for code, _ in settings.LANGUAGES])
def test_direction_agrees_with_django(language):
    assert (text_direction(language) == "rtl") == (language in settings.LANGUAGES_BIDI)
    with override(language):
        assert text_direction() == text_direction(language)


def test_languages_are_those_of_the_settings():
    assert [(language.code, language.native) for language in LANGUAGES] == settings.LANGUAGES
    assert all(language.direction == text_direction(language.code) for language in LANGUAGES)


def test_coverage_says_how_far_a_language_has_come():
    urdu, english = get_language_coverage("ur"), get_language_coverage("en-gb")
    assert urdu.missing == 0 and urdu.translated == urdu.machine
    assert urdu.awaits_check and urdu.unchecked == urdu.machine > 0
    assert english.missing == 0 and not english.awaits_check and not english.partly
    assert get_language_coverage("cy").translated == 0


def test_no_sentence_for_children_is_harder_than_the_hardest():
    """Labels of up to three words, such as "Messages", have no grade (the guide), so no limit holds for them; a child
    reads them out. `place.` are the helplines' own words: not ours to change. A mean would let
    one hard sentence hide among 1,000 easy ones."""
    grades = {
        (row["key"], name): grade_sentences(row[name])
        for row in load_interface_strings()["strings"]
        for name in ("text", "easy_read")
        if row["for"] == "child" and row.get(name) and not row["key"].startswith("place.") and not is_label(row[name])
    }
    assert len(grades) > 500
    assert {said: grade for said, grade in grades.items() if grade > HARDEST_SENTENCE} == {}


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "2,446"), ("ur", "2446"), ("ar", "2446"), ("pl", "2\u00a0446"), ("ro", "2.446")],
)
def test_a_large_number_is_written_as_the_language_writes_it(language, written):
    with override(language):
        said = get_text("results.people", n=2446)
    assert written in said.replace("\u2068", "").replace("\u2069", "")
    with override(language):
        assert "246" in get_text("results.people", n=246)


# Words that the guide to the voice replaces, as "not safe" for "at risk", or rules out.
REPLACED = re.compile(
    r"safeguard|\bmash\b|moderator|analyst|\bour team\b|anonym|confidential|100%|abus|exploit|victim|at risk|vulnerab"
    r"|children like you|\bkids?\b|service user|decision-making|prioriti|withdraw|opt[- ]out|\btoken\b|reference number"
    r"|purge|\bcache\b|quick exit|stakeholder|lifestyle|streetwise|24/7|\basap\b|please note|simply|unfortunately"
    r"|invalid|failed|oops|!",
    re.IGNORECASE,
)


def test_the_interface_says_nothing_that_the_guide_to_its_voice_replaces():
    said = {key: f"{entry.text} {entry.easy or ''}" for key, entry in WORDS.items()}
    assert {key: text for key, text in said.items() if REPLACED.search(text)} == {}
