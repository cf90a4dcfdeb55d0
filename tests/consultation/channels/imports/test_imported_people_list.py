"""Everything taken in can be looked at in a list, without words, and taken out until a release counts it."""

import re

import pytest
from django.urls import reverse

from consultation.audit.models import AuditEntry
from consultation.channels.imports import actions
from consultation.responses.models import Answer, AnswerState, Response
from tests.consultation.channels.imports.import_steps import taken, tried

pytestmark = pytest.mark.any_database


@pytest.fixture
def source(bring, reader):
    rows = (["q-a", "q-b", "q-e"], ["Yes", "Parks;Town", "Lights by the canal"], ["No", "", ""])
    return taken(bring(*rows), reader)


def list_of(source):
    return reverse("imports:people", args=[source.pk])


def page_text(reply):
    return " ".join(re.sub(r"<[^>]+>", " ", reply.content.decode()).split())


def test_each_person_is_listed_with_their_choices_and_without_their_words(desk, source):
    assert list_of(source) in desk.get(source.get_absolute_url()).content.decode()
    said = page_text(desk.get(list_of(source)))
    assert "2 people are here" in said
    assert "Do you feel safe? Yes" in said and "Where do you go? Parks; Town" in said
    assert "Texts: not read yet 1" in said and "canal" not in said


def test_one_person_is_taken_out_and_the_same_file_does_not_bring_them_again(desk, bring, reader, source):
    person = Response.objects.get(answers__isnull=False)
    assert desk.post(list_of(source), {"person": person.pk}).status_code == 302
    assert [one.closed for one in Response.objects.all()] == [{"a": "2"}] and not Answer.objects.exists()
    assert AuditEntry.objects.filter(verb="imported person taken out").get().data == {"people": 1}
    again = taken(bring(["q-a", "q-b", "q-e"], ["Yes", "Parks;Town", "Lights by the canal"]), reader)
    assert (again.people, again.again, Response.objects.count()) == (0, 1, 1)


def test_whom_a_report_counts_stays_and_has_no_button(desk, source):
    Answer.objects.update(state=AnswerState.RELEASED)
    person = Response.objects.get(answers__isnull=False)
    assert str(person.pk) in desk.get(list_of(source)).content.decode()
    Response.objects.filter(pk=person.pk).update(counted=1)
    reply = desk.get(list_of(source))
    assert "Stays: a report counts them." in page_text(reply)
    assert str(person.pk) not in reply.content.decode()
    refused = desk.post(list_of(source), {"person": person.pk})
    assert refused.status_code == 422 and "stays" in page_text(refused)
    assert Response.objects.filter(pk=person.pk).exists()


def test_nobody_of_another_file_is_taken_out(desk, bring, reader, source):
    other = taken(bring(["q-e"], ["Buses"]), reader)
    person = Response.objects.get(imported__source=other)
    assert desk.post(list_of(source), {"person": person.pk}).status_code == 422
    assert Response.objects.filter(pk=person.pk).exists()


def test_where_words_cannot_be_opened_nobody_is_taken_out(source, reader, settings):
    settings.ANSWER_OPEN_KEYS = []
    with pytest.raises(actions.WrongImportState, match="cannot open answers"):
        actions.take_out_imported_person(source=source, person=Response.objects.first().pk, by=reader)


def test_before_a_file_is_taken_in_there_is_no_list(desk, bring, reader):
    assert desk.get(list_of(tried(bring(["q-e"], ["Lights"]), reader))).status_code == 404


def test_a_ranking_that_is_cut_is_said_on_the_mapping_page(desk, bring):
    source = bring(["q-d", "q-e"], ["Lights;Staff", "Bins"])
    assert "asks for 2 places" in page_text(desk.get(source.get_absolute_url()))
    sent = {"do": "map", "c-0": "closed|q-d", "c-1": "text|q-e", "first": "q-d"}
    assert desk.post(source.get_absolute_url(), sent).status_code == 302
    source.refresh_from_db()
    assert source.parts["closed"]["q-d"]["first"] is True
    assert re.search(r'id="first-q-d"[^>]*checked', desk.get(source.get_absolute_url()).content.decode())


def test_three_values_of_the_file_stand_beside_each_column(desk, bring):
    source = bring(["q-a", "q-e"], ["Yes", "Lights"], ["No", "Buses"], ["Yes", "Bins"], ["", "Shops"])
    shown = desk.get(source.get_absolute_url()).context["columns"]
    assert sorted(shown[0]["examples"]) == ["No", "Yes"]
    assert len(shown[1]["examples"]) == 3 and set(shown[1]["examples"]) < {"Lights", "Buses", "Bins", "Shops"}
