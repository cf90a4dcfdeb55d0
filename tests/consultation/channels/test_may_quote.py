"""May we show your words? Asked once, in every channel; unticked is a no; everyone counts either way."""

import re

import pytest
from django.http import QueryDict

from consultation import handover
from consultation.channels.kiosk.kiosk_pages import KIOSK_SURVEY_TEMPLATE
from consultation.channels.paper.form_pdf import render_paper_form_html
from consultation.channels.web import form_tokens
from consultation.channels.web.form_parsing import parse_survey_form
from consultation.channels.web.survey_rendering import remove_free_text, render_survey
from consultation.interface_text import LANGUAGES, get_text
from consultation.responses.models import Response
from consultation.responses.signals import quoting_refused
from tests.consultation.channels.conftest import ADDRESS
from tests.factories import consultation, question

pytestmark = pytest.mark.django_db
BOX = re.compile(r'<input type="checkbox" name="quote" value="1"( checked)?>')
FILLED = {"a": ["1"], "h": "Too dark."}


def rendered(version, language="en", content=None, **more):
    return render_survey(content or version.content, language, token="t", action="/x/answer/", **more)


def people_counted(page):
    return len(list(handover.iter_closed_answers(page)))


@pytest.mark.parametrize(("fields", "may"), [({}, False), ({"quote": ""}, False), ({"quote": "1"}, True)])
@pytest.mark.parametrize("whole", [{}, {"whole": "1"}])
def test_only_a_tick_is_a_yes_and_everyone_counts(send, published, fields, may, whole):
    assert send(FILLED | fields | whole).status_code == 200
    assert Response.objects.get().may_quote is may
    assert people_counted(published[0]) == 1


def test_it_is_asked_once_unticked_and_without_a_script(client, published):
    html = client.get(ADDRESS).content.decode()
    assert [found[1] for found in BOX.finditer(html)] == [None]
    assert html.index('class="end"', html.index('class="step')) < BOX.search(html).start() < html.index('name="whole"')
    assert "May we show your words on this site, without your name?" in html


@pytest.mark.parametrize("language", [language.code for language in LANGUAGES])
def test_it_is_asked_in_each_language_on_the_web_and_on_a_tablet(published, language):
    from django.utils.translation import override

    with override(language):
        asked = get_text("check.quote")
    assert language == "en" or asked != "May we show your words on this site, without your name?"
    for frame in ({}, {"template": KIOSK_SURVEY_TEMPLATE}):
        html = rendered(published[1], language, **frame)
        assert asked in html
        assert len(BOX.findall(html)) == 1


def test_a_survey_without_words_does_not_ask(home, published):
    assert not BOX.search(rendered(published[1], content=remove_free_text(published[1].content)))
    _, version = consultation(home, slug="ticks", items=[question("a", options=["Yes", "No"])])
    assert not BOX.search(rendered(version))
    assert parse_survey_form(version.content, QueryDict("a=1&quote=1")).may_quote is None, "nobody was asked"
    assert get_text("check.quote") not in render_paper_form_html(version, "en", "standard")[0]


def test_a_form_that_comes_back_keeps_the_tick(send):
    back = send(FILLED | {"quote": "1"}, token="strange").content.decode()
    assert [found[1] for found in BOX.finditer(back)] == [" checked"]


def test_a_tick_alone_is_nothing_to_send(send):
    assert send({"quote": "1"}).status_code == 422
    assert not Response.objects.exists()


@pytest.mark.parametrize("first", [{}, {"quote": "1"}])
@pytest.mark.parametrize("last", [{}, {"quote": "1"}])
def test_the_last_word_holds_and_a_yes_taken_back_is_said_aloud(send, published, first, last):
    told = []

    def hear(respondent, **_):
        told.append(respondent)

    quoting_refused.connect(hear)
    token = form_tokens.issue_form_token(published[1].pk)
    for fields in (first, last):
        send(FILLED | fields, token=token)
    response = Response.objects.get()
    assert response.may_quote is bool(last)
    assert told == ([response.pk] if first and not last else [])


def test_it_costs_the_way_of_an_answer_no_query(send, published, django_assert_max_num_queries):
    send(FILLED)
    with django_assert_max_num_queries(8):
        send(FILLED | {"quote": "1"})
