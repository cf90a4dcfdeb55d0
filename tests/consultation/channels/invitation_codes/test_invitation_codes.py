"""Invitation codes: made, entered, used without a link to any response, disabled, erased."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from consultation.audit.models import AuditEntry
from consultation.channels.invitation_codes import actions
from consultation.channels.invitation_codes.models import CodeBatch, InvitationCode
from consultation.channels.web import form_tokens, published_versions
from consultation.interface_text import get_text
from consultation.respondent_pages import code_spelling
from consultation.responses import equality_monitoring
from consultation.responses.models import Answer, Response
from consultation.responses.response_ids import derive_response_id
from consultation.surveys.models import ConsultationPage
from tests.consultation.channels.conftest import token_in
from tests.factories import consultation, question

pytestmark = pytest.mark.django_db
CODE, ANSWER = "/en/have-your-say/parks/code/", "/en/have-your-say/parks/answer/"
SEED = b"sixteen bytes ok"


@pytest.fixture
def asked(home):
    items = [question("a", options=["Yes", "No"]), question("b", "long_text")]
    return consultation(home, items=items)


@pytest.fixture
def make(asked, officer):
    def made(number=20, seed=SEED, label="Youth club", page=None):
        return actions.make_code_batch(
            consultation=page or asked[0], label=label, number=number, by=officer, seed=seed
        )

    return made


def only_with_a_code(page):
    ConsultationPage.objects.filter(pk=page.pk).update(code_only=True)
    published_versions._current_versions.clear()


def enter(client, code, **more):
    return client.post(CODE, {"code": code, **more})


def answer_with(client, code, **fields):
    token = token_in(enter(client, code))
    assert client.post(ANSWER, {"token": token, "a": "1", **fields}).status_code == 200
    return Response.objects.get(pk=derive_response_id(form_tokens.read_form_token(token).nonce))


def sweep():
    return equality_monitoring.write_batches(actions.CODE_USE)


def used():
    return InvitationCode.objects.filter(used=True).count()


# How a code is spelled


def test_every_wrong_sign_and_every_two_that_changed_places_are_found():
    code = next(code_spelling.generate_codes(b"seed"))
    assert code_spelling.parse_typed_code(code) == code
    for at in range(len(code)):
        for sign in code_spelling.CODE_SIGNS.replace(code[at], ""):
            assert code_spelling.parse_typed_code(code[:at] + sign + code[at + 1 :]) == ""
    for at in range(len(code) - 2):
        swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
        assert (code_spelling.parse_typed_code(swapped) == "") == (code[at] != code[at + 1])


def test_letters_case_hyphens_and_signs_that_look_alike_do_not_matter():
    code = next(code for code in code_spelling.generate_codes(b"x") if {"Q", "L", "2", "6", "V"} <= set(code))
    typed = code.replace("Q", "0").replace("L", "1").replace("2", "z").replace("6", "g").replace("V", "u")
    assert code_spelling.parse_typed_code(f"  {typed[:3].lower()} - {typed[3:]}. ") == code


@pytest.mark.each_on_postgresql
@pytest.mark.parametrize("typed", ["", "CDF", "ABSOLUTELY", "\x00", "é" * 500, "CDFHJKLMNPQRTVWXY"])
def test_what_cannot_be_a_code_is_none(typed):
    assert code_spelling.parse_typed_code(typed) == ""


def test_no_code_spells_a_word():
    assert not set("AEIOU") & set(code_spelling.CODE_SIGNS)
    assert len(code_spelling.CODE_SIGNS) == 23 == len(set(code_spelling.CODE_SIGNS))


# What officers do


def test_a_batch_is_stored_as_what_its_codes_derive_to(make, officer):
    batch, codes = make()
    assert len(set(codes)) == 20 == InvitationCode.objects.filter(batch=batch, used=False).count()
    rows = str(list(InvitationCode.objects.values())) + str(list(CodeBatch.objects.values()))
    assert not [code for code in codes if code in rows]
    entry = AuditEntry.objects.get(verb="invitation codes made")
    assert (entry.actor, entry.data) == (str(officer.pk), {"codes": 20})
    assert not [code for code in codes if code in str(entry.data)]


def test_a_page_that_is_sent_twice_makes_one_batch_and_tells_the_same_codes(make):
    assert make()[1] == make()[1]
    assert CodeBatch.objects.count() == 1
    assert AuditEntry.objects.filter(verb="invitation codes made").count() == 1


def test_two_batches_share_no_code(make):
    assert not set(make()[1]) & set(make(seed=b"another sixteen.")[1])


@pytest.mark.parametrize("number", [0, 501, -3])
def test_a_batch_has_one_to_five_hundred_codes(make, number):
    with pytest.raises(ValueError, match="1 to 500"):
        make(number)


def test_codes_of_a_batch_that_is_off_open_nothing(make, client, officer):
    batch, codes = make()
    actions.switch_code_batch(batch=batch, off=True, by=officer)
    assert enter(client, codes[0]).status_code == 422
    actions.switch_code_batch(batch=batch, off=False, by=officer)
    assert enter(client, codes[0]).status_code == 200
    verbs = AuditEntry.objects.filter(verb__startswith="invitation codes switched").values_list("verb", flat=True)
    assert sorted(verbs) == ["invitation codes switched off", "invitation codes switched on"]


# Entering


def test_a_code_opens_the_survey_and_travels_in_the_token_alone(make, client):
    _, codes = make()
    page = enter(client, codes[0].lower())
    assert page.status_code == 200
    html = page.content.decode()
    assert 'name="a"' in html
    assert not [code for code in codes if code in html or code_spelling.format_code(code) in html]
    way = form_tokens.read_form_token(token_in(page)).way
    assert way.code == InvitationCode.objects.get(pk=way.code).pk


def test_a_card_leads_to_all_that_is_said_before_the_first_question(asked, client):
    """It goes past the landing page, so what must be said there is said here: D1, exit, the way back, the lowest age."""
    ConsultationPage.objects.filter(pk=asked[0].pk).update(lowest_age=11)
    published_versions._current_versions.clear()
    page = client.get(CODE).content.decode()
    for key in ("start.unknown.body", "start.duty.body", "start.hours.title", "start.readers.body", "start.exit.body",
                "start.device.body", "start.safer", "receipt.what", "start.back.after"):  # fmt: skip
        assert get_text(key) in page, key
    assert get_text("landing.from", low=11) in page
    assert get_text("landing.below", low=11) in page


def test_easy_words_go_along_with_a_code(make, client):
    _, codes = make()
    page = client.post(CODE, {"code": codes[0], "easy": "1"}).content.decode()
    assert re.search(r'id="easy"[^>]* checked', page)


def test_a_slip_comes_back_with_what_was_typed_and_costs_nothing(make, client):
    _, codes = make()
    for _ in range(30):
        page = enter(client, "CDF-HJK-LMM")
        assert page.status_code == 422
    assert 'value="CDF-HJK-LMM"' in page.content.decode()
    assert "did not work" in page.content.decode()
    assert enter(client, codes[0]).status_code == 200


def test_guessing_ends_after_ten_tries(make, client):
    _, codes = make()
    strangers = [code for code, _ in zip(code_spelling.generate_codes(b"guess"), range(10), strict=False)]
    for stranger in strangers:
        assert enter(client, stranger).status_code == 422
    page = enter(client, codes[0])
    assert page.status_code == 429
    assert "Wait ten minutes" in page.content.decode()


def test_a_code_of_another_consultation_opens_nothing(make, home, client):
    other, _ = consultation(home, slug="buses", title="Buses", items=[question("a", options=["Yes", "No"])])
    _, codes = make(page=other)
    assert enter(client, codes[0]).status_code == 422


def test_a_code_in_the_address_is_not_read(make, client):
    _, codes = make()
    page = client.get(CODE, {"code": codes[0]})
    assert codes[0] not in page.content.decode()
    assert "token" not in re.findall(r'name="(\w+)"', page.content.decode())


def test_before_it_opens_and_after_it_closes_there_is_nothing_to_type(asked, client):
    ConsultationPage.objects.filter(pk=asked[0].pk).update(closes=timezone.localdate() - timedelta(days=1))
    published_versions._current_versions.clear()
    page = client.get(CODE)
    assert 'name="code"' not in page.content.decode()
    assert client.get("/en/have-your-say/nothing/code/").status_code == 404


# Only with a code


def test_only_with_a_code_the_survey_asks_for_one_first(asked, client):
    only_with_a_code(asked[0])
    page = client.get(ANSWER, follow=True)
    assert page.redirect_chain == [(CODE, 302)]
    assert "You need a code" in page.content.decode()
    assert "I have no code" not in page.content.decode()


def test_a_send_without_a_code_is_kept_and_held(asked, client):
    token = form_tokens.issue_form_token(asked[1].pk)
    only_with_a_code(asked[0])
    assert client.post(ANSWER, {"token": token, "a": "1", "b": "Do not lose this."}).status_code == 200
    assert Response.objects.get().excluded_from_figures
    assert Answer.objects.count() == 1


def test_a_send_with_a_code_counts(asked, make, client):
    only_with_a_code(asked[0])
    assert not answer_with(client, make()[1][0]).excluded_from_figures


# Using up


def test_codes_are_used_up_ten_together(make, client):
    _, codes = make()
    for code in codes[:9]:
        answer_with(client, code)
    assert sweep() == 0
    assert used() == 0
    assert enter(client, codes[0]).status_code == 200
    answer_with(client, codes[9])
    assert sweep() == 10
    assert used() == 10


def test_a_code_that_is_known_as_used_is_told_so(make, client):
    _, codes = make(10)
    for code in codes:
        answer_with(client, code)
    sweep()
    page = enter(client, codes[0])
    assert page.status_code == 422
    assert "has been used up" in page.content.decode()


def test_a_second_use_is_taken_and_held_and_one_of_the_two_counts(make, client):
    _, codes = make()
    twice = [answer_with(client, codes[0], b="First words."), answer_with(client, codes[0], b="Second words.")]
    assert [one.excluded_from_figures for one in twice] == [False, False], "nobody knows yet, and both were taken"
    assert sweep() == 0, "too few for a batch, and yet nobody counts twice"
    assert sorted(one.excluded_from_figures for one in Response.objects.all()) == [False, True]
    assert Answer.objects.count() == 2


@pytest.mark.slow
def test_which_of_two_counts_is_by_chance(make, client):
    kept = set()
    _, codes = make(20)
    for code in codes:
        first, second = answer_with(client, code), answer_with(client, code)
        equality_monitoring._exclude_repeated_codes(first.version.page, [first.pk, second.pk], actions.CODE_USE)
        first.refresh_from_db()
        kept.add(first.excluded_from_figures)
    assert kept == {True, False}


def test_a_use_after_the_code_was_marked_is_held(make, client):
    _, codes = make(10)
    opened_before = token_in(enter(client, codes[0]))
    for code in codes:
        answer_with(client, code)
    sweep()
    client.post(ANSWER, {"token": opened_before, "a": "2"})
    sweep()
    assert Response.objects.filter(excluded_from_figures=True).count() == 1
    assert Response.objects.get(excluded_from_figures=True).closed == {"a": "2"}


def test_a_form_that_is_sent_again_is_no_second_use(make, client):
    _, codes = make(10)
    found = [token_in(enter(client, code)) for code in codes]
    for _ in range(2):
        for token in found:
            client.post(ANSWER, {"token": token, "a": "1"})
        sweep()
    for token in found:
        client.post(ANSWER, {"token": token, "a": "2"})
    sweep()
    assert Response.objects.filter(excluded_from_figures=True).count() == 0
    assert used() == 10


def test_what_is_held_as_flood_uses_no_code_up(make, client):
    _, codes = make(10)
    for code in codes:
        answer_with(client, code, website="http://spam.test")
    assert sweep() == 10
    assert used() == 0
    assert enter(client, codes[0]).status_code == 200


def test_what_a_frozen_release_counts_is_not_held_any_more(make, client):
    _, codes = make()
    for _ in range(2):
        answer_with(client, codes[0])
    Response.objects.update(counted=1)
    sweep()
    assert Response.objects.filter(excluded_from_figures=True).count() == 0


def test_answers_taken_back_give_the_code_back(make, client):
    from consultation.channels.web.withdrawal import withdraw_response

    _, codes = make(10)
    sent = [answer_with(client, code) for code in codes]
    withdraw_response(response=sent[0])
    assert sweep() == 0
    assert enter(client, codes[0]).status_code == 200
