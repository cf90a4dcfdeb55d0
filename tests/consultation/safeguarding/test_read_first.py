"""No outcome without having opened the words since signing in."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from consultation.access import NotAllowed
from consultation.agencies.first_agencies import LADO
from consultation.safeguarding import actions, lead_board, states
from consultation.safeguarding.models import CaseState
from consultation.safeguarding.policies import READ_FIRST
from consultation.safeguarding.referrals import actions as referring
from tests import factories
from tests.consultation.safeguarding.conftest import WORDS, close, decide, opened, read, refer

# Each move that decides, and each outcome: the states on its way.
WAY_TO = {
    "second-view": [],
    "referred": [],
    "contacted": [],
    "learning-only": [],
    "no-concern": [],
} | {
    outcome: ["referred"]
    if outcome in states.REFERRALS
    else ["no-concern"]
    if outcome == states.FALSE_POSITIVE
    else ["learning-only"]
    for outcome in states.OUTCOMES
}
LATER = timedelta(seconds=1)


def sign_in(lead, moment=None):
    lead.last_login = moment or timezone.now()
    lead.save(update_fields=["last_login"])


def prepared(answer, lead, verb):
    """A claimed case one step before the move or the outcome, by a lead who has not signed in anew."""
    agency = factories.agency("Youth Trust") if verb == LADO else None
    lead.agency = factories.agency("Council")
    case = actions.claim_case(case=opened(answer, lead, "T2", agency=agency), by=lead)
    for state in WAY_TO[verb]:
        if verb in states.REFERRALS:
            read(case, lead)
            refer(case, lead, verb)
        else:
            decide(case, lead, state)
    return case


def attempt(case, lead, verb):
    """The verb itself, all else done."""
    for referral in case.referrals.filter(decided_at=None):
        referring.record_referral_decision(referral=referral, by=lead, decision="Taken.")
    if verb == "referred":
        refer(case, lead, "CEOP")
    elif verb in CaseState.values:
        actions.move_case(case=case, by=lead, to=verb, reason="x")
    else:
        given = {"reason": "x", "reporting_duty": "yes", "reference": "R"}
        actions.close_case(case=case, by=lead, outcome=verb, **given)


@pytest.mark.parametrize("verb", WAY_TO)
@pytest.mark.parametrize("opening", ["never", "before this sign-in", "since this sign-in"])
def test_every_outcome_needs_the_words_opened_since_this_sign_in(answer, lead, verb, opening):
    case = prepared(answer, lead, verb)
    case.notes.filter(kind="seen").delete()
    if opening != "never":
        actions.view_case_texts(case=case, by=lead, reason="x")
    sign_in(lead, timezone.now() + (LATER if opening == "before this sign-in" else -LATER))
    before = case.state
    if opening == "since this sign-in":
        attempt(case, lead, verb)
    else:
        with pytest.raises(NotAllowed, match=READ_FIRST):
            attempt(case, lead, verb)
    case.refresh_from_db()
    assert (case.state == before) is (opening != "since this sign-in")


def test_what_a_colleague_opened_does_not_count(answer, lead, other_lead):
    case = actions.claim_case(case=opened(answer, lead, "T2"), by=lead)
    read(case, other_lead)
    with pytest.raises(NotAllowed, match=READ_FIRST):
        actions.move_case(case=case, by=lead, to="no-concern")
    decide(case, lead, "second-view")
    with pytest.raises(NotAllowed, match="Say why"):
        actions.move_case(case=case, by=other_lead, to="no-concern")
    decide(case, other_lead, "no-concern")


def test_what_decides_nothing_needs_no_words(answer, lead):
    case = actions.claim_case(case=opened(answer, lead, "T1"), by=lead)
    assert lead_board.list_possible_moves(case, lead) == ["new"]
    actions.move_case(case=case, by=lead, to="new")
    actions.claim_case(case=case, by=lead)
    decide(case, lead, "contacted")
    close(case, lead, "nobody can be identified")
    sign_in(lead)
    assert actions.reopen_case(case=case, by=lead, why="Again.").state == "reopened"


def test_words_taken_back_are_opened_where_they_are_kept(answer, lead):
    case = actions.claim_case(case=opened(answer, lead, "T2"), by=lead)
    actions.keep_withdrawn_text(answer=answer, question_text="What is good?")
    answer.delete()
    case.refresh_from_db()
    with pytest.raises(NotAllowed, match=READ_FIRST):
        actions.move_case(case=case, by=lead, to="no-concern")
    decide(case, lead, "no-concern")


def test_a_case_without_words_is_decided_without_and_says_so(client_as, lead):
    desk = client_as("safeguarding_lead")
    case = actions.open_case(answer=None, by=lead, priority="T2", why="Someone rang.")
    page = reverse("safeguarding:case", args=[case.pk])
    desk.post(page, {"do": "claim"})
    shown = desk.get(page).content.decode()
    assert "No words are joined to this case, so it can be decided without them." in " ".join(shown.split())
    assert "Read the words first." not in shown and "move:no-concern" in shown
    assert desk.post(page, {"do": "move:no-concern"}).status_code == 422
    assert desk.post(page, {"do": "move:no-concern", "reason": "A song, I think."}).status_code == 302


def test_the_page_says_to_read_first_and_offers_what_reading_allows(client_as, answer, lead):
    desk = client_as("safeguarding_lead")
    case = opened(answer, lead, "T2")
    page = reverse("safeguarding:case", args=[case.pk])
    desk.post(page, {"do": "claim"})
    shown = desk.get(page).content.decode()
    assert "Read the words first." in shown and "move:no-concern" not in shown and "move:new" in shown
    refused = desk.post(page, {"do": "move:no-concern", "reason": "A song, I think."})
    assert refused.status_code == 422 and "A song, I think.</textarea>" in refused.content.decode()
    shown = desk.post(page, {"do": "view", "reason": "To decide."}).content.decode()
    assert "Read the words first." not in shown and "move:no-concern" in shown and WORDS in shown
    desk.force_login(desk.user, backend="django.contrib.auth.backends.ModelBackend")
    assert "Read the words first." in desk.get(page).content.decode()


def test_claiming_keeps_the_words_open_for_whoever_opened_them(client_as, answer, lead):
    desk = client_as("safeguarding_lead")
    case = opened(answer, lead)
    page = reverse("safeguarding:case", args=[case.pk])
    shown = desk.post(page, {"do": "view", "reason": "To decide."}).content.decode()
    assert 'value="claim:open"' in shown
    shown = desk.post(page, {"do": "claim:open"}).content.decode()
    assert WORDS in shown and "move:second-view" in shown
    case.refresh_from_db()
    assert case.claimed_by == desk.user


def test_claiming_opens_no_words_that_were_not_open(client_as, answer, lead):
    desk = client_as("safeguarding_lead")
    case = opened(answer, lead)
    page = reverse("safeguarding:case", args=[case.pk])
    assert WORDS not in desk.post(page, {"do": "claim:open"}, follow=True).content.decode()
    case.refresh_from_db()
    assert case.claimed_by == desk.user
