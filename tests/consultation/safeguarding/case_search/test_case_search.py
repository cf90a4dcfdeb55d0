"""Search over triaged cases: in memory, for a reason on record, each opened case audited, hidden ones never opened."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from consultation.access import NotAllowed
from consultation.audit.models import AuditEntry
from consultation.responses.models import Answer
from consultation.responses.vault import generate_key_pair, seal_text
from consultation.safeguarding import actions
from consultation.safeguarding.case_search import actions as searching
from consultation.safeguarding.case_search.models import CaseSearch
from consultation.safeguarding.erasures import CaseSearchErasure
from tests import factories
from tests.consultation.safeguarding.conftest import opened, read

PAGE = "/staff/safeguarding/search/"


@pytest.fixture
def cases(new_answer, reader):
    texts = ("It is fine here. He waits by the LAKE every day.", "Zoë's café is loud.", "Nothing to say.")
    return [opened(new_answer(text), reader) for text in texts]


def search(by, words, **more):
    return searching.search_cases(by=by, words=words, reason="A second report.", **more)


def found(by, words):
    return [each.case for each in search(by, words).found]


@pytest.mark.parametrize(
    ("words", "number"), [("lake", 0), ("waits lake", 0), ("LAKE day", 0), ("zoe cafe", 1), ("ZOË", 1)]
)
def test_all_words_are_found_whatever_their_case_order_and_accents(cases, lead, words, number):
    assert found(lead, words) == [cases[number]]


def test_notes_are_searched_too_and_the_sentence_is_shown(cases, lead):
    actions.add_case_note(case=cases[2], by=lead, text="Her teacher rang. Ms Hall knows.")
    [each] = search(lead, "hall").found
    assert (each.case, each.where, each.sentence) == (cases[2], "In a note", "Ms Hall knows.")
    [each] = search(lead, "lake").found
    assert (each.where, each.sentence) == ("In the words", "He waits by the LAKE every day.")
    assert found(lead, "lake hall") == []


def test_each_opened_case_is_in_the_audit_log_and_the_reason_is_kept_but_not_the_words(cases, lead):
    search(lead, "lake")
    entries = AuditEntry.objects.filter(verb="triage searched")
    assert {(entry.object_id, entry.data["answer"], entry.actor) for entry in entries} == {
        (str(case.pk), str(case.answer_id), str(lead.pk)) for case in cases
    }
    kept = CaseSearch.objects.get()
    assert (kept.reason, kept.opened, kept.found) == ("A second report.", 3, 1)
    stored = str(list(AuditEntry.objects.values())) + str(list(CaseSearch.objects.values()))
    assert "lake" not in stored and "second report" not in stored


def test_a_case_that_a_search_opened_still_has_to_be_read_before_a_decision(cases, lead):
    search(lead, "lake")
    assert cases[0].is_unread_by(lead)
    read(cases[0], lead)
    assert not cases[0].is_unread_by(lead)


@pytest.mark.parametrize("agency", ["Council", ""])
def test_a_case_that_is_hidden_from_the_lead_is_neither_found_nor_opened(cases, lead, other_lead, agency):
    lead.agency, other_lead.agency = factories.agency(agency), factories.agency("Police")
    lead.save()
    other_lead.save()
    actions.hide_from_agency(case=cases[0], by=other_lead, agency=factories.agency("Council"), why="A worker.")
    assert found(lead, "lake") == [] and found(other_lead, "lake") == [cases[0]]
    opened_by_lead = AuditEntry.objects.filter(verb="triage searched", actor=str(lead.pk))
    assert str(cases[0].pk) not in opened_by_lead.values_list("object_id", flat=True)


@pytest.mark.parametrize(("words", "reason"), [("", "x"), ("ab", "x"), (" a b ", "x"), ("lake", " ")])
def test_without_words_or_a_reason_nothing_is_opened(cases, lead, words, reason):
    with pytest.raises(NotAllowed):
        searching.search_cases(by=lead, words=words, reason=reason)
    assert not CaseSearch.objects.exists() and not AuditEntry.objects.filter(verb="triage searched").exists()


def test_one_search_opens_a_bounded_number_and_the_next_page_goes_on(cases, lead, monkeypatch):
    monkeypatch.setattr(searching, "OPENED_AT_ONCE", 2)
    pages = [search(lead, "lake", page=number) for number in (1, 2, 3)]
    assert [(page.opened, page.has_more) for page in pages] == [(2, True), (1, False), (0, False)]
    assert [each.case for page in pages for each in page.found] == [cases[0]]
    assert AuditEntry.objects.filter(verb="triage searched").count() == 3


def test_words_of_closed_and_withdrawn_cases_are_found_while_they_are_kept(cases, lead):
    answer = cases[0].answer
    actions.keep_withdrawn_text(answer=answer, question_text="What is good?")
    answer.delete()
    assert found(lead, "lake") == [cases[0]]


def test_the_page_posts_the_words_and_shows_what_it_found(desk, cases):
    page = desk.post(PAGE, {"words": "lake", "reason": "A second report.", "page": "1"}).content.decode()
    assert "1 found, 3 opened" in page and cases[0].name in page and "LAKE every day" in page
    assert cases[1].name not in page and "A second report. (1 of 3)" in page
    assert "Opened in a search" in desk.get(reverse("safeguarding:case", args=[cases[1].pk])).content.decode()
    for said in ({"words": "lake"}, {"words": "l", "reason": "x"}, {"words": "lake", "reason": "x", "page": "0"}):
        assert desk.post(PAGE, said).status_code == 422
    assert b"lake" not in desk.get(f"{PAGE}?words=lake&reason=x").content, "no address holds words"


def test_the_record_of_a_search_goes_after_six_years(cases, lead):
    search(lead, "lake", now=timezone.now() - timedelta(days=6 * 366 + 31))
    search(lead, "lake")
    assert [group.count for group in CaseSearchErasure().run()] == [1]
    assert CaseSearch.objects.count() == 1


def test_a_text_that_is_sealed_to_a_lost_key_hides_no_other(cases, lead):
    """The search of a hundred cases ended with the page that says that no key is here."""
    Answer.objects.filter(pk=cases[1].answer_id).update(sealed=seal_text("A lake.", seal_key=generate_key_pair()[0]))
    assert found(lead, "lake") == [cases[0]]
