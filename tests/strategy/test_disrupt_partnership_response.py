"""5.1: answers with a plate, person or named place are held for the safeguarding lead first, and routes to report a
crime stand beside the survey."""

import uuid
from itertools import product

import pytest
from django.urls import reverse

from consultation import handover
from consultation.access import NotAllowed
from consultation.channels.web import form_tokens
from consultation.reading import actions as reading
from consultation.reading import policies
from consultation.reading.models import ReadingDecision, Screening
from consultation.responses.models import Answer, AnswerState
from consultation.responses.vault import seal_text
from consultation.safeguarding.help.directory import load_help_entries
from consultation.safeguarding.models import HelpEntry
from consultation.surveys.starting_points.actions import start_from_template
from consultation.surveys.starting_points.consultation_templates import load_templates
from tests import factories
from tests.domain_tables import TAXONOMY

WORDS = "A van waits at The Bunker after school."
HARM = [{"rule": "x-1", "category": "car-gifts", "label": "A worry", "start": 0, "end": 5}]


@pytest.fixture
def flagged(home):
    """flagged("PLATE"): an unread answer with a sign of harm and something of this type."""
    version = factories.consultation(home, items=[factories.question("a", "long_text")])[1]

    def make(kind):
        answer = Answer.objects.create(
            id=uuid.uuid4(), response=factories.response(version), question="q-a", sealed=seal_text(WORDS)
        )
        spans = [{"start": 15, "end": 25, "type": kind, "why": "x"}]
        Screening.objects.create(answer=answer, order=[True, "T2", ""], engine="test", reasons=HARM, spans=spans)
        return answer, [{"start": 15, "end": 25, "type": kind}]

    return make


@pytest.mark.parametrize("kind", ["PLATE", "PERSON", "HANDLE", "NICKNAME", "WORKER"])
def test_a_plate_person_or_handle_with_a_sign_of_harm_is_not_cleared_without_a_reason(kind, flagged, reader):
    answer, spans = flagged(kind)
    with pytest.raises(NotAllowed, match="Send it to triage"):
        reading.decide_answer(answer=answer, by=reader, decision="clear", spans=spans)
    reading.decide_answer(answer=answer, by=reader, decision="triage", spans=spans)
    answer.refresh_from_db()
    assert answer.state == AnswerState.TRIAGE and answer.case.claimed_by is None
    assert list(handover.iter_released_texts()) == [], "no planner sees a word of it"


@pytest.mark.parametrize("kind", ["PLACE", "ADDRESS", "SCHOOL", "PLATE", "PERSON", "HANDLE"])
def test_with_harm_that_the_reader_confirms_no_reason_keeps_it_from_the_lead(kind, flagged, reader):
    answer, spans = flagged(kind)
    for decision in ("clear", "never_quote", "not_used", "hold"):
        with pytest.raises(NotAllowed, match="Send it to triage"):
            reading.decide_answer(
                answer=answer, by=reader, decision=decision, spans=spans, note="All know it.", harm=True
            )
    reading.decide_answer(answer=answer, by=reader, decision="triage", spans=spans, harm=True)
    assert Answer.objects.get().state == AnswerState.TRIAGE


@pytest.mark.parametrize(
    ("decision", "harm", "kind"),
    list(product(ReadingDecision.values, (True, False), (None, "DATE", "PLACE", "PLATE", "PERSON"))),
)
def test_confirmed_harm_with_someone_or_somewhere_ends_with_the_leads_alone(decision, harm, kind):
    refused = policies.must_go_to_leads(decision=decision, harm=harm, types=[kind] if kind else [])
    assert bool(refused) == (harm and kind in ("PLACE", "PLATE", "PERSON") and decision != "triage")


def test_the_desk_asks_the_reader_and_refuses_in_plain_words(flagged, client_as):
    answer, _ = flagged("PLACE")
    desk = client_as("moderator")
    page = reverse("reading:answer", args=[answer.pk])
    assert "It tells of harm" in desk.get(page).content.decode()
    typed = {"do": "clear", "harm": "1", "note": "All know it.", "span": "15:25:PLACE:1", "uncovered": "1"}
    reply = desk.post(page, typed)
    assert reply.status_code == 422 and "it names a person, a car or a place" in reply.content.decode()
    assert 'name="harm" value="1" checked' in reply.content.decode()


@pytest.mark.parametrize("name", ["community-view", "night-time-staff"])
def test_both_templates_bring_the_routes_to_report_a_crime_to_their_pages(name, home, client, person):
    load_help_entries()
    page = start_from_template(template=load_templates()[name], title="Our streets", by=person("engagement_officer"))
    assert page.help_first == "crime"
    page.save_revision().publish(skip_permission_checks=True)
    html = client.get(page.get_url()).content.decode()
    for entry in HelpEntry.objects.filter(slug__in=["police-101", "fearless"]):
        assert entry.name in html and entry.call in html
    assert "This does not go to the police." in html


def test_the_communitys_survey_asks_what_would_stop_those_who_harm():
    """The point stands under “Disrupt and Prosecute”: what keeps a child safe is only a part of it."""
    asked = [block["value"] for block in load_templates()["community-view"].blocks()]
    (stop,) = [one for one in asked if "disrupting-offenders" in one.get("themes", ())]
    assert stop["text"] == "Which of these would do most to stop people who harm children here?"
    theme = next(one for one in TAXONOMY["themes"] if one["id"] == "disrupting-offenders")
    assert "disrupt-partnership-response" in theme["strand_links"]


def test_whoever_finishes_finds_them_beside_the_thanks_and_an_edited_number_at_once(home, client):
    load_help_entries()
    _, version = factories.consultation(
        home, items=[factories.question("a", "single", ["Yes", "No"])], help_first="crime"
    )

    def send():
        sent = {"token": form_tokens.issue_form_token(version.pk), "a": "1"}
        return client.post("/en/have-your-say/parks/answer/", sent).content.decode()

    assert "Thank you" in send() and "0800 555 111" in send()
    HelpEntry.objects.filter(slug="fearless").update(call="0800 555 222")
    assert "0800 555 222" in send()
