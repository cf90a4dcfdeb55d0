"""Equality answers: sealed at Send, written in random batches of ten or more, joined to nobody, erased in time."""

import json
from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from cms.operations.stored_answers.key_rotation import reseal_all
from consultation.audit.models import AuditEntry
from consultation.channels.web import form_tokens
from consultation.channels.web.withdrawal import withdraw_response
from consultation.responses import equality_monitoring
from consultation.responses.models import EqualityRow, Response
from consultation.responses.submission import submit_response
from consultation.responses.vault import generate_key_pair, open_sealed_text
from consultation.surveys.models import ConsultationPage, PublishedVersion
from tests.factories import consultation, content, question

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def asked(home):
    """(page, version) with one ordinary question, "a", and two equality questions, "b" and "c"."""
    return consultation(home, items=items())


def items():
    return [
        question("a", options=["Yes", "No"]),
        question("b", options=["Girl", "Boy", "Other words"], apart=True),
        question("c", "multiple", ["One", "Two", "Three"], apart=True),
    ]


def send(version, equality=None, *, code="", nonce=None, **fields):
    sealed = equality_monitoring.seal_equality_and_code(
        version.content, {"b": "1"} if equality is None else equality, code
    )
    closed = fields.pop("closed", {"a": "1"})
    nonce = nonce or form_tokens.make_nonce()
    return submit_response(
        version=version, nonce=nonce, language="en", closed=closed, texts={}, sealed_equality=sealed, **fields
    ).response


def close(page, days_ago=1):
    ConsultationPage.objects.filter(pk=page.pk).update(closes=TODAY() - timedelta(days=days_ago))


def answers():
    return Counter(json.dumps(row) for row in EqualityRow.objects.values_list("answers", flat=True))


def waiting():
    return Response.objects.filter(sealed_equality__isnull=False).count()


def test_equality_answers_never_stand_beside_the_others(asked):
    response = send(asked[1], {"b": "2"}, closed={"a": "1", "b": "2", "c": ["1"]})
    assert response.closed == {"a": "1"}


def test_what_is_sealed_opens_in_a_worker_alone_and_its_length_tells_nothing(asked, settings):
    lengths = {len(send(asked[1], each).sealed_equality) for each in ({}, {"b": "1"}, {"b": "2", "c": ["1", "2"]})}
    assert len(lengths) == 1
    settings.ANSWER_OPEN_KEYS = []
    assert equality_monitoring.write_batches() == 0
    assert waiting() == 3


def test_nine_people_wait_and_ten_are_written(asked):
    for _ in range(9):
        send(asked[1])
    assert equality_monitoring.write_batches() == 0
    assert not EqualityRow.objects.exists()
    send(asked[1])
    assert equality_monitoring.write_batches() == 10
    assert EqualityRow.objects.count() == 10
    assert waiting() == 0


def test_every_answer_is_written_once(asked):
    close(asked[0])
    said = [{"b": str(n % 3 + 1), "c": [str(n % 2 + 1)]} for n in range(35)] + [{}] * 5
    for each in said:
        send(asked[1], each)
    assert equality_monitoring.write_batches() == 40
    assert equality_monitoring.write_batches() == 0
    assert answers() == Counter(json.dumps(each) for each in said)


def test_a_row_holds_no_day_no_version_and_no_way_to_a_response():
    names = {field.name for field in EqualityRow._meta.get_fields()}
    assert names == {"id", "consultation", "excluded_from_figures", "answers", "settled"}
    assert not [relation for relation in Response._meta.related_objects if relation.related_model is EqualityRow]


def test_an_open_consultation_keeps_a_random_part_for_the_next_batch():
    sizes = {len(next(equality_monitoring.draw_random_batches(list(range(30)), over=False))) for _ in range(200)}
    assert min(sizes) >= 15 > equality_monitoring.MIN_BATCH
    assert max(sizes) == 30
    assert len(sizes) > 8
    firsts = {next(equality_monitoring.draw_random_batches(list(range(30)), over=False))[0] for _ in range(100)}
    assert len(firsts) > 10, "who is in a batch is by chance"


@pytest.mark.parametrize("people", [10, 19, 1000, 1001, 1009, 1010, 2005])
def test_a_closed_one_leaves_nobody_behind(people):
    found = list(equality_monitoring.draw_random_batches(list(range(people)), over=True))
    assert sorted(sum(found, [])) == list(range(people))
    assert all(equality_monitoring.MIN_BATCH <= len(batch) <= equality_monitoring.MAX_BATCH for batch in found)


