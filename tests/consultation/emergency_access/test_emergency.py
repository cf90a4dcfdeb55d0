"""Emergency access opens one answer at a time in any state, except those hidden from the lead's agency."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from consultation.access import NotAllowed
from consultation.audit.models import AuditEntry
from consultation.emergency_access import actions, reachable_answers
from consultation.emergency_access import emergency_steps as told
from consultation.emergency_access.models import EmergencyAccess
from consultation.reading import actions as desk_actions
from consultation.reading.models import Lease, Reading, Screening
from consultation.reading.seeded_answers import actions as seeded_answers
from consultation.responses.models import Answer, AnswerState
from consultation.safeguarding.actions import claim_case, open_case
from consultation.safeguarding.models import TriageCase
from consultation.surveys.models import ConsultationPage
from tests import factories
from tests.consultation.emergency_access.test_actions import REASON
from tests.consultation.safeguarding.conftest import close, decide

HERS = "My name is Zoë and I wait by the old mill."
OTHER = "The bus is late."


@pytest.fixture
def sent(home):
    """sent("words"): one more unread answer."""
    _, version = factories.consultation(home, items=[factories.question("a", "long_text")])
    return lambda words=HERS: factories.response(version, texts={"q-a": words}).answers.get()


@pytest.fixture
def glass(sent, lead):
    """(access, hers, other): two unread answers, and an hour with them."""
    hers, other = sent(HERS), sent(OTHER)
    page = ConsultationPage.objects.get(pk=hers.response.version.page_id)
    return actions.open_emergency_access(consultation=page, by=lead, reason=REASON), hers, other


def steps(access):
    entries = AuditEntry.objects.filter(object_type="emergencyaccess", object_id=str(access.pk)).order_by("seq")
    return [(entry.verb, entry.actor) for entry in entries]


def keys(found):
    return {answer.pk for answer in found}


def test_without_it_a_lead_opens_no_answer_of_the_desk(client_as, sent):
    client = client_as("safeguarding_lead")
    assert client.get(reverse("reading:answer", args=[sent().pk])).status_code == 403


def test_the_words_are_seen_and_that_they_were_is_on_record_with_both(glass, lead):
    access, hers, _ = glass
    assert actions.open_reachable_text(access=access, answer=hers, by=lead) == HERS
    assert steps(access)[-1] == ("break-glass words seen", str(lead.pk))
    seen = AuditEntry.objects.get(verb="raw text viewed")
    assert (seen.object_id, seen.actor, seen.data) == (str(hers.pk), str(lead.pk), {"emergency": str(access.pk)})
    hers.refresh_from_db()
    assert hers.state == AnswerState.UNREAD, "nothing about the answer has changed"


def test_after_the_hour_or_for_a_colleague_nothing_opens(glass, lead, person):
    access, hers, _ = glass
    for by, now, said in (
        (lead, access.ends_at, "The hour is over"),
        (person("safeguarding_lead"), timezone.now(), "A colleague has"),
    ):
        with pytest.raises(NotAllowed, match=said):
            actions.open_reachable_text(access=access, answer=hers, by=by, now=now)
        with pytest.raises(NotAllowed, match=said):
            actions.search_answers(access=access, by=by, words="mill", now=now)
        with pytest.raises(NotAllowed, match=said):
            actions.bring_to_triage(access=access, answer=hers, by=by, priority="T1", why="Her.", now=now)
    assert [verb for verb, _ in steps(access)] == ["break-glass access"]
    assert not TriageCase.objects.exists()


@pytest.mark.each_on_postgresql
@pytest.mark.parametrize("words", ["mill", "OLD MILL", "zoe", "mill my", "Zoë"])
def test_an_answer_is_found_by_words_in_any_order_and_spelling_of_letters(glass, lead, words):
    access, hers, _ = glass
    found, looked = actions.search_answers(access=access, by=lead, words=words)
    assert (found, looked) == ([hers], 2)
    entry = AuditEntry.objects.get(verb="break-glass search")
    assert entry.data == {"looked": 2, "found": 1}, "what was looked for is not kept"


def test_looking_for_words_that_nobody_wrote_reads_no_questionnaire(glass, lead):
    with CaptureQueriesContext(connection) as queries:
        assert actions.search_answers(access=glass[0], by=lead, words="windmill") == ([], 2)
    assert not any('"content"' in query["sql"] for query in queries)


def test_looking_for_words_keeps_nobody_from_sending(glass, lead, monkeypatch):
    """Opening every answer takes long: no transaction holds the database meanwhile."""
    access, hers, _ = glass
    outside, holding = len(connection.savepoint_ids), reachable_answers.search_answer_texts
    depths = []

    def look(*given):
        depths.append(len(connection.savepoint_ids))
        return holding(*given)

    monkeypatch.setattr(reachable_answers, "search_answer_texts", look)
    assert actions.search_answers(access=access, by=lead, words="mill")[0] == [hers]
    assert depths == [outside]


def test_an_hour_that_ends_while_words_are_looked_for_shows_nothing(room, monkeypatch):
    client, access, _, _ = room
    holding = reachable_answers.search_answer_texts

    def look(*given):
        EmergencyAccess.objects.update(opened_at=timezone.now() - timedelta(hours=2), ends_at=timezone.now())
        return holding(*given)

    monkeypatch.setattr(reachable_answers, "search_answer_texts", look)
    reply = client.post(reverse("emergency:answers", args=[access.pk]), {"words": "mill"}, follow=True)
    assert "The hour is over" in reply.content.decode()
    assert not AuditEntry.objects.filter(verb="break-glass search").exists()


@pytest.mark.each_on_postgresql
@pytest.mark.parametrize("words", ["windmill", "mill late", "   ", "%"])
def test_what_does_not_stand_in_an_answer_finds_none(glass, lead, words):
    access, _, _ = glass
    assert actions.search_answers(access=access, by=lead, words=words)[0] == []


def test_another_consultation_withdrawn_erased_and_practice_answers_are_not_reached(glass, lead, sent, home):
    access, hers, other = glass
    withdrawn, erased = sent("I took it back."), sent("Gone.")
    type(withdrawn.response).objects.filter(pk=withdrawn.response_id).update(withdrawn=True)
    Answer.objects.filter(pk=erased.pk).update(sealed=b"")
    version = hers.response.version
    seeded_answers.plant_seeded_answers(
        name="Some",
        version=version,
        question="q-a",
        seeds=[seeded_answers.parse_seeded_text("Practice.", "clear")],
        by=lead,
    )
    _, elsewhere = factories.consultation(home, slug="kites", items=[factories.question("a", "long_text")])
    strange = factories.response(elsewhere, texts={"q-a": HERS}).answers.get()
    assert keys(reachable_answers.list_reachable_answers(access, lead)) == {hers.pk, other.pk}
    with pytest.raises(NotAllowed, match="not there"):
        actions.open_reachable_text(access=access, answer=strange, by=lead)


def test_a_concern_hidden_from_this_leads_agency_stays_hidden_in_an_emergency(glass, lead, reader):
    """D7: breaking the glass is no way round it, not even once the case was closed."""
    access, hers, other = glass
    factories.join_agency(lead, "Riverside")
    case = open_case(answer=hers, by=reader, priority="T2", why="About staff.", agency=factories.agency("Riverside"))
    assert keys(reachable_answers.list_reachable_answers(access, lead)) == {other.pk}
    assert actions.search_answers(access=access, by=lead, words="mill") == ([], 1)
    with pytest.raises(NotAllowed, match="not there"):
        actions.open_reachable_text(access=access, answer=hers, by=lead)
    TriageCase.objects.filter(pk=case.pk).update(state="second-view")
    assert keys(reachable_answers.list_reachable_answers(access, lead)) == {other.pk}


def test_what_has_a_case_is_seen_there(glass, lead, reader):
    access, hers, _ = glass
    open_case(answer=hers, by=reader, priority="T2", why="A worry.")
    with pytest.raises(NotAllowed, match="has a case"):
        actions.open_reachable_text(access=access, answer=hers, by=lead)


def test_the_one_is_brought_to_triage_out_of_a_readers_hands(glass, lead, reader):
    access, hers, _ = glass
    desk_actions.open_answer_text(answer=hers, by=reader)
    case = actions.bring_to_triage(access=access, answer=hers, by=lead, priority="T1", why="It is her.")
    hers.refresh_from_db()
    assert (hers.state, case.answer, case.priority, case.opened_by) == (AnswerState.TRIAGE, hers, "T1", lead)
    assert not Lease.objects.exists()
    with pytest.raises(NotAllowed):
        desk_actions.decide_answer(answer=hers, by=reader, decision="clear", spans=[])
    assert steps(access)[-1][0] == "break-glass case opened"


def test_the_one_that_was_cleared_is_taken_back_and_never_quoted(glass, lead, reader):
    access, hers, _ = glass
    desk_actions.open_answer_text(answer=hers, by=reader)
    desk_actions.decide_answer(answer=hers, by=reader, decision="clear", spans=[], note="Read.")
    desk_actions.release_due_answers(now=timezone.now() + timedelta(minutes=11))
    actions.bring_to_triage(access=access, answer=hers, by=lead, priority="T1", why="It is her.")
    reading = Reading.objects.get()
    assert (reading.released, reading.quotable, reading.was_triaged, reading.text) == (False, False, True, "")


def test_an_unread_one_that_comes_back_as_a_false_positive_is_never_quoted(glass, lead, reader):
    access, hers, _ = glass
    case = actions.bring_to_triage(access=access, answer=hers, by=lead, priority="T2", why="It may be her.")
    claim_case(case=case, by=lead)
    decide(case, lead, "no-concern")
    close(case, lead, "false positive", reason="Another.", reporting_duty="no")
    hers.refresh_from_db()
    desk_actions.open_answer_text(answer=hers, by=reader)
    assert not desk_actions.decide_answer(answer=hers, by=reader, decision="clear", spans=[], note="Read.").quotable


@pytest.fixture
def room(client_as, sent):
    """(client, access, hers, other): opened through the pages."""
    client, hers, other = client_as("safeguarding_lead"), sent(HERS), sent(OTHER)
    given = {"consultation": hers.response.version.page_id, "reason": REASON, "sure": "on"}
    assert client.post("/staff/safeguarding/emergency/", given).status_code == 302
    return client, EmergencyAccess.objects.get(), hers, other


def test_the_list_shows_no_words_and_a_search_shows_one_answer(room):
    client, access, hers, other = room
    url = reverse("emergency:answers", args=[access.pk])
    page = client.get(url).content.decode()
    assert "See the words" in page and "mill" not in page
    found = client.post(url, {"words": "mill"}).content.decode()
    assert "One answer has these words" in found and str(hers.pk) in found and str(other.pk) not in found
    assert "No answer has these words" in client.post(url, {"words": "windmill"}).content.decode()
    assert client.post(url, {"words": ""}).status_code == 422


def test_whoever_goes_through_what_was_found_comes_back_to_it_and_sees_what_they_have_opened(room):
    client, access, hers, _ = room
    found = client.post(reverse("emergency:answers", args=[access.pk]), {"words": "mill"}).content.decode()
    assert 'name="looked_for" value="mill"' in found and ">Seen<" not in found
    one = client.post(reverse("emergency:answer", args=[access.pk, hers.pk]), {"looked_for": "mill"}).content.decode()
    assert 'name="words" value="mill"' in one, "back to the same answers, by a form: no address holds the words"
    found = client.post(reverse("emergency:answers", args=[access.pk]), {"words": "mill"}).content.decode()
    assert ">Seen<" in found


def test_of_the_unread_ones_of_a_day_the_flagged_come_first(glass, lead, sent):
    access, *_ = glass
    wanted = {sent(f"Words, number {number}.").pk: number % 2 == 0 for number in range(6)}
    for key, flagged in wanted.items():
        order = [flagged, "T2" if flagged else "", ""]
        Screening.objects.update_or_create(pk=key, defaults={"order": order, "clock": "", "engine": "t"})
    found = reachable_answers.put_flagged_first(reachable_answers.list_reachable_answers(access, lead))
    assert [wanted[key] for key in found if key in wanted] == [True] * 3 + [False] * 3


def test_what_nobody_has_read_comes_first_then_the_newest_day(glass, lead, reader, sent):
    access, hers, other = glass
    desk_actions.open_answer_text(answer=other, by=reader)
    desk_actions.decide_answer(answer=other, by=reader, decision="clear", spans=[], note="Read.")
    earlier = sent("Last week.")
    for answer, days in ((hers, 0), (earlier, 7), (other, 0)):
        day = timezone.localdate() - timedelta(days=days)
        type(answer.response).objects.filter(pk=answer.response_id).update(day=day)
    assert [one.pk for one in reachable_answers.list_reachable_answers(access, lead)] == [
        hers.pk,
        earlier.pk,
        other.pk,
    ]


def test_one_answer_is_opened_and_brought_to_triage_through_the_pages(room):
    client, access, hers, _ = room
    url = reverse("emergency:answer", args=[access.pk, hers.pk])
    assert client.get(url).status_code == 405, "words are never shown by a link"
    page = client.post(url)
    assert "by the old mill" in page.content.decode() and "no-store" in page["Cache-Control"]
    missing = client.post(url, {"do": "bring", "priority": "T1", "why": ""})
    assert missing.status_code == 422 and "by the old mill" in missing.content.decode()
    done = client.post(url, {"do": "bring", "priority": "T1", "why": "It is her."}, follow=True)
    case = TriageCase.objects.get()
    assert done.redirect_chain[-1][0] == reverse("safeguarding:case", args=[case.pk])
    assert case.name in client.get(reverse("emergency:answers", args=[access.pk])).content.decode()


def test_after_the_hour_every_page_leads_back_to_the_record(room, client_as):
    client, access, hers, _ = room
    addresses = [
        ("get", reverse("emergency:answers", args=[access.pk])),
        ("post", reverse("emergency:answer", args=[access.pk, hers.pk])),
    ]
    colleague = client_as("safeguarding_lead")
    for verb, url in addresses:
        reply = getattr(colleague, verb)(url, follow=True).content.decode()
        assert "Only they can open answers" in reply and "mill" not in reply
    EmergencyAccess.objects.update(opened_at=timezone.now() - timedelta(hours=2), ends_at=timezone.now())
    for verb, url in addresses:
        reply = getattr(client, verb)(url, follow=True).content.decode()
        assert "The hour is over" in reply and "mill" not in reply


def test_whoever_reviews_sees_which_questions_were_opened_and_no_words(room, client_as):
    client, access, hers, _ = room
    client.post(reverse("emergency:answers", args=[access.pk]), {"words": "mill"})
    client.post(reverse("emergency:answer", args=[access.pk, hers.pk]))
    reviewer = client_as("safeguarding_lead")
    page = reviewer.get(reverse("emergency:emergency", args=[access.pk])).content.decode()
    assert "Looked for words: 1 of 2 answers had them" in page
    assert "Saw the words of an answer" in page and "mill" not in page


def test_whoever_reviews_sees_nothing_of_a_case_that_is_hidden_from_them(room, client_as):
    client, access, hers, _ = room
    url = reverse("emergency:answer", args=[access.pk, hers.pk])
    client.post(url)
    about = {"do": "bring", "priority": "T1", "why": "About staff.", "agency": "other", "other": "Riverside"}
    client.post(url, about)
    assert TriageCase.objects.get().agency_id == "riverside"
    reviewer = client_as("safeguarding_lead")
    factories.join_agency(reviewer.user, "Riverside")
    page = reviewer.get(reverse("emergency:emergency", args=[access.pk])).content.decode()
    assert "Saw the words" not in page and "Brought an answer" not in page


def test_whoever_reviews_reads_every_step_page_by_page(glass, client_as, lead, monkeypatch):
    """A long search must not hide what came after it."""
    access, hers, _ = glass
    monkeypatch.setattr(told, "PAGE_SIZE", 4)
    for _ in range(5):
        actions.search_answers(access=access, by=lead, words="mill")
    actions.open_reachable_text(access=access, answer=hers, by=lead)
    reviewer, url = client_as("safeguarding_lead"), reverse("emergency:emergency", args=[access.pk])
    first, second = (reviewer.get(url, {"page": page}).content.decode() for page in (1, 2))
    assert "7 steps." in first and "Page 1 of 2" in first and "Saw the words of an answer" not in first
    assert 'start="5"' in second and "Saw the words of an answer" in second