def test_people_who_were_asked_other_questions_are_not_mixed(asked):
    page, version = asked
    more = [*items(), question("d", options=["New", "Old"], apart=True)]
    later = PublishedVersion.objects.create(
        page=page, number=2, content=content(*more, slug="parks"), published_at=timezone.now()
    )
    for _ in range(9):
        send(version)
        send(later)
    assert equality_monitoring.write_batches() == 0, "eighteen wait, but a row would tell which version it belongs to"
    send(later)
    assert equality_monitoring.write_batches() == 10
    assert waiting() == 9


def test_a_version_that_only_says_it_otherwise_is_mixed(asked):
    page, version = asked
    changed = items()
    changed[0]["text"] = {"en": "Said otherwise?"}
    later = PublishedVersion.objects.create(
        page=page, number=2, content=content(*changed, slug="parks"), published_at=timezone.now()
    )
    for _ in range(5):
        send(version)
        send(later)
    assert equality_monitoring.write_batches() == 10


def test_the_held_are_a_batch_of_their_own_and_stay_out_of_figures(asked):
    for _ in range(9):
        send(asked[1], excluded_from_figures=True)
        send(asked[1])
    assert equality_monitoring.write_batches() == 0
    send(asked[1], excluded_from_figures=True)
    assert equality_monitoring.write_batches() == 10
    assert EqualityRow.objects.filter(excluded_from_figures=True).count() == 10


def test_a_repeated_send_replaces_it(asked):
    close(asked[0])
    nonce = form_tokens.make_nonce()
    send(asked[1], {"b": "1"}, nonce=nonce)
    send(asked[1], {"b": "3"}, nonce=nonce)
    for _ in range(9):
        send(asked[1], {"b": "2"})
    equality_monitoring.write_batches()
    assert answers() == Counter({'{"b": "2"}': 9, '{"b": "3"}': 1})


def test_a_repeated_send_after_the_batch_adds_nothing(asked):
    close(asked[0])
    nonces = [form_tokens.make_nonce() for _ in range(10)]
    for nonce in nonces:
        send(asked[1], {} if nonce == nonces[0] else {"b": "1"}, nonce=nonce)
    equality_monitoring.write_batches()
    for nonce in nonces:
        send(asked[1], {"b": "2"}, nonce=nonce, closed={"a": "2"})
    assert waiting() == 0
    assert equality_monitoring.write_batches() == 0
    assert EqualityRow.objects.count() == 10
    assert set(Response.objects.values_list("closed", flat=True)[0]) == {"a"}


def test_taking_answers_back_before_the_batch_takes_it_along(asked):
    close(asked[0])
    gone = send(asked[1], {"b": "3"})
    for _ in range(10):
        send(asked[1], {"b": "1"})
    withdraw_response(response=gone)
    assert equality_monitoring.write_batches() == 10
    assert answers() == Counter({'{"b": "1"}': 10})


def test_taking_answers_back_after_it_finds_nothing(asked):
    sent = [send(asked[1]) for _ in range(10)]
    equality_monitoring.write_batches()
    withdraw_response(response=sent[0])
    assert EqualityRow.objects.count() == 10


def test_a_batch_leaves_no_trace_of_its_day(asked):
    for _ in range(10):
        send(asked[1])
    before = AuditEntry.objects.count()
    equality_monitoring.write_batches()
    assert AuditEntry.objects.count() == before


def test_rows_and_what_never_became_a_batch_are_erased_after_the_close(asked):
    for _ in range(10):
        send(asked[1])
    equality_monitoring.write_batches()
    for _ in range(9):
        send(asked[1])
    close(asked[0], days_ago=91)
    assert equality_monitoring.write_batches() == 0, "nine are too few, also when it is over"
    assert equality_monitoring.erase_equality_rows(asked[0]) == 19
    assert not EqualityRow.objects.exists()
    assert waiting() == 0
    assert Response.objects.filter(closed={"a": "1"}).count() == 19, "the answers themselves stay"
    assert equality_monitoring.erase_equality_rows(asked[0]) == 0


def test_a_questionnaire_without_equality_questions_seals_nothing(home):
    _, version = consultation(home, items=[question("a", options=["Yes", "No"])])
    assert send(version).sealed_equality is None


def test_what_waits_is_sealed_to_a_new_key_too(asked, settings):
    response = send(asked[1], {"b": "2"})
    seal_key, open_key = generate_key_pair()
    old = settings.ANSWER_OPEN_KEYS
    settings.ANSWER_SEAL_KEY, settings.ANSWER_OPEN_KEYS = seal_key, [open_key, *old]
    assert reseal_all() == 1
    settings.ANSWER_OPEN_KEYS = [open_key]
    response.refresh_from_db()
    assert json.loads(open_sealed_text(response.sealed_equality)) == [{"b": "2"}, ""]
